import * as KTooltip from '@kobalte/core/tooltip';
import { type Component, type JSX, Show } from 'solid-js';
import { Kbd } from './kbd.tsx';
import { overlayLandmark } from './overlay-landmark.ts';

export interface TooltipProps {
  readonly text: string;
  /** Shown as key caps behind the text. */
  readonly keys?: string;
  readonly placement?: 'top' | 'right' | 'bottom' | 'left';
  /** Renders the element that has the tooltip; spread the given props on it. */
  readonly trigger: Component<Record<string, unknown>>;
}

/** A name or a key hint on hover and on keyboard focus. Never the only place where something is said. */
export function Tooltip(props: TooltipProps): JSX.Element {
  return (
    <KTooltip.Root
      openDelay={400}
      closeDelay={60}
      skipDelayDuration={300}
      placement={props.placement ?? 'bottom'}
      gutter={6}
    >
      <KTooltip.Trigger as={props.trigger} />
      <KTooltip.Portal ref={overlayLandmark('Hint')}>
        <KTooltip.Content class="tooltip">
          {props.text}
          <Show when={props.keys}>{(keys) => <Kbd keys={keys()} />}</Show>
        </KTooltip.Content>
      </KTooltip.Portal>
    </KTooltip.Root>
  );
}
