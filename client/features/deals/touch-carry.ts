/**
 * Carrying a card with a finger. Native drag and drop, which the mouse uses, does not work by touch in most browsers,
 * so this follows the pointer itself: a press of 350 ms lifts, a swipe before that scrolls as ever.
 */
import { useWorkspace } from '../../data/workspace.ts';
import type { Board } from './board-context.tsx';

const PRESS_MS = 350;
/** A finger that moves farther before the press is over wants to scroll. */
const SLACK_PX = 8;
/** Within this of an edge the column scrolls, as with the mouse. */
const EDGE_PX = 48;
/** Held this long at the side of the screen, the next stage comes. */
const TURN_MS = 400;
const SIDE_PX = 36;
const SCROLL_PX_PER_FRAME = 12;

/** Watches a card for a long press; gives the function that stops watching. */
export function followTouch(
  element: HTMLElement,
  board: Board,
  card: () => { readonly id: string; readonly column: string },
): () => void {
  const workspace = useWorkspace();
  // Taken once: when the card is taken down its record may be gone, and the props with it.
  const { id } = card();
  let stop: (() => void) | undefined;

  function onPointerDown(event: PointerEvent): void {
    // The native drag of a mouse would start from a long press too.
    element.draggable = event.pointerType === 'mouse';
    if (event.pointerType === 'mouse' || !event.isPrimary || !workspace.canWrite()) return;
    if (event.target instanceof Element && event.target.closest('button, input, textarea')) return;
    stop?.();
    stop = watchPress(element, board, card, event);
  }
  element.addEventListener('pointerdown', onPointerDown);
  return () => {
    element.removeEventListener('pointerdown', onPointerDown);
    // A lifted card may be scrolled out and taken down; the finger goes on carrying it.
    if (board.carry.carried()?.lead !== id) stop?.();
  };
}

function watchPress(
  element: HTMLElement,
  board: Board,
  card: () => { readonly id: string; readonly column: string },
  down: PointerEvent,
): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  let [x, y] = [down.clientX, down.clientY];
  let carrying = false;
  const timer = setTimeout(begin, PRESS_MS);
  const side = sideTurner(board);

  function begin(): void {
    carrying = true;
    navigator.vibrate?.(12);
    const { id, column } = card();
    const box = element.getBoundingClientRect();
    const ids = board.carriedWith(column, id);
    const from = { column, index: board.idsOf(column).indexOf(id) };
    board.carry.start({ ids, lead: id, from, by: 'pointer', width: box.width, height: box.height });
    board.hold({ x, y }, box);
    requestAnimationFrame(scrollAtEdges);
  }
  function end(): void {
    clearTimeout(timer);
    side.stop();
    abort.abort();
  }
  function scrollAtEdges(): void {
    if (signal.aborted) return;
    const scroller = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-scroller]');
    if (scroller) {
      const box = scroller.getBoundingClientRect();
      if (y < box.top + EDGE_PX) scroller.scrollTop -= SCROLL_PX_PER_FRAME;
      else if (y > box.bottom - EDGE_PX) scroller.scrollTop += SCROLL_PX_PER_FRAME;
    }
    board.carry.over(dropSpotAt(x, y));
    requestAnimationFrame(scrollAtEdges);
  }

  const options = { signal };
  window.addEventListener(
    'pointermove',
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      [x, y] = [event.clientX, event.clientY];
      if (carrying) {
        board.moveHeld({ x, y });
        side.at(x);
      } else if (Math.hypot(x - down.clientX, y - down.clientY) > SLACK_PX) end();
    },
    options,
  );
  window.addEventListener(
    'pointerup',
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      if (carrying) {
        board.carry.over(dropSpotAt(x, y));
        board.carry.drop();
        // The click that follows a lifted finger must not open the card.
        window.addEventListener('click', stopClick, { capture: true, once: true });
        setTimeout(() => window.removeEventListener('click', stopClick, { capture: true }), 50);
      }
      end();
    },
    options,
  );
  window.addEventListener(
    'pointercancel',
    (event) => {
      if (event.pointerId !== down.pointerId) return;
      if (carrying) board.carry.cancel();
      end();
    },
    options,
  );
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape' || !carrying) return;
      board.carry.cancel();
      end();
    },
    options,
  );
  // Only a listener that may prevent keeps the page from scrolling once the card is in hand.
  element.addEventListener('touchmove', (event) => carrying && event.preventDefault(), { signal, passive: false });
  element.addEventListener('contextmenu', (event) => event.preventDefault(), options);
  return end;
}

function stopClick(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
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
