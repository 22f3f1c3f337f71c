import { createComponent, createRenderEffect, createSignal, type JSX, onCleanup, Show, splitProps } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';
import { ariaKeys } from './keys.ts';
import { late } from './late.tsx';

export interface IconButtonProps extends Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'aria-label'> {
  /** The name for assistive technology and the words of the tooltip. */
  readonly label: string;
  readonly icon: Icon;
  readonly keys?: string;
  readonly size?: 'md' | 'sm' | 'xs';
  /** Makes it a toggle with `aria-pressed`. */
  readonly pressed?: boolean;
  readonly placement?: 'top' | 'right' | 'bottom' | 'left';
}

const hint = late(() => import('./icon-hint.tsx').then((module) => module.IconHint));

/** A button that is only an icon: always named, always with a tooltip that shows the name and the key. */
export function IconButton(props: IconButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, [
    'label',
    'icon',
    'keys',
    'size',
    'pressed',
    'placement',
    'class',
    'ref',
    'type',
  ]);
  /** Set when it was pointed at or reached for the first time: from then on it has its hint. */
  const [met, setMet] = createSignal<HTMLButtonElement>();

  function watch(button: HTMLButtonElement): void {
    const meet = (event: Event) => {
      if (event instanceof PointerEvent && event.pointerType === 'touch') return;
      setMet(button);
      void hint.load();
    };
    for (const name of ['pointerenter', 'focus']) {
      button.addEventListener(name, meet);
      onCleanup(() => button.removeEventListener(name, meet));
    }
    // A menu whose button this is gives its own only when its code is there.
    createRenderEffect(() => typeof own.ref === 'function' && own.ref(button));
  }

  return (
    <>
      <button
        {...rest}
        type="button"
        ref={watch}
        aria-label={own.label}
        aria-pressed={own.pressed}
        aria-keyshortcuts={own.keys ? ariaKeys(own.keys) : undefined}
        class={[
          'iconbtn',
          own.size && own.size !== 'md' ? `iconbtn--${own.size}` : '',
          own.pressed ? 'is-on' : '',
          own.class,
        ]
          .filter(Boolean)
          .join(' ')}
      >
        <Dynamic component={own.icon} />
      </button>
      <Show when={met() && hint.code()} keyed>
        {(Hint) =>
          createComponent(Hint, {
            button: met() as HTMLButtonElement,
            get label() {
              return own.label;
            },
            get keys() {
              return own.keys;
            },
            get placement() {
              return own.placement;
            },
            // What it opened says enough, and stands where the hint would be.
            get disabled() {
              return rest['aria-expanded'] === true || rest['aria-expanded'] === 'true';
            },
          })
        }
      </Show>
    </>
  );
}
