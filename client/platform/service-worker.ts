/** Registers the service worker, and lets a person decide when a new version of the app takes over. */

const CHECK_EVERY_MS = 60 * 60 * 1000;

export interface AppUpdate {
  /**
   * Switches to the version that waits and reloads this page once. Call it after `onUpdateReady`, when everything
   * typed is stored. Other tabs are not reloaded: they hear `onUpdateReady` and keep working until they ask.
   */
  applyUpdate(): void;
}

/**
 * `onUpdateReady` is called when another version is ready to take over, possibly more than once. Where there is no
 * service worker (plain http to another machine, or development) the app works, but only while the server answers.
 */
export function registerServiceWorker(options: { onUpdateReady: () => void }): AppUpdate {
  const container = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  if (!container || !import.meta.env.PROD) return { applyUpdate: () => location.reload() };

  let registration: ServiceWorkerRegistration | undefined;
  let controlled = container.controller !== null;
  let reloads = false;

  container.addEventListener('controllerchange', () => {
    if (reloads) location.reload();
    // The first worker of a fresh browser takes over by itself; any later change was asked for in another tab.
    else if (controlled) options.onUpdateReady();
    controlled = true;
  });

  whenLoaded(async () => {
    registration = await container.register('/sw.js', { updateViaCache: 'none' });
    if (registration.waiting && container.controller) options.onUpdateReady();
    registration.addEventListener('updatefound', () => {
      const installing = registration?.installing;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed' && container.controller) options.onUpdateReady();
      });
    });
    checkForUpdates(registration);
  });

  return {
    applyUpdate() {
      if (reloads) return;
      reloads = true;
      const waiting = registration?.waiting;
      if (waiting) waiting.postMessage('apply-update');
      else location.reload();
    },
  };
}

/** Storing the files must not compete with the first paint. */
function whenLoaded(start: () => Promise<void>): void {
  const run = () =>
    start().catch((error: unknown) => console.warn('The app could not be stored for use without a connection.', error));
  if (document.readyState === 'complete') void run();
  else addEventListener('load', () => void run(), { once: true });
}

/** A CRM stays open for days, and the browser itself looks for a new version only when a page is opened. */
function checkForUpdates(registration: ServiceWorkerRegistration): void {
  let checkedAt = Date.now();
  const check = () => {
    if (document.visibilityState !== 'visible' || Date.now() - checkedAt < CHECK_EVERY_MS) return;
    checkedAt = Date.now();
    registration.update().catch(() => undefined); // offline: the next check finds it
  };
  setInterval(check, CHECK_EVERY_MS);
  document.addEventListener('visibilitychange', check);
}
