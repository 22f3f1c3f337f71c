/** A row of a list that people put into order: it moves by Alt and the arrow keys, and from its menu. */
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import Trash from 'lucide-solid/icons/trash';
import type { MenuItem } from '../../ui/menu.tsx';

export interface OrderedRow {
  readonly element: () => HTMLElement;
  readonly index: () => number;
  /** How many rows there are. */
  readonly count: () => number;
  readonly canMove: () => boolean;
  /** The position may be one before the first or past the last. */
  readonly onMove: (position: number) => void;
  readonly onDelete: () => void;
}

export interface RowOrdering {
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly menu: () => readonly MenuItem[];
}

export function makeOrderedRow({ element, index, count, canMove, onMove, onDelete }: OrderedRow): RowOrdering {
  /** Moving the row in the document takes the focus from it; whoever moves it by keys goes on from there. */
  function step(by: -1 | 1): void {
    const focused = document.activeElement;
    onMove(index() + by);
    if (focused instanceof HTMLElement && element().contains(focused)) focused.focus();
  }
  return {
    onKeyDown(event) {
      if (!canMove() || !event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
      if (event.target instanceof HTMLInputElement) return;
      event.preventDefault();
      event.stopPropagation();
      step(event.key === 'ArrowUp' ? -1 : 1);
    },
    menu: () => [
      { label: 'Move up', icon: ArrowUp, keys: 'Alt+ArrowUp', disabled: index() === 0, onSelect: () => step(-1) },
      {
        label: 'Move down',
        icon: ArrowDown,
        keys: 'Alt+ArrowDown',
        disabled: index() === count() - 1,
        onSelect: () => step(1),
      },
      { kind: 'separator' },
      { label: 'Delete', icon: Trash, danger: true, onSelect: onDelete },
    ],
  };
}
