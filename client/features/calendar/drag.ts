/**
 * Dragging in the calendar: over empty time to make an appointment, an item to move it, its lower edge to make it longer.
 * Days are found by `data-day` on what is under the pointer; the hours of a column by its height; what scrolls by `data-scroller`.
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import type { CalendarItem } from '../../../shared/query/calendar-view.ts';
import { carryPointer } from '../../platform/carry-pointer.ts';

/** Times snap to quarters of an hour. */
export const STEP_MINUTES = 15;
const DAY_MINUTES = 1_440;
/** Within this of an edge what scrolls goes on, so that a thing is carried to an hour that is not on the screen. */
const EDGE_PX = 40;
const SCROLL_PX_PER_FRAME = 8;

export interface Drag {
  readonly kind: 'create' | 'move' | 'resize';
  readonly item: CalendarItem | null;
  readonly day: Day;
  /** Minutes of the day that are marked; null over a place for whole days. */
  readonly span: readonly [from: number, until: number] | null;
}

export interface DragOptions {
  readonly canDrag: () => boolean;
  readonly onDrop: (drag: Drag) => void;
}

export interface CalendarDrag {
  readonly drag: Accessor<Drag | null>;
  /** For `onPointerDown` of what can be dragged. */
  readonly begin: (event: PointerEvent, what: Pick<Drag, 'kind' | 'item'>) => void;
}

interface Spot {
  readonly day: Day;
  /** Not snapped; null over a place for whole days. */
  readonly minute: number | null;
}

export function createCalendarDrag(options: DragOptions): CalendarDrag {
  const [drag, setDrag] = createSignal<Drag | null>(null);
  let stop: (() => void) | undefined;
  onCleanup(() => stop?.());

  function begin(down: PointerEvent, what: Pick<Drag, 'kind' | 'item'>): void {
    if (!options.canDrag() || !down.isPrimary || down.button !== 0) return;
    const first = spotAt(down.clientX, down.clientY);
    if (!first) return;
    stop?.();
    const { kind, item } = what;
    /** How far below the item's beginning it was taken. */
    const grip = item && first.minute !== null ? first.minute - startMinute(down) : 0;
    let at: readonly [x: number, y: number] | null = null;
    function follow(x: number, y: number): void {
      at = [x, y];
      const spot = spotAt(x, y);
      if (spot) setDrag({ kind, item, day: kind === 'move' ? spot.day : (first?.day ?? spot.day), span: spanOf(spot) });
    }
    function scrollAtEdges(): void {
      if (at === null) return;
      const [x, y] = at;
      const scroller = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-scroller]');
      if (scroller) {
        const { top, bottom } = scroller.getBoundingClientRect();
        const before = scroller.scrollTop;
        if (y < top + EDGE_PX) scroller.scrollTop -= SCROLL_PX_PER_FRAME;
        else if (y > bottom - EDGE_PX) scroller.scrollTop += SCROLL_PX_PER_FRAME;
        if (scroller.scrollTop !== before) follow(x, y);
      }
      requestAnimationFrame(scrollAtEdges);
    }
    function spanOf(spot: Spot): Drag['span'] {
      if (kind === 'create') {
        if (first?.minute === null || first?.minute === undefined) return null;
        // Past the column's end the last quarter stays.
        const [from, until] = [first.minute, spot.minute ?? first.minute].sort((left, right) => left - right) as [
          number,
          number,
        ];
        return [floor(from), Math.max(floor(from) + STEP_MINUTES * 2, ceil(until))];
      }
      if (!item || spot.minute === null || item.isWholeDay) return null;
      if (kind === 'resize') return [0, Math.max(STEP_MINUTES, ceil(spot.minute))];
      const from = Math.max(0, Math.min(DAY_MINUTES - STEP_MINUTES, nearest(spot.minute - grip)));
      return [from, from + Math.max(STEP_MINUTES, Math.round((item.until - item.from) / 60_000))];
    }
    stop = carryPointer(down, {
      onLift: () => requestAnimationFrame(scrollAtEdges),
      onMove: follow,
      onDrop() {
        const dropped = drag();
        setDrag(null);
        if (dropped) options.onDrop(dropped);
      },
      onEnd() {
        at = null;
        setDrag(null);
        stop = undefined;
      },
    });
  }
  return { drag, begin };
}

function spotAt(x: number, y: number): Spot | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const place = element.closest<HTMLElement>('[data-day]');
    if (!place?.dataset.day) continue;
    if (place.dataset.hours === undefined) return { day: place.dataset.day, minute: null };
    const { top, height } = place.getBoundingClientRect();
    return { day: place.dataset.day, minute: Math.max(0, Math.min(DAY_MINUTES, ((y - top) / height) * DAY_MINUTES)) };
  }
  return null;
}

/** Where the taken item begins, in minutes of its column: what began the day before begins at midnight. */
function startMinute(down: PointerEvent): number {
  const element = down.target instanceof Element ? down.target.closest<HTMLElement>('[data-top]') : null;
  return Number(element?.dataset.top ?? 0);
}

const floor = (minute: number) => Math.floor(minute / STEP_MINUTES) * STEP_MINUTES;
const ceil = (minute: number) => Math.ceil(minute / STEP_MINUTES) * STEP_MINUTES;
const nearest = (minute: number) => Math.round(minute / STEP_MINUTES) * STEP_MINUTES;
