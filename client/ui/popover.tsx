import * as KPopover from '@kobalte/core/popover';
import type { Component, JSX } from 'solid-js';

export interface PopoverProps {
  /** Renders the button that opens it; spread the given props on it. */
  readonly trigger: Component<Record<string, unknown>>;
  /** The name of the dialog for assistive technology. */
  readonly label: string;
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly placement?: 'bottom-start' | 'bottom-end' | 'bottom' | 'top-start' | 'top-end' | 'right-start' | 'right-end';
  readonly class?: string;
  readonly children: JSX.Element;
}

/** A small surface beside its button. Focus moves in, Esc and a click outside close it, focus goes back. */
export function Popover(props: PopoverProps): JSX.Element {
  return (
    <KPopover.Root
      open={props.open}
      onOpenChange={(open) => props.onOpenChange?.(open)}
      placement={props.placement ?? 'bottom-start'}
      gutter={6}
    >
      <KPopover.Trigger as={props.trigger} />
      <KPopover.Portal>
        <KPopover.Content class={['popover', props.class].filter(Boolean).join(' ')} aria-label={props.label}>
          {props.children}
        </KPopover.Content>
      </KPopover.Portal>
    </KPopover.Root>
  );
}
