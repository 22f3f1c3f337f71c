/**
 * Code that the first paint does not need. It is loaded when it is first used, or when the page is shown and the
 * browser has nothing else to do, whichever comes first; once loaded it renders at once, without a frame in between.
 */
import { type Accessor, type Component, createComponent, createSignal, type JSX, Show } from 'solid-js';

export interface Late<T> {
  /** What was loaded, or undefined until then. */
  readonly code: Accessor<T | undefined>;
  /** Asks for it; asking again is free. Without a line it is asked for again when there is one. Never rejects. */
  readonly load: () => Promise<void>;
}

const waiting: (() => Promise<void>)[] = [];
let isShown = false;
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
        addEventListener('online', () => void load(), { once: true });
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
  return (props): JSX.Element => {
    void part.load();
    return (
      <Show when={part.code()} keyed>
        {(Code) => createComponent(Code, props)}
      </Show>
    );
  };
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
  for (let load = waiting.shift(); load; load = waiting.shift()) await load();
  loadingTheRest = undefined;
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    // Not in Safari.
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1000 });
    else setTimeout(resolve, 100);
  });
}
