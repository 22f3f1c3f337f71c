/**
 * The app opens without a server: every built file, lazy parts and fonts included, is stored at installation, and
 * every page is answered with the stored shell. Data is not its business (IndexedDB holds it).
 *
 * A new version waits until the app asks for it (`client/platform/service-worker.ts`). The version before it stays
 * stored until the next update, because other tabs may still run it and need its lazy parts.
 */
import { isHashed, routeOf } from './route.ts';

// What this file needs of the service worker's types: TypeScript's own library for them excludes the DOM's.
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(response: Promise<Response>): void;
}
interface NotificationEvent extends ExtendableEvent {
  readonly notification: Notification;
}
interface WindowClient {
  readonly visibilityState: DocumentVisibilityState;
  focus(): Promise<unknown>;
  postMessage(message: unknown): void;
}
interface PushEvent extends ExtendableEvent {
  readonly data: { json(): unknown } | null;
}
interface WorkerScope {
  readonly location: Location;
  readonly registration: ServiceWorkerRegistration;
  readonly clients: {
    claim(): Promise<void>;
    matchAll(options: {
      readonly type: 'window';
      readonly includeUncontrolled: boolean;
    }): Promise<readonly WindowClient[]>;
    openWindow(path: string): Promise<unknown>;
  };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
  addEventListener(type: 'push', listener: (event: PushEvent) => void): void;
  addEventListener(type: 'notificationclick', listener: (event: NotificationEvent) => void): void;
  addEventListener(type: 'message', listener: (event: ExtendableEvent & { data: unknown }) => void): void;
}

/** Paths of the built files, the shell as `/`; filled in by vite.config.ts. */
declare const __FILES__: readonly string[];
/** Hash of all their contents; filled in by vite.config.ts. */
declare const __VERSION__: string;

const PREFIX = 'rapport-files-';
const CACHE = PREFIX + __VERSION__;
const files = new Set(__FILES__);
const worker = self as unknown as WorkerScope;

worker.addEventListener('install', (event) => event.waitUntil(storeFiles()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOldFiles().then(() => worker.clients.claim())));
worker.addEventListener('message', (event) => {
  if (event.data === 'apply-update') event.waitUntil(worker.skipWaiting());
});
worker.addEventListener('push', (event) => event.waitUntil(showPushed(event)));
worker.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(openFrom(event.notification));
});
worker.addEventListener('fetch', (event) => {
  const route = routeOf(event.request, worker.location.origin, files);
  if (route === 'network') return;
  const path = route === 'shell' ? '/' : new URL(event.request.url).pathname;
  event.respondWith(stored(path).then((response) => response ?? fetch(event.request)));
});

/** What the server has sent while no tab was there to show it (`server/push/push.ts`). Browsers want to see something always. */
async function showPushed({ data }: PushEvent): Promise<void> {
  const { title, text, tag, path } = readPushed(data);
  await worker.registration.showNotification(title, {
    body: text,
    tag,
    icon: '/icon-192.png',
    badge: '/icon-192.png',
    data: { path },
  });
}

function readPushed(data: PushEvent['data']): Record<'title' | 'text' | 'tag' | 'path', string> {
  let sent: Readonly<Record<string, unknown>> = {};
  try {
    const read = data?.json();
    if (typeof read === 'object' && read !== null) sent = read as Readonly<Record<string, unknown>>;
  } catch {
    // Something new is in the inbox, whatever it was.
  }
  const word = (key: string, otherwise: string) => (typeof sent[key] === 'string' ? (sent[key] as string) : otherwise);
  return {
    title: word('title', 'Rapport'),
    text: word('text', 'There is something new in your inbox.'),
    tag: word('tag', 'rapport-inbox'),
    path: word('path', '/inbox'),
  };
}

/** Leads to what the notification is about, in a tab that is open; else in a new one. Notifications: `client/platform/notifications.ts`. */
async function openFrom({ data }: Notification): Promise<void> {
  const path = typeof data?.path === 'string' && /^\/(?![/\\])/.test(data.path) ? data.path : '/';
  const tabs = await worker.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // The one somebody looks at, if any: a tab in the background may be frozen.
  const open = tabs.find((tab) => tab.visibilityState === 'visible') ?? tabs[0];
  if (!open) {
    await worker.clients.openWindow(path);
    return;
  }
  open.postMessage({ openPath: path });
  // A browser that does not let it come to the front shows it there all the same.
  await open.focus().catch(() => undefined);
}

async function storeFiles(): Promise<void> {
  const cache = await caches.open(CACHE);
  await Promise.all(
    __FILES__.map(async (path) => {
      const kept = isHashed(path) ? await caches.match(path) : undefined;
      const response = kept ?? (await fetch(path, { cache: isHashed(path) ? 'default' : 'no-cache' }));
      // Installation fails as a whole and is tried again later: half a version would be worse than the old one.
      if (!response.ok || response.redirected) throw new Error(`${path} answered ${response.status}`);
      await cache.put(path, response);
    }),
  );
}

async function stored(path: string): Promise<Response | undefined> {
  const own = await (await caches.open(CACHE)).match(path);
  return own ?? (isHashed(path) ? caches.match(path) : undefined);
}

/** Keeps its own files, those of the version before (open tabs), and those of a newer one being installed. */
async function dropOldFiles(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX)); // oldest first
  const old = names.slice(0, Math.max(0, names.indexOf(CACHE) - 1));
  await Promise.all(old.map((name) => caches.delete(name)));
}
