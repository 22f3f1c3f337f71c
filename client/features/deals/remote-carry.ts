/** A teammate's card over a column of this board, as the column draws it. Nothing is computed while nobody drags. */
import { createMemo } from 'solid-js';
import type { PeerDrag } from '../../data/presence.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { memberColourClass } from '../../fields/peer-words.ts';
import type { Board } from './board-context.tsx';

export interface RemoteCarry {
  readonly drag: () => PeerDrag | undefined;
  /** The colours of whoever drags; '' while nobody does. */
  readonly colour: () => string;
  /** Where the card would lie; null while nobody drags, while one carries a card oneself, and where it changes nothing. */
  readonly slot: () => number | null;
  /** What it would add to the column: "€86,400". */
  readonly coming: () => string;
}

export function createRemoteCarry(board: Board, column: () => string): RemoteCarry {
  const workspace = useWorkspace();
  const columnOf = (id: string) => workspace.collection('deal').peek(id)?.place[1] ?? '';
  const drag = createMemo(() =>
    workspace
      .presence()
      ?.dragging()
      .find(({ over }) => over === column()),
  );
  const slot = createMemo(() => {
    const found = drag();
    if (!found || board.carry.carried() !== null) return null;
    const ids = board.idsOf(column());
    const at = found.before === '' ? ids.length : ids.indexOf(found.before);
    const index = at === -1 ? ids.length : at;
    const from = ids.indexOf(found.id);
    return from !== -1 && (index === from || index === from + 1) ? null : index;
  });
  return {
    drag,
    colour: () => {
      const found = drag();
      return found ? memberColourClass(workspace, found.memberId) : '';
    },
    slot,
    coming: () => {
      const found = drag();
      return found && columnOf(found.id) !== column() ? board.sumText([found.id]) : '';
    },
  };
}
