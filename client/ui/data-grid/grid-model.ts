/**
 * What keys and clicks mean in a grid, without the DOM: positions in, commands out.
 *
 * Rows count from 0, the header is row -1. Columns count from 0, the checkbox column is -1.
 */

export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

export interface GridShape {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit on the screen: how far Page Up and Page Down go. */
  readonly page: number;
  readonly selectable: boolean;
}

/** The parts of a keyboard event that matter. */
export interface GridKey {
  readonly key: string;
  /** ⌘ on a Mac, Ctrl elsewhere. */
  readonly mod: boolean;
  readonly shift: boolean;
  readonly alt: boolean;
}

export type GridCommand =
  | { readonly type: 'move'; readonly to: GridPosition }
  | { readonly type: 'edit'; readonly typed?: string }
  | { readonly type: 'open' }
  | { readonly type: 'peek' }
  | { readonly type: 'sort' }
  | { readonly type: 'resize'; readonly by: number }
  | { readonly type: 'toggle' }
  | { readonly type: 'range' }
  | { readonly type: 'all' }
  | { readonly type: 'clear' };

/** How far one key press moves a column's edge, in px. */
const RESIZE_STEP = 16;

/**
 * What a key does at a position; undefined leaves it to the browser and the page. Letters start editing except in
 * the first column, where they stay shortcuts of the page.
 */
export function gridCommand(at: GridPosition, key: GridKey, shape: GridShape): GridCommand | undefined {
  if (key.alt) return undefined;
  if (at.row === -1) return headerCommand(at, key, shape);
  const to = moveTarget(at, key, shape);
  if (to !== undefined) return { type: 'move', to };
  if (key.mod) {
    if (key.key === 'Enter') return { type: 'open' };
    if (key.key.toLowerCase() === 'a' && shape.selectable) return { type: 'all' };
    return undefined;
  }
  const onCheckbox = at.column === -1;
  if (key.key === 'Enter')
    return onCheckbox ? { type: 'toggle' } : at.column === 0 ? { type: 'open' } : { type: 'edit' };
  if (key.key === 'F2') return onCheckbox ? undefined : { type: 'edit' };
  if (key.key === ' ') return onCheckbox ? { type: key.shift ? 'range' : 'toggle' } : { type: 'peek' };
  if (key.key === 'Escape') return { type: 'clear' };
  if (shape.selectable && key.key.toLowerCase() === 'x') return { type: key.shift ? 'range' : 'toggle' };
  if (at.column > 0 && key.key.length === 1) return { type: 'edit', typed: key.key };
  return undefined;
}

function headerCommand(at: GridPosition, key: GridKey, shape: GridShape): GridCommand | undefined {
  if (at.column >= 0 && key.shift && !key.mod) {
    if (key.key === 'ArrowRight') return { type: 'resize', by: RESIZE_STEP };
    if (key.key === 'ArrowLeft') return { type: 'resize', by: -RESIZE_STEP };
  }
  const to = moveTarget(at, key, shape);
  if (to !== undefined) return { type: 'move', to };
  if (key.key === 'Enter' || key.key === ' ') return at.column === -1 ? { type: 'all' } : { type: 'sort' };
  if (key.key === 'Escape') return { type: 'clear' };
  return undefined;
}

function moveTarget({ row, column }: GridPosition, key: GridKey, shape: GridShape): GridPosition | undefined {
  const firstColumn = shape.selectable ? -1 : 0;
  const lastColumn = shape.columns - 1;
  const lastRow = shape.rows - 1;
  const place = (toRow: number, toColumn: number): GridPosition => ({
    row: Math.min(Math.max(toRow, -1), lastRow),
    column: Math.min(Math.max(toColumn, firstColumn), lastColumn),
  });
  switch (key.key) {
    case 'ArrowDown':
      return place(key.mod ? lastRow : row + 1, column);
    case 'ArrowUp':
      return place(key.mod && row > 0 ? 0 : row - 1, column);
    case 'ArrowRight':
      return place(row, key.mod ? lastColumn : column + 1);
    case 'ArrowLeft':
      return place(row, key.mod ? 0 : column - 1);
    case 'PageDown':
      return place(row + shape.page, column);
    case 'PageUp':
      return place(Math.max(row - shape.page, Math.min(row, 0)), column);
    case 'Home':
      return place(key.mod ? Math.min(0, lastRow) : row, 0);
    case 'End':
      return place(key.mod ? lastRow : row, lastColumn);
    default:
      return undefined;
  }
}

/** The selection after one row was switched on or off. */
export function toggleSelected(selected: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The selection with everything between two rows, both included, added to it. */
export function selectRange(
  selected: ReadonlySet<string>,
  from: number,
  to: number,
  idAt: (index: number) => string | undefined,
): ReadonlySet<string> {
  const next = new Set(selected);
  for (let index = Math.min(from, to); index <= Math.max(from, to); index += 1) {
    const id = idAt(index);
    if (id !== undefined) next.add(id);
  }
  return next;
}

/** Where a record is now: where it was, if it still is there, else by looking through the list. */
export function findRow(
  id: string,
  lastIndex: number,
  rows: number,
  idAt: (index: number) => string | undefined,
): number {
  if (lastIndex >= 0 && lastIndex < rows && idAt(lastIndex) === id) return lastIndex;
  for (let index = 0; index < rows; index += 1) if (idAt(index) === id) return index;
  return -1;
}

export interface VisibleRow {
  readonly id: string;
  readonly index: number;
}

/**
 * The rows to render, in an order that moves none that is in the document already: a moved node would lose the
 * focus and the caret in it. Rows are placed by coordinates, so the order here does not show. New rows come last:
 * put between the others, Solid would take the others out and in again.
 */
export function keepOrder(before: readonly VisibleRow[], now: readonly VisibleRow[]): VisibleRow[] {
  const arriving = new Map(now.map((row) => [row.id, row]));
  const kept: VisibleRow[] = [];
  for (const { id } of before) {
    const row = arriving.get(id);
    if (row === undefined) continue;
    kept.push(row);
    arriving.delete(id);
  }
  return [...kept, ...arriving.values()];
}
