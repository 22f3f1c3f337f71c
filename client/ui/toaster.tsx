import Check from 'lucide-solid/icons/check';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import X from 'lucide-solid/icons/x';
import { type Accessor, createContext, createSignal, type JSX, onCleanup, Show, useContext } from 'solid-js';
import { Kbd } from './kbd.tsx';

export interface Toast {
  readonly text: string;
  /** A failed one is read at once; the others when there is a pause. */
  readonly tone?: 'info' | 'failed';
  readonly action?: { readonly label: string; readonly keys?: string; readonly run: () => void };
}

export interface Toaster {
  readonly current: Accessor<Toast | undefined>;
  /** Shows it for 6 seconds in place of the one before. */
  readonly show: (toast: Toast) => void;
  readonly dismiss: () => void;
  /** Stops the clock while somebody points at or stands on the toast. */
  readonly hold: () => void;
  readonly release: () => void;
}

const VISIBLE_MS = 6000;

/** The one toast of the app: at most one at a time, gone after 6 s that do not run while it is held. */
export function createToaster(): Toaster {
  const [current, setCurrent] = createSignal<Toast>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let left = VISIBLE_MS;
  let startedAt = 0;
  let holds = 0;

  function start(): void {
    startedAt = Date.now();
    timer = setTimeout(dismiss, left);
  }
  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
  }
  function dismiss(): void {
    stop();
    holds = 0;
    setCurrent(undefined);
  }
  onCleanup(stop);

  return {
    current,
    dismiss,
    show(toast) {
      stop();
      left = VISIBLE_MS;
      // A copy, so that showing the same words twice is two toasts.
      setCurrent({ ...toast });
      if (holds === 0) start();
    },
    hold() {
      holds += 1;
      if (timer === undefined) return;
      stop();
      left = Math.max(left - (Date.now() - startedAt), 1000);
    },
    release() {
      holds = Math.max(holds - 1, 0);
      if (holds === 0 && current() !== undefined && timer === undefined) start();
    },
  };
}

const ToasterContext = createContext<Toaster>();

export const ToasterProvider = ToasterContext.Provider;

/** The app's toaster, for what has no other place to say that it is done; undefined outside the shell. */
export function useToaster(): Toaster | undefined {
  return useContext(ToasterContext);
}

/** Where the toast appears. Mount it once, in the shell: its live regions must be there before the words are. */
export function ToastRegion(props: { readonly toaster: Toaster }): JSX.Element {
  const shown = (tone: Toast['tone']) => {
    const toast = props.toaster.current();
    return toast && (toast.tone ?? 'info') === tone ? toast : undefined;
  };
  return (
    <div class="toasts">
      <div role="status" aria-live="polite">
        <Show when={shown('info')} keyed>
          {(toast) => <ToastCard toast={toast} toaster={props.toaster} />}
        </Show>
      </div>
      <div role="alert">
        <Show when={shown('failed')} keyed>
          {(toast) => <ToastCard toast={toast} toaster={props.toaster} />}
        </Show>
      </div>
    </div>
  );
}

function ToastCard(props: { readonly toast: Toast; readonly toaster: Toaster }): JSX.Element {
  let pointed = false;
  let focused = false;
  let cameFrom: EventTarget | null = null;
  onCleanup(() => {
    if (pointed) props.toaster.release();
    if (focused) props.toaster.release();
    if (focused && cameFrom instanceof HTMLElement && cameFrom.isConnected) cameFrom.focus();
  });
  return (
    <div
      class="toast"
      classList={{ 'toast--failed': props.toast.tone === 'failed' }}
      onPointerEnter={() => {
        pointed = true;
        props.toaster.hold();
      }}
      onPointerLeave={() => {
        pointed = false;
        props.toaster.release();
      }}
      onFocusIn={(event) => {
        if (focused) return;
        focused = true;
        cameFrom = event.relatedTarget;
        props.toaster.hold();
      }}
      onFocusOut={(event) => {
        if (event.currentTarget.contains(event.relatedTarget as Node | null)) return;
        focused = false;
        props.toaster.release();
      }}
    >
      <Show when={props.toast.tone === 'failed'} fallback={<Check />}>
        <CircleAlert />
      </Show>
      <span class="toast__text">{props.toast.text}</span>
      <Show when={props.toast.action}>
        {(action) => (
          <button
            type="button"
            class="toast__btn"
            onClick={() => {
              const { run } = action();
              props.toaster.dismiss();
              run();
            }}
          >
            {action().label}
            <Show when={action().keys}>{(keys) => <Kbd keys={keys()} />}</Show>
          </button>
        )}
      </Show>
      <button type="button" class="toast__btn toast__x" aria-label="Dismiss" onClick={() => props.toaster.dismiss()}>
        <X />
      </button>
    </div>
  );
}
