/**
 * Which columns of a table a person sees, in which order and width, and how it is sorted. Kept on this device per
 * person and table; what is kept is checked against the columns that exist now.
 */
import { createSignal } from 'solid-js';
import type { GridSort } from '../ui/data-grid/grid-column.ts';

export interface ColumnState {
  /** Ids of the shown columns behind the name, in order. */
  readonly shown: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly sort: GridSort;
}

export interface ColumnChoice {
  readonly state: () => ColumnState;
  readonly toggle: (id: string) => void;
  /** Puts a shown column at a place among the shown ones, from 0. */
  readonly move: (id: string, to: number) => void;
  readonly resize: (id: string, width: number) => void;
  /** Sorts by a column; again turns the direction round. */
  readonly sortBy: (id: string) => void;
  readonly reset: () => void;
  readonly isChanged: () => boolean;
}

/** `available` are all columns there could be; anything else in the stored choice is dropped. */
export function createColumnChoice(
  storageKey: string,
  available: readonly string[],
  initial: ColumnState,
): ColumnChoice {
  const [state, setState] = createSignal(restoreState(readStored(storageKey), available, initial));
  function change(next: ColumnState): void {
    setState(next);
    try {
      localStorage.setItem(storageKey, JSON.stringify(next));
    } catch {
      // Storage is full or forbidden: the choice holds until the page is left, which harms nobody's data.
    }
  }
  return {
    state,
    toggle: (id) => change({ ...state(), shown: toggleColumn(state().shown, id, available) }),
    move: (id, to) => change({ ...state(), shown: moveColumn(state().shown, id, to) }),
    resize: (id, width) => change({ ...state(), widths: { ...state().widths, [id]: width } }),
    sortBy: (id) => change({ ...state(), sort: nextSort(state().sort, id) }),
    reset: () => change(initial),
    isChanged: () => JSON.stringify(state()) !== JSON.stringify(initial),
  };
}

function readStored(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

/** What was kept, as far as it makes sense today; a broken or missing part is the initial one. */
export function restoreState(stored: unknown, available: readonly string[], initial: ColumnState): ColumnState {
  if (typeof stored !== 'object' || stored === null) return initial;
  const { shown, widths, sort } = stored as Partial<Record<keyof ColumnState, unknown>>;
  const known = (id: unknown): id is string => typeof id === 'string' && available.includes(id);
  return {
    shown: Array.isArray(shown) ? [...new Set(shown.filter(known))] : initial.shown,
    widths:
      typeof widths === 'object' && widths !== null
        ? Object.fromEntries(Object.entries(widths).filter(([, width]) => typeof width === 'number' && width >= 40))
        : initial.widths,
    sort: isSort(sort) ? sort : initial.sort,
  };
}

function isSort(value: unknown): value is GridSort {
  if (typeof value !== 'object' || value === null) return false;
  const { column, direction } = value as Partial<GridSort>;
  return typeof column === 'string' && (direction === 'ascending' || direction === 'descending');
}

/** Hides a shown column, or shows a hidden one behind the others. */
export function toggleColumn(shown: readonly string[], id: string, available: readonly string[]): readonly string[] {
  if (shown.includes(id)) return shown.filter((each) => each !== id);
  return available.includes(id) ? [...shown, id] : shown;
}

export function moveColumn(shown: readonly string[], id: string, to: number): readonly string[] {
  if (!shown.includes(id)) return shown;
  const others = shown.filter((each) => each !== id);
  const at = Math.max(0, Math.min(to, others.length));
  return [...others.slice(0, at), id, ...others.slice(at)];
}

export function nextSort(sort: GridSort, column: string): GridSort {
  const again = sort.column === column && sort.direction === 'ascending';
  return { column, direction: again ? 'descending' : 'ascending' };
}
