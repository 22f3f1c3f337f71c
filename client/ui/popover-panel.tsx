/** What a popover opens. Loaded late: the button is `Popover`'s (popover.tsx). */
import * as KPopover from '@kobalte/core/popover';
import type { JSX } from 'solid-js';
import type { LatePanelProps } from './late-trigger.tsx';
import { overDialogs } from './overlay-landmark.ts';
import type { PopoverProps } from './popover.tsx';

export function PopoverPanel(props: LatePanelProps<PopoverProps>): JSX.Element {
  return (
    <KPopover.Root
      open={props.open}
      defaultOpen={props.defaultOpen}
      onOpenChange={(open) => props.onOpenChange?.(open)}
      placement={props.placement ?? 'bottom-start'}
      gutter={6}
    >
      <KPopover.Trigger as={props.trigger} />
      <KPopover.Portal ref={overDialogs}>
        <KPopover.Content class={['popover', props.class].filter(Boolean).join(' ')} aria-label={props.label}>
          {props.children}
        </KPopover.Content>
      </KPopover.Portal>
    </KPopover.Root>
  );
}
