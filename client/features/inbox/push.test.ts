import { afterEach, expect, test, vi } from 'vitest';
import { dropPushAddress } from '../../platform/push-address.ts';
import { pushState, switchPush } from './push.ts';

const KEY = btoa('the key of this server').replaceAll('=', '');
const bytes = (text: string) => new TextEncoder().encode(text).buffer;

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

interface Here {
  /** What the browser's push service does with a new address. */
  readonly service?: 'answers' | 'refuses' | 'is silent';
  /** What the server does with it; null = it cannot be reached. */
  readonly server?: number | null;
  /** The key that the browser's present address was made for. */
  readonly before?: string;
}

/** A browser with a service worker, its push service and the server, each as good as the test says. */
function setupBrowser({ service = 'answers', server = 201, before }: Here = {}) {
  const asked: string[] = [];
  let isOn = before !== undefined;
  let answerLate: () => void = () => undefined;
  const aSubscription = (madeFor: string) => ({
    endpoint: 'https://push.example/1',
    options: { applicationServerKey: bytes(madeFor) },
    toJSON: () => ({ endpoint: 'https://push.example/1', keys: {} }),
    unsubscribe: () => {
      isOn = false;
      return Promise.resolve(true);
    },
  });
  const made = aSubscription('the key of this server');
  const held = before === undefined ? made : aSubscription(before);
  let current = held;
  const pushManager = {
    getSubscription: () => Promise.resolve(isOn ? current : null),
    subscribe: () => {
      asked.push('subscribe');
      const give = () => {
        isOn = true;
        current = made;
        return made;
      };
      if (service === 'refuses') return Promise.reject(new DOMException('push service error', 'AbortError'));
      if (service === 'answers') return Promise.resolve(give());
      return new Promise((resolve) => {
        answerLate = () => resolve(give());
      });
    },
  };
  vi.stubGlobal('navigator', { serviceWorker: { getRegistration: () => Promise.resolve({ pushManager }) } });
  vi.stubGlobal('fetch', (_path: string, { method }: RequestInit) => {
    asked.push(String(method));
    if (server === null) return Promise.reject(new TypeError('no line'));
    if (method === 'GET') return Promise.resolve(Response.json({ publicKey: KEY }));
    const body = server < 300 ? { ok: true } : { error: { message: 'You are told on 20 browsers already.' } };
    return Promise.resolve(Response.json(body, { status: server }));
  });
  return { asked, isOn: () => isOn, answerLate: () => answerLate() };
}

test('nothing is asked of anybody before somebody switches it on', async () => {
  const { asked } = setupBrowser();
  expect(await pushState()).toBe('off');
  expect(asked).toEqual([]);
  expect(await switchPush(true)).toBeUndefined();
  expect(asked).toEqual(['GET', 'subscribe', 'POST']);
  expect(await pushState()).toBe('on');
  expect(await switchPush(false)).toBeUndefined();
  expect(await pushState()).toBe('off');
});

test('a push service that refuses is told apart from a server out of reach; both leave it off', async () => {
  const refusing = setupBrowser({ service: 'refuses' });
  expect(await switchPush(true)).toContain('push service of your browser is out of reach');
  expect(refusing.isOn()).toBe(false);
  const cut = setupBrowser({ server: null });
  expect(await switchPush(true)).toContain('Your server cannot be reached');
  expect([cut.isOn(), cut.asked]).toEqual([false, ['GET']]);
});

test('a push service that says nothing is not waited for, and what it gives later is given back', async () => {
  vi.useFakeTimers();
  const { isOn, answerLate } = setupBrowser({ service: 'is silent' });
  const said = switchPush(true);
  await vi.advanceTimersByTimeAsync(10_001);
  expect(await said).toContain('out of reach');
  answerLate();
  await vi.advanceTimersByTimeAsync(1);
  expect(isOn()).toBe(false);
});

test('what the server says when it does not take the address is passed on, and the address is given up', async () => {
  const { isOn } = setupBrowser({ server: 409 });
  expect(await switchPush(true)).toBe('You are told on 20 browsers already.');
  expect(isOn()).toBe(false);
});

test('an address that was made for another server is made anew, one for this server stays', async () => {
  const other = setupBrowser({ before: 'the key of a server before' });
  expect(await switchPush(true)).toBeUndefined();
  expect(other.asked).toEqual(['GET', 'subscribe', 'POST']);
  const same = setupBrowser({ before: 'the key of this server' });
  expect(await switchPush(true)).toBeUndefined();
  expect(same.asked).toEqual(['GET', 'POST']);
});

test('a browser where nobody is signed in any more gives its address up', async () => {
  const { isOn, asked } = setupBrowser({ before: 'the key of this server' });
  await dropPushAddress();
  expect([isOn(), asked]).toEqual([false, []]);
});
