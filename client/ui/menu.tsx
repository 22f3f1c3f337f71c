import type { Component, JSX } from 'solid-js';
import type { Icon } from './icon.ts';
import { late } from './late.tsx';
import { LateTrigger } from './late-trigger.tsx';

/** One row of a menu. A row without `kind` is an action. */
export type MenuItem =
  | MenuAction
  | { readonly kind: 'separator' }
  | { readonly kind: 'title'; readonly label: string }
  | { readonly kind: 'submenu'; readonly label: string; readonly icon?: Icon; readonly items: readonly MenuItem[] }
  | MenuRadio
  | {
      readonly kind: 'check';
      readonly label: string;
      readonly checked: boolean;
      readonly onChange: (checked: boolean) => void;
    };

export interface MenuAction {
  readonly kind?: 'action';
  readonly label: string;
  readonly icon?: Icon;
  /** What stands before the label when a plain icon does not do: an avatar, a glyph. */
  readonly lead?: () => JSX.Element;
  readonly keys?: string;
  /** Quiet words at the right edge. */
  readonly meta?: string;
  readonly danger?: boolean;
  readonly disabled?: boolean;
  readonly onSelect: () => void;
}

export interface MenuRadio {
  readonly kind: 'radio';
  readonly label?: string;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string; readonly lead?: () => JSX.Element }[];
  readonly onChange: (value: string) => void;
}

export interface MenuProps {
  /** Renders the button that opens the menu; spread the given props on it. */
  readonly trigger: Component<Record<string, unknown>>;
  readonly items: readonly MenuItem[];
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly placement?: 'bottom-start' | 'bottom-end' | 'top-start' | 'top-end' | 'right-start';
}

const panel = late(() => import('./menu-panel.tsx').then((module) => module.MenuPanel));

/** A list of commands behind a button. Arrows, type-ahead, Esc; focus returns to the button. */
export function Menu(props: MenuProps): JSX.Element {
  return <LateTrigger part={panel} popup="menu" panel={props} />;
}
