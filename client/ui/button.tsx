import { type JSX, Show, splitProps } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';
import { Kbd } from './kbd.tsx';
import { ariaKeys } from './keys.ts';

export interface ButtonProps extends JSX.ButtonHTMLAttributes<HTMLButtonElement> {
  /** Outline by default. One primary per view; `danger` destroys, `danger-outline` and `success` lead to it or to a win. */
  readonly variant?: 'outline' | 'primary' | 'quiet' | 'danger' | 'danger-outline' | 'success';
  readonly size?: 'sm' | 'md' | 'lg';
  /** Makes it a toggle with `aria-pressed`. */
  readonly pressed?: boolean;
  readonly icon?: Icon;
  /** The key that does the same, shown as key caps ("N", "Mod+Enter"). */
  readonly keys?: string;
  readonly block?: boolean;
}

const VARIANT_CLASS = {
  outline: '',
  primary: 'btn--primary',
  quiet: 'btn--ghost',
  danger: 'btn--danger-solid',
  'danger-outline': 'btn--danger',
  success: 'btn--won',
} as const;

const SIZE_CLASS = { sm: 'btn--sm', md: '', lg: 'btn--lg' } as const;

/** A button with words. Everything a native `button` takes is passed on; `type` is "button" unless given. */
export function Button(props: ButtonProps): JSX.Element {
  const [own, rest] = splitProps(props, ['variant', 'size', 'pressed', 'icon', 'keys', 'block', 'class', 'children']);
  return (
    <button
      type="button"
      aria-pressed={own.pressed}
      aria-keyshortcuts={own.keys ? ariaKeys(own.keys) : undefined}
      {...rest}
      // All of it in one attribute: a `class` that changes takes away what `classList` has put there.
      class={[
        'btn',
        VARIANT_CLASS[own.variant ?? 'outline'],
        SIZE_CLASS[own.size ?? 'md'],
        own.block && 'btn--block',
        own.pressed && 'btn--toggled',
        own.class,
      ]
        .filter(Boolean)
        .join(' ')}
    >
      <Show when={own.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      {own.children}
      <Show when={own.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
    </button>
  );
}
