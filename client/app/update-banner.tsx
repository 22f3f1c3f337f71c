/** "A new version is ready. Reload": never by itself, and not while something typed would be lost. */
import { type Accessor, createSignal, type JSX, Show } from 'solid-js';
import { type AppUpdate, registerServiceWorker } from '../platform/service-worker.ts';
import { hasUnsavedWork } from '../platform/unsaved.ts';
import { Banner } from '../ui/banner.tsx';
import { Button } from '../ui/button.tsx';

export interface Update {
  readonly isReady: Accessor<boolean>;
  /** Reloads with the newest version, unless something on the page is not stored yet: then false, and nothing happens. */
  readonly reload: () => boolean;
}

/** Why a reload has to wait. */
export const NOT_YET = 'Something here is not added yet. Finish or close it, then reload.';

export function createUpdate(): Update {
  const [isReady, setReady] = createSignal(false);
  const app: AppUpdate = registerServiceWorker({ onUpdateReady: () => setReady(true) });
  return {
    isReady,
    reload() {
      if (hasUnsavedWork()) return false;
      app.applyUpdate();
      return true;
    },
  };
}

export function UpdateBanner(props: { readonly update: Update }): JSX.Element {
  const [isHeld, setHeld] = createSignal(false);
  return (
    <Show when={props.update.isReady()}>
      <Banner
        actions={
          <Button size="sm" onClick={() => setHeld(!props.update.reload())}>
            Reload
          </Button>
        }
      >
        {isHeld() ? NOT_YET : 'A new version is ready. Everything is saved on this device, reload takes a second.'}
      </Banner>
    </Show>
  );
}
