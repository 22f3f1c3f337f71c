/**
 * The button of a menu or popover, there at once, and its surface, which is made when somebody comes near the button:
 * pages have dozens of menus, each took a millisecond or two, and nobody opens most of them. Its code may come later still.
 */
import {
  type Component,
  createComponent,
  createMemo,
  createSignal,
  type JSX,
  mergeProps,
  onCleanup,
  Show,
  untrack,
} from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Late } from './late.tsx';

type TriggerProps = Record<string, unknown>;

interface Opening {
  readonly trigger: Component<TriggerProps>;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
}

/** What the late part is given: the same, but its trigger is a button that is already in the document. */
export type LatePanelProps<P extends Opening> = P & {
  /** Opened before the code was there. */
  readonly defaultOpen: boolean;
};

/**
 * The button is rendered once and stays: when the code is there, the attributes and handlers of the real trigger are
 * put on it, so that neither focus nor a press is lost. What was pressed before then opens when it can.
 */
export function LateTrigger<P extends Opening>(props: {
  readonly part: Late<Component<LatePanelProps<P>>>;
  readonly popup: 'menu' | 'dialog';
  readonly panel: P;
}): JSX.Element {
  const [attached, setAttached] = createSignal<TriggerProps>();
  /** Does again what was done to the button before anybody was there to answer. */
  let repeat: (() => void) | undefined;
  let isWanted = false;
  const [isTouched, setTouched] = createSignal(false);

  function touch(): void {
    setTouched(true);
    void props.part.load();
  }
  function open(event: Event): void {
    event.preventDefault();
    if (props.panel.open === undefined) isWanted = true;
    else props.panel.onOpenChange?.(true);
    touch();
  }
  const before: TriggerProps = {
    'aria-haspopup': untrack(() => (props.popup === 'menu' ? 'true' : 'dialog')),
    'aria-expanded': false,
    onPointerEnter: touch,
    onFocusIn: touch,
    onClick: open,
    onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }) {
      if (props.popup !== 'menu' || !['Enter', ' ', 'ArrowDown'].includes(event.key)) return;
      event.preventDefault();
      event.stopPropagation();
      const { key, currentTarget } = event;
      repeat = () =>
        currentTarget.isConnected &&
        currentTarget.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
      touch();
    },
  };

  const Adopt: Component<TriggerProps> = (real) => {
    setAttached(() => real);
    onCleanup(() => setAttached(undefined));
    queueMicrotask(() => {
      repeat?.();
      repeat = undefined;
    });
    return null;
  };
  /** Once made it stays. */
  const isAsked = createMemo((was: boolean) => was || isTouched() || props.panel.open === true, false);
  const code = () => {
    if (!isAsked()) return undefined;
    void props.part.load();
    return props.part.code();
  };

  return (
    <>
      <Dynamic component={props.panel.trigger} {...(attached() ?? before)} />
      <Show when={code()} keyed>
        {(Panel) => {
          const given = mergeProps(props.panel, { trigger: Adopt, defaultOpen: isWanted });
          return createComponent(Panel, given as LatePanelProps<P>);
        }}
      </Show>
    </>
  );
}
