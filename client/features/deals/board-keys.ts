/** The board by keyboard (design guide, 5.1 and 5.2). All of it works while a card has the focus, so no key surprises anybody. */
import type { Workspace } from '../../data/workspace.ts';
import type { Board } from './board-context.tsx';

type KeyHandler = (event: KeyboardEvent) => void;

export function createBoardKeys(given: {
  readonly board: Board;
  readonly workspace: Workspace;
  readonly root: () => HTMLElement;
}): KeyHandler {
  const { board, workspace, root } = given;

  function onLifted(event: KeyboardEvent): void {
    const step = STEPS[event.key];
    if (step) board.moveLifted(step);
    else if (event.key === ' ' || event.key === 'Enter') board.carry.drop();
    else if (event.key === 'Escape' || event.key === 'Tab') board.carry.cancel();
    event.preventDefault();
    event.stopPropagation();
  }

  function onCard(event: KeyboardEvent, card: HTMLElement): boolean {
    const id = card.dataset.card ?? '';
    const column = card.closest<HTMLElement>('[data-column]')?.dataset.column ?? '';
    const ids = board.carriedWith(column, id);
    if (event.shiftKey && event.key === 'F10') board.openMenu(id);
    else if (event.key === 'Enter') board.actions.open(id, board.idsOf(column));
    else if (event.key === 'ContextMenu') board.openMenu(id);
    else if (event.key === 'Escape' && board.selected().size > 0) board.select(new Set());
    else if (MOVES[event.key]) goTo(column, id, event.key);
    else if (workspace.canWrite()) return onWritingKey(event, { id, column, ids, card });
    else return false;
    return true;
  }

  function onWritingKey(
    event: KeyboardEvent,
    { id, column, ids, card }: { id: string; column: string; ids: readonly string[]; card: HTMLElement },
  ): boolean {
    const isShift = event.shiftKey;
    switch (event.key.toLowerCase()) {
      case ' ':
        board.lift(column, id, { width: card.offsetWidth, height: card.offsetHeight });
        return true;
      case 'm':
        board.edit(id, 'place');
        return true;
      case 'e':
        board.edit(id, 'amount');
        return true;
      case 'o':
        board.edit(id, 'owner');
        return true;
      case 'd':
        board.edit(id, 'closesOn');
        return true;
      case 'x':
        if (isShift) selectRange(column, id);
        else board.toggle(id);
        return true;
      case 'w':
        if (isShift) board.lose(ids);
        else leaveTo(column, id, () => board.actions.win(ids));
        return true;
      case 'delete':
      case 'backspace':
        leaveTo(column, id, () => board.actions.remove(ids));
        return true;
      default:
        return false;
    }
  }

  /** Does something that takes the card away, and goes on with the one underneath. */
  function leaveTo(column: string, id: string, change: () => void): void {
    const ids = board.idsOf(column);
    const at = ids.indexOf(id);
    const next = ids[at + 1] ?? ids[at - 1];
    change();
    if (next !== undefined) board.focusCard(column, next);
  }

  function selectRange(column: string, id: string): void {
    const ids = board.idsOf(column);
    const to = ids.indexOf(id);
    const from = ids.findLastIndex((each, index) => index < to && board.selected().has(each));
    board.select(new Set([...board.selected(), ...ids.slice(from < 0 ? to : from, to + 1)]));
  }

  function goTo(column: string, id: string, key: string): void {
    const ids = board.idsOf(column);
    const at = ids.indexOf(id);
    if (key === 'ArrowLeft' || key === 'ArrowRight') {
      goSideways(column, id, key === 'ArrowRight' ? 1 : -1);
      return;
    }
    const wanted = key === 'Home' ? 0 : key === 'End' ? ids.length - 1 : at + (key === 'ArrowDown' ? 1 : -1);
    const next = ids[Math.max(0, Math.min(wanted, ids.length - 1))];
    if (next !== undefined) board.focusCard(column, next);
  }

  /** The card beside this one in the nearest column that has any. */
  function goSideways(column: string, id: string, by: 1 | -1): void {
    const columns = board.columns();
    let at = columns.findIndex((each) => each.key === column) + by;
    while (columns[at] && board.idsOf(columns[at]?.key ?? '').length === 0) at += by;
    const next = columns[at];
    if (!next) return;
    const middle = (element: Element) => {
      const box = element.getBoundingClientRect();
      return (box.top + box.bottom) / 2;
    };
    const here = root().querySelector(`[data-card="${id}"]`);
    const cards = [...root().querySelectorAll<HTMLElement>(`[data-column="${next.key}"] [data-card]`)];
    const height = here ? middle(here) : 0;
    const [nearest] = cards.sort((left, right) => Math.abs(middle(left) - height) - Math.abs(middle(right) - height));
    const target = nearest?.dataset.card;
    if (target !== undefined) board.focusCard(next.key, target);
  }

  return (event) => {
    const card = event.target instanceof HTMLElement && event.target.dataset.card !== undefined ? event.target : null;
    if (event.defaultPrevented || card === null) return;
    if (board.carry.carried()?.by === 'keyboard') {
      onLifted(event);
      return;
    }
    if (event.metaKey || event.ctrlKey || event.altKey) return;
    if (!onCard(event, card)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}

const STEPS: Readonly<Record<string, { places: number } | { columns: number }>> = {
  ArrowUp: { places: -1 },
  ArrowDown: { places: 1 },
  ArrowLeft: { columns: -1 },
  ArrowRight: { columns: 1 },
  Home: { places: -1e6 },
  End: { places: 1e6 },
};

const MOVES: Readonly<Record<string, true>> = {
  ArrowUp: true,
  ArrowDown: true,
  ArrowLeft: true,
  ArrowRight: true,
  Home: true,
  End: true,
};
