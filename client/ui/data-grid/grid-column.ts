import type { JSX } from 'solid-js';
import type { Icon } from '../icon.ts';

/** A column of a data grid. Cells are asked for by record id and read their values themselves, reactively. */
export interface GridColumn {
  readonly id: string;
  readonly header: string;
  readonly icon?: Icon;
  /** Width in px. */
  readonly width: number;
  /** 64 px unless given. */
  readonly minWidth?: number;
  /** `end` for numbers. */
  readonly align?: 'start' | 'end';
  readonly sortable?: boolean;
  readonly cell: (id: string) => JSX.Element;
  /** With an editor the cell can be edited. Leave with `edit.done` or `edit.cancel`. */
  readonly editor?: (id: string, edit: CellEdit) => JSX.Element;
}

/** How an editor in a cell leaves it. */
export interface CellEdit {
  /** The character that started editing, when typing did. */
  readonly typed: string | undefined;
  /** The name of the column, for the editor's label. */
  readonly label: string;
  /** Ends editing after the value was written; the focus stays on the cell or goes on from it. */
  readonly done: (next?: 'stay' | 'down' | 'right' | 'left' | 'leave') => void;
  readonly cancel: () => void;
}

export interface GridSort {
  readonly column: string;
  readonly direction: 'ascending' | 'descending';
}
