/**
 * Code that the first paint does not need. It is loaded when it is first used, or when the page is shown and the
 * browser has nothing else to do, whichever comes first; once loaded it renders at once, without a frame in between.
 * What nobody asks for by a click or an address (who else is here, marks, watchers) waits for the second.
 */
import { type Accessor, type Component, createComponent, createSignal, type JSX, lazy, Show } from 'solid-js';

export interface Late<T> {
  /** What was loaded, or undefined until then. */
  readonly code: Accessor<T | undefined>;
  /** Asks for it; asking again is free. Without a line it is asked for until it comes. Never rejects. */
  readonly load: () => Promise<void>;
}

const RETRY_MS = 5_000;

// The bundler's loader asks for the styles of a part once and takes them for loaded from then on: a part whose styles were
// lost with the line would stay without them. Errors of elements do not bubble.
addEventListener('error', ({ target }) => retryStyles(target), true);

function retryStyles(target: EventTarget | null): void {
  if (!(target instanceof HTMLLinkElement) || target.rel !== 'stylesheet') return;
  setTimeout(() => target.replaceWith(target.cloneNode()), RETRY_MS);
}

const waiting: (() => Promise<void>)[] = [];
/** Larger, and of use only to who goes on: after the others. */
const pages: (() => Promise<void>)[] = [];
let isShown = false;
let resolveShown: () => void = () => undefined;

/** Resolves when the first page is shown and the browser has nothing else to do. */
export const firstPageShown: Promise<void> = new Promise((resolve) => {
  resolveShown = resolve;
});
let loadingTheRest: Promise<void> | undefined;

export function late<T>(fetch: () => Promise<T>): Late<T> {
  const [code, setCode] = createSignal<T>();
  let loading: Promise<void> | undefined;
  function load(): Promise<void> {
    loading ??= fetch().then(
      (loaded) => {
        setCode(() => loaded);
      },
      () => {
        loading = undefined;
        // The server may be away while the network is not, so `online` alone would not tell.
        setTimeout(() => void load(), RETRY_MS);
      },
    );
    return loading;
  }
  waiting.push(load);
  if (isShown) void loadLateParts();
  return { code, load };
}

/** A component that shows nothing until its code is there, and does not suspend what is around it meanwhile. */
export function lateComponent<P extends object>(fetch: () => Promise<Component<P>>): Component<P> {
  const part = late(fetch);
  const shown = whenLoaded(part);
  return (props): JSX.Element => {
    void part.load();
    return shown(props);
  };
}

/** A component that the first page does without: its code is not asked for by showing it, but comes with the rest. */
export function backgroundComponent<P extends object>(fetch: () => Promise<Component<P>>): Component<P> {
  return whenLoaded(late(fetch));
}

/** What somebody has gone to and waits for. */
const awaited = new Set<Promise<unknown>>();

/** A page: loaded when somebody goes there, or with the rest, so that it opens in one frame. */
export function latePage<P extends object>(fetch: () => Promise<Component<P>>): Component<P> {
  const page = lazy(() => {
    const coming = fetch().then((code) => ({ default: code }));
    awaited.add(coming);
    const arrived = () => awaited.delete(coming);
    coming.then(arrived, arrived);
    return coming;
  });
  // Without a line nothing is lost: whoever goes there asks again.
  pages.push(() => fetch().then(page.preload).then(NOTHING, NOTHING));
  return page;
}

const NOTHING = (): void => undefined;

function whenLoaded<P extends object>(part: Late<Component<P>>): Component<P> {
  return (props) => (
    <Show when={part.code()} keyed>
      {(Code) => createComponent(Code, props)}
    </Show>
  );
}

/**
 * From now on loads everything late that was or will be declared, one after the other, when the browser is idle: called
 * once the first page is shown, so that menus and editors open at once, and without a line.
 */
export function loadLateParts(): Promise<void> {
  isShown = true;
  loadingTheRest ??= loadTheRest();
  return loadingTheRest;
}

async function loadTheRest(): Promise<void> {
  await idle();
  resolveShown();
  const next = () => waiting.shift() ?? pages.shift();
  for (let load = next(); load; load = next()) {
    await noPageAwaited();
    await load();
  }
  loadingTheRest = undefined;
}

/**
 * A deal opened in the first seconds stands in one line with everything else otherwise: measured on a slow machine, its
 * page came seven seconds after Enter. Goes on after a while all the same: a page may not come without a line.
 */
async function noPageAwaited(): Promise<void> {
  const enough = Date.now() + RETRY_MS;
  while (awaited.size > 0 && Date.now() < enough) {
    await Promise.race([Promise.allSettled([...awaited]), new Promise((resolve) => setTimeout(resolve, RETRY_MS))]);
    // What the page is made of is asked for once it is drawn.
    await idle();
  }
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Not in Safari.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 100);
  });
}
