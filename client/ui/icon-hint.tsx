/** The hint of an icon button: its name and its key. Loaded late, when the first button is pointed at or reached. */
import * as KTooltip from '@kobalte/core/tooltip';
import {
  type Component,
  createEffect,
  createRenderEffect,
  createSignal,
  type JSX,
  onCleanup,
  Show,
  untrack,
} from 'solid-js';
import { Kbd } from './kbd.tsx';
import { overlayLandmark } from './overlay-landmark.ts';

export interface IconHintProps {
  /** The button, which is in the document already and stays as it is. */
  readonly button: HTMLElement;
  readonly label: string;
  readonly keys?: string;
  readonly placement?: 'top' | 'right' | 'bottom' | 'left';
  readonly disabled: boolean;
}

export function IconHint(props: IconHintProps): JSX.Element {
  const [isOpen, setOpen] = createSignal(false);
  // Gone before anybody else hears of the key, which would otherwise close the hint and leave the dialog around it open.
  createEffect(() => {
    if (!isOpen()) return;
    const onKeyDown = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false);
    addEventListener('keydown', onKeyDown, { capture: true });
    onCleanup(() => removeEventListener('keydown', onKeyDown, { capture: true }));
  });

  return (
    <KTooltip.Root
      open={isOpen()}
      onOpenChange={setOpen}
      openDelay={400}
      closeDelay={60}
      skipDelayDuration={300}
      placement={props.placement ?? 'bottom'}
      gutter={6}
      disabled={props.disabled}
    >
      <KTooltip.Trigger
        as={(trigger: TriggerProps) =>
          adopt(
            untrack(() => props.button),
            trigger,
          )
        }
      />
      <KTooltip.Portal ref={overlayLandmark('Hint')}>
        <KTooltip.Content class="tooltip">
          {props.label}
          <Show when={props.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
        </KTooltip.Content>
      </KTooltip.Portal>
    </KTooltip.Root>
  );
}

type TriggerProps = Record<string, unknown>;

const EVENTS = {
  onPointerEnter: 'pointerenter',
  onPointerLeave: 'pointerleave',
  onPointerDown: 'pointerdown',
  onClick: 'click',
  onFocus: 'focus',
  onBlur: 'blur',
} as const;

/** Listens to the button beside its own handlers, and starts with what is already so: pointed at, or focused by key. */
function adopt(button: HTMLElement, trigger: TriggerProps): ReturnType<Component> {
  (trigger.ref as (element: HTMLElement) => void)(button);
  for (const [prop, name] of Object.entries(EVENTS)) {
    const listener = trigger[prop] as EventListener;
    button.addEventListener(name, listener);
    onCleanup(() => button.removeEventListener(name, listener));
  }
  createRenderEffect(() => {
    const id = trigger['aria-describedby'];
    if (typeof id === 'string') button.setAttribute('aria-describedby', id);
    else button.removeAttribute('aria-describedby');
  });
  queueMicrotask(() => {
    if (button.matches(':hover')) {
      (trigger.onPointerEnter as EventListener)(new PointerEvent('pointerenter', { pointerType: 'mouse' }));
    }
    if (button.matches(':focus-visible')) (trigger.onFocus as EventListener)(new FocusEvent('focus'));
  });
  return null;
}
