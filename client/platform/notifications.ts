/**
 * Notifications of the system, from the app itself: no server is needed, so they come offline too, as long as the app is
 * open or installed. Whether they are wanted here belongs to the device.
 */
const OFF = 'rapport.notifications';

export type NotifyState = 'on' | 'off' | 'blocked' | 'not asked' | 'impossible';

/** What would happen to a notification on this device. */
export function notifyState(): NotifyState {
  if (typeof Notification === 'undefined') return 'impossible';
  if (Notification.permission === 'denied') return 'blocked';
  if (Notification.permission === 'default') return 'not asked';
  return isOff() ? 'off' : 'on';
}

function isOff(): boolean {
  try {
    return localStorage.getItem(OFF) === 'off';
  } catch {
    return false;
  }
}

export function setNotifyHere(on: boolean): void {
  try {
    if (on) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, 'off');
  } catch {
    // Without storage it stays as it is.
  }
}

/** Asks for permission, once in a browser's life; called only by somebody who has just set a reminder or asked for it. */
export async function askToNotify(): Promise<NotifyState> {
  if (notifyState() === 'not asked') await Notification.requestPermission();
  return notifyState();
}

export interface Notice {
  /** Notifications with the same tag replace each other, also from other tabs. */
  readonly tag: string;
  readonly title: string;
  readonly text: string;
  /** Where a click leads: a path of this app. */
  readonly path: string;
}

/** Shows it if this device may. An installed app's is the service worker's: it also works where pages may not (Android). */
export async function notify({ tag, title, text, path }: Notice): Promise<boolean> {
  if (notifyState() !== 'on') return false;
  const options = { body: text, tag, icon: '/icon-192.png', badge: '/icon-192.png', data: { path } };
  const registration = await serviceWorker();
  if (registration) {
    await registration.showNotification(title, options);
    return true;
  }
  try {
    const shown = new Notification(title, options);
    shown.onclick = () => {
      window.focus();
      dispatchEvent(new CustomEvent<string>(OPEN_PATH, { detail: path }));
      shown.close();
    };
    return true;
  } catch {
    return false; // pages may not on this system
  }
}

/** Takes a notification away that was answered elsewhere. */
export async function closeNotification(tag: string): Promise<void> {
  const registration = await serviceWorker();
  for (const shown of (await registration?.getNotifications({ tag })) ?? []) shown.close();
}

async function serviceWorker(): Promise<ServiceWorkerRegistration | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.active ? registration : undefined;
}

const OPEN_PATH = 'rapport:open-path';

/** Called with the path of a notification that somebody clicked. Returns what ends that. */
export function onNotificationClick(open: (path: string) => void): () => void {
  const onEvent = (event: Event) => open((event as CustomEvent<string>).detail);
  const onMessage = (event: MessageEvent<unknown>) => {
    const { data } = event;
    if (typeof data === 'object' && data !== null && 'openPath' in data) open(String(data.openPath));
  };
  addEventListener(OPEN_PATH, onEvent);
  const workers = 'serviceWorker' in navigator ? navigator.serviceWorker : undefined;
  workers?.addEventListener('message', onMessage);
  return () => {
    removeEventListener(OPEN_PATH, onEvent);
    workers?.removeEventListener('message', onMessage);
  };
}
