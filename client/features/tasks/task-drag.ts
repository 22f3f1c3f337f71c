/**
 * Carrying a task to another day with mouse, pen or finger: onto the tray of the coming days, onto a group, or onto a task
 * of that day. A place says its day with `data-drop-day`. By keyboard Alt and the arrows up and down do it, and the snooze menu (S).
 */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import { carryPointer } from '../../platform/carry-pointer.ts';

export interface CarriedTask {
  readonly id: string;
  /** Client coordinates of the pointer. */
  readonly x: number;
  readonly y: number;
  /** Of the place under it; null over none. */
  readonly day: Day | null;
}

/** Within this of its upper edge the list scrolls; the lower one belongs to the tray. */
const EDGE_PX = 48;
const SCROLL_PX_PER_FRAME = 12;

export function createTaskDrag(options: {
  readonly canDrag: () => boolean;
  /** What scrolls. */
  readonly scroller: () => HTMLElement | undefined;
  readonly onDrop: (id: string, day: Day) => void;
}): { readonly carried: Accessor<CarriedTask | null>; readonly begin: (event: PointerEvent, id: string) => void } {
  const [carried, setCarried] = createSignal<CarriedTask | null>(null);
  let stop: (() => void) | undefined;
  onCleanup(() => stop?.());

  function begin(down: PointerEvent, id: string): void {
    if (!options.canDrag() || !down.isPrimary || down.button !== 0) return;
    if (down.target instanceof Element && down.target.closest('input, label, .fu__actions') !== null) return;
    stop?.();
    stop = carryPointer(down, {
      onLift: () => requestAnimationFrame(scrollAtEdges),
      onMove: (x, y) => setCarried({ id, x, y, day: dayAt(x, y) }),
      onDrop() {
        const day = carried()?.day ?? null;
        setCarried(null);
        if (day !== null) options.onDrop(id, day);
      },
      onEnd() {
        setCarried(null);
        stop = undefined;
      },
    });
  }
  function scrollAtEdges(): void {
    const [held, list] = [carried(), options.scroller()];
    if (!held || !list) return;
    const { top, bottom } = list.getBoundingClientRect();
    if (held.y < top + EDGE_PX) list.scrollTop -= SCROLL_PX_PER_FRAME;
    else if (held.y > bottom - EDGE_PX && held.day === null) list.scrollTop += SCROLL_PX_PER_FRAME;
    requestAnimationFrame(scrollAtEdges);
  }
  return { carried, begin };
}

function dayAt(x: number, y: number): Day | null {
  return document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-drop-day]')?.dataset.dropDay || null;
}
