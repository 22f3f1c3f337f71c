/**
 * Being told while Rapport is closed: this browser gives the server an address at its push service. Off until somebody
 * switches it on; where there is no service worker or no push service in reach, it stays off with a sentence.
 */

import { pushManager } from '../../platform/push-address.ts';

export type PushState = 'on' | 'off' | 'impossible';

const NO_SERVER = 'Your server cannot be reached right now. Nothing was switched on. Try again later.';
const NO_SERVICE = 'The push service of your browser is out of reach. Nothing was switched on. Try again later.';

const PATH = '/api/push';
const TIMEOUT_MS = 10_000;

export async function pushState(): Promise<PushState> {
  const push = await pushManager();
  if (!push) return 'impossible';
  return (await push.getSubscription()) ? 'on' : 'off';
}

/** Returns why it did not work, as a sentence; undefined when it did. */
export async function switchPush(on: boolean): Promise<string | undefined> {
  const push = await pushManager();
  if (!push) return 'This browser cannot be told while Rapport is closed.';
  const before = await push.getSubscription().catch(() => null);
  return on ? switchOn(push, before) : switchOff(before);
}

async function switchOff(before: PushSubscription | null): Promise<string | undefined> {
  if (!before) return undefined;
  // Without a line the server learns it from the push service.
  await ask('DELETE', { endpoint: before.endpoint }).catch(() => undefined);
  const isGone = await before.unsubscribe().catch(() => false);
  return isGone ? undefined : 'Your browser did not switch it off. Try again, or block notifications for this site.';
}

async function switchOn(push: PushManager, before: PushSubscription | null): Promise<string | undefined> {
  const key = await serverKey();
  if (key === undefined) return NO_SERVER;
  const subscription = await subscribe(push, key, before);
  if (subscription === undefined) return NO_SERVICE;
  const answer = await ask('POST', subscription.toJSON()).catch(() => undefined);
  if (answer?.ok) return undefined;
  await subscription.unsubscribe().catch(() => false);
  if (answer === undefined) return NO_SERVER;
  return (await sentenceOf(answer)) ?? 'Your server did not take the address of this browser. Nothing was switched on.';
}

async function serverKey(): Promise<string | undefined> {
  try {
    const answer = await ask('GET');
    const { publicKey } = (await answer.json()) as { readonly publicKey?: unknown };
    return answer.ok && typeof publicKey === 'string' ? publicKey : undefined;
  } catch {
    return undefined;
  }
}

/** Undefined when the push service does not answer: browsers try for minutes and say nothing meanwhile. */
async function subscribe(
  push: PushManager,
  publicKey: string,
  before: PushSubscription | null,
): Promise<PushSubscription | undefined> {
  const options = { userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) };
  // An address that was made for another server, or for this one before it was set up anew, hears nothing from this one.
  if (before !== null && isFor(before, options.applicationServerKey)) return before;
  await before?.unsubscribe().catch(() => false);
  let isLate = false;
  const asked = push.subscribe(options).then(
    async (subscription) => {
      if (!isLate) return subscription;
      // It was said that nothing was switched on.
      await subscription.unsubscribe().catch(() => false);
      return undefined;
    },
    () => undefined,
  );
  const given = new Promise<undefined>((resolve) => {
    setTimeout(() => {
      isLate = true;
      resolve(undefined);
    }, TIMEOUT_MS);
  });
  return Promise.race([asked, given]);
}

function isFor({ options }: PushSubscription, key: Uint8Array): boolean {
  if (options.applicationServerKey === null) return true;
  const own = new Uint8Array(options.applicationServerKey);
  return own.length === key.length && own.every((byte, index) => byte === key[index]);
}

async function sentenceOf(answer: Response): Promise<string | undefined> {
  const body = (await answer.json().catch(() => null)) as { readonly error?: { readonly message?: string } } | null;
  return body?.error?.message;
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
