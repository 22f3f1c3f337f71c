/** Which rows are near the viewport. A thin skin over solid-virtual for rows of one fixed height. */
import { createVirtualizer, observeElementRect } from '@tanstack/solid-virtual';
import type { Accessor } from 'solid-js';
import { matchesMedia } from '../media-query.ts';

export interface VirtualRowsOptions {
  /** A plain variable, not a signal: solid-virtual observes nothing through a signal that is set before insertion. */
  readonly scroller: () => HTMLElement | undefined;
  readonly count: Accessor<number>;
  readonly rowHeight: number;
  /** Height in px of what stands above the rows inside the scroller. */
  readonly offset: number;
}

/** What is assumed while the box has no height (hidden, or no layout at all as in jsdom): the first rows are there. */
const UNMEASURED_HEIGHT = 480;

/** The positions of the rows to render. */
export function createVirtualRows(options: VirtualRowsOptions): Accessor<number[]> {
  const virtualizer = createVirtualizer<HTMLElement, HTMLElement>({
    get count() {
      return options.count();
    },
    getScrollElement: () => options.scroller() ?? null,
    estimateSize: () => options.rowHeight,
    scrollMargin: options.offset,
    overscan: 6,
    initialRect: { width: 0, height: UNMEASURED_HEIGHT },
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) =>
        report(rect.height > 0 ? rect : { width: rect.width, height: UNMEASURED_HEIGHT }),
      ),
  });
  return () => {
    const count = options.count();
    return virtualizer
      .getVirtualItems()
      .map((item) => item.index)
      .filter((index) => index < count);
  };
}

/** The row height of the design: 36 px, and 52 px where a finger points. */
export function rowHeight(): number {
  return matchesMedia('(pointer: coarse)') ? 52 : 36;
}
