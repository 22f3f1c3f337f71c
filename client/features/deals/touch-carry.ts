/**
 * Carrying a card with a finger. Native drag and drop, which the mouse uses, does not work by touch in most browsers,
 * so this follows the pointer itself. It is there with the board: the first thing a finger does may be a long press.
 */
import { carryPointer } from '../../platform/carry-pointer.ts';
import type { Board } from './board-context.tsx';

/** Within this of an edge the column scrolls, as with the mouse. */
const EDGE_PX = 48;
/** Held this long at the side of the screen, the next stage comes. */
const TURN_MS = 400;
const SIDE_PX = 36;
const SCROLL_PX_PER_FRAME = 12;

/** Follows a finger that came down on a card: lifts it after a long press. Returns what puts it back. */
export function carryByTouch(
  board: Board,
  card: HTMLElement,
  id: string,
  column: string,
  down: PointerEvent,
): () => void {
  let [x, y] = [down.clientX, down.clientY];
  let isCarried = false;
  const side = sideTurner(board);

  function scrollAtEdges(): void {
    if (!isCarried) return;
    const scroller = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-scroller]');
    if (scroller) {
      const box = scroller.getBoundingClientRect();
      if (y < box.top + EDGE_PX) scroller.scrollTop -= SCROLL_PX_PER_FRAME;
      else if (y > box.bottom - EDGE_PX) scroller.scrollTop += SCROLL_PX_PER_FRAME;
    }
    board.carry.over(dropSpotAt(x, y));
    requestAnimationFrame(scrollAtEdges);
  }

  return carryPointer(down, {
    onLift() {
      const index = board.idsOf(column).indexOf(id);
      // Somebody else moved it meanwhile.
      if (index < 0) return;
      isCarried = true;
      const box = card.getBoundingClientRect();
      const size = { width: box.width, height: box.height };
      const ids = board.carriedWith(column, id);
      board.carry.start({ ids, lead: id, from: { column, index }, by: 'pointer', ...size });
      board.hold({ x, y }, box);
      requestAnimationFrame(scrollAtEdges);
    },
    onMove(toX, toY) {
      if (!isCarried) return;
      [x, y] = [toX, toY];
      board.moveHeld({ x, y });
      side.at(x);
    },
    onDrop() {
      if (!isCarried) return;
      isCarried = false;
      board.carry.over(dropSpotAt(x, y));
      board.carry.drop();
    },
    onEnd() {
      side.stop();
      if (isCarried) board.carry.cancel();
      isCarried = false;
    },
  });
}

/** What can be dropped on at a point of the window. */
function dropSpotAt(x: number, y: number): { column: string; clientY: number } | { tray: 'won' | 'lost' } | null {
  const spot = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop-column], [data-drop-tray]');
  const { dropColumn, dropTray } = spot?.dataset ?? {};
  if (dropTray === 'won' || dropTray === 'lost') return { tray: dropTray };
  return dropColumn === undefined ? null : { column: dropColumn, clientY: y };
}

/** Turns to the next stage while the finger rests at a side of the board. */
function sideTurner(board: Board): { readonly at: (x: number) => void; readonly stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let side = 0;
  function stop(): void {
    clearTimeout(timer);
    timer = undefined;
    side = 0;
  }
  return {
    stop,
    at(x) {
      const now = x < SIDE_PX ? -1 : x > window.innerWidth - SIDE_PX ? 1 : 0;
      if (now === side) return;
      stop();
      side = now;
      if (now === 0) return;
      const turn = () => {
        board.turn(now);
        timer = setTimeout(turn, TURN_MS * 2);
      };
      timer = setTimeout(turn, TURN_MS);
    },
  };
}
