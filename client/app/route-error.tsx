/** What a page shows when it failed: calm, what is safe, what to do. */
import { useLocation } from '@solidjs/router';
import { createEffect, type JSX, on } from 'solid-js';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';

export function RouteError(props: { readonly error: unknown; readonly reset: () => void }): JSX.Element {
  const location = useLocation();
  createEffect(
    on(
      () => props.error,
      (error) => console.error('A page failed', error),
    ),
  );
  // Another page is another try.
  createEffect(
    on(
      () => location.pathname,
      () => props.reset(),
      { defer: true },
    ),
  );
  return (
    <div role="alert" style={{ margin: 'auto' }}>
      <EmptyState
        title="This page could not be shown"
        text="What you changed is saved on this device. Try again, or go to another page."
        action={
          <div class="row">
            <Button variant="primary" onClick={() => props.reset()}>
              Try again
            </Button>
            <Button onClick={() => window.location.reload()}>Reload</Button>
          </div>
        }
      />
    </div>
  );
}
