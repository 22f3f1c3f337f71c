import type { Component, JSX } from 'solid-js';
import { late } from './late.tsx';
import { LateTrigger } from './late-trigger.tsx';

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

const panel = late(() => import('./popover-panel.tsx').then((module) => module.PopoverPanel));

/** A small surface beside its button. Focus moves in, Esc and a click outside close it, focus goes back. */
export function Popover(props: PopoverProps): JSX.Element {
  return <LateTrigger part={panel} popup="dialog" panel={props} />;
}
