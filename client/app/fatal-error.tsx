/** When the app itself failed. It must not need anything that may be what failed. */
import { createEffect, type JSX, on } from 'solid-js';

export function FatalError(props: { readonly error: unknown }): JSX.Element {
  createEffect(
    on(
      () => props.error,
      (error) => console.error('The app failed', error),
    ),
  );
  return (
    <main class="empty" id="main" style={{ 'min-height': '100dvh', 'align-content': 'center' }} role="alert">
      <h1 class="empty__title">Rapport could not be opened</h1>
      <p class="empty__text">
        What you changed before is saved on this device. Reload; if this comes back, your browser may not allow this
        page to store data.
      </p>
      <div class="empty__action">
        <button type="button" class="btn btn--primary" onClick={() => window.location.reload()}>
          Reload
        </button>
      </div>
    </main>
  );
}
