/**
 * Being told while Rapport is closed: this browser gives the server an address at its push service. Off until somebody
 * switches it on; where there is no service worker or no push service in reach, it stays off with a sentence.
 */

export type PushState = 'on' | 'off' | 'impossible';

const PATH = '/api/push';
const TIMEOUT_MS = 10_000;

async function manager(): Promise<PushManager | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.pushManager;
}

export async function pushState(): Promise<PushState> {
  const push = await manager();
  if (!push) return 'impossible';
  return (await push.getSubscription()) ? 'on' : 'off';
}

/** Returns why it did not work, as a sentence; undefined when it did. */
export async function switchPush(on: boolean): Promise<string | undefined> {
  const push = await manager();
  if (!push) return 'This browser cannot be told while Rapport is closed.';
  try {
    const before = await push.getSubscription();
    if (!on) {
      if (!before) return undefined;
      await before.unsubscribe();
      // Without a line the server learns it from the push service.
      await ask('DELETE', { endpoint: before.endpoint }).catch(() => undefined);
      return undefined;
    }
    const { publicKey } = (await (await ask('GET')).json()) as { publicKey: string };
    const subscription =
      before ?? (await push.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) }));
    const answer = await ask('POST', subscription.toJSON());
    if (answer.ok) return undefined;
    await subscription.unsubscribe();
    return 'Your server did not take the address of this browser. Nothing was switched on.';
  } catch {
    return 'The push service of your browser is out of reach. Nothing was switched on. Try again later.';
  }
}

function ask(method: string, body?: unknown): Promise<Response> {
  return fetch(PATH, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  });
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
