import * as KTooltip from '@kobalte/core/tooltip';
import { type JSX, Show, splitProps } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';
import { Kbd } from './kbd.tsx';
import { ariaKeys } from './keys.ts';
import { overlayLandmark } from './overlay-landmark.ts';

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
  return (
    <KTooltip.Root
      openDelay={400}
      closeDelay={60}
      skipDelayDuration={300}
      placement={own.placement ?? 'bottom'}
      gutter={6}
      // What it opened says enough, and stands where the hint would be.
      disabled={rest['aria-expanded'] === true || rest['aria-expanded'] === 'true'}
    >
      <KTooltip.Trigger
        as="button"
        {...rest}
        type="button"
        ref={own.ref}
        aria-label={own.label}
        aria-pressed={own.pressed}
        aria-keyshortcuts={own.keys && ariaKeys(own.keys)}
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
      </KTooltip.Trigger>
      <KTooltip.Portal ref={overlayLandmark('Hint')}>
        <KTooltip.Content class="tooltip">
          {own.label}
          <Show when={own.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
        </KTooltip.Content>
      </KTooltip.Portal>
    </KTooltip.Root>
  );
}
