/** The layout of a column of any length: only the cards near the view are in the document. */
import { createVirtualizer, defaultRangeExtractor, observeElementRect } from '@tanstack/solid-virtual';
import { createMemo } from 'solid-js';
import type { CardLayout, CardLayoutInputs } from './card-layout.ts';
import { CARD_GAP } from './carry.ts';

const OVERSCAN = 4;
/** What is assumed while the box has no height (hidden, or no layout at all as in jsdom). */
const UNMEASURED_HEIGHT = 800;

export function createVirtualLayout(inputs: CardLayoutInputs): CardLayout {
  const { ids, indexOf, active, heights, scroller } = inputs;
  const virtualizer = createVirtualizer<HTMLElement, HTMLElement>({
    get count() {
      return ids().length;
    },
    // A new function when the order changes: the positions belong to ids, not to indexes.
    get getItemKey() {
      const now = ids();
      return (index: number) => now[index] ?? index;
    },
    get rangeExtractor() {
      const at = indexOf().get(active() ?? '');
      return (range: Parameters<typeof defaultRangeExtractor>[0]) => {
        const indexes = defaultRangeExtractor(range);
        if (at === undefined || at >= range.count || indexes.includes(at)) return indexes;
        return [...indexes, at].sort((left, right) => left - right);
      };
    },
    getScrollElement: () => scroller() ?? null,
    // What the first layout has measured lies where it lay. Asked for every card of the column after each move.
    estimateSize: (index) => (heights.size > 0 ? heights.get(ids()[index] ?? '') : undefined) ?? inputs.estimate(),
    gap: CARD_GAP,
    overscan: OVERSCAN,
    // The list may have been scrolled before this took over.
    initialOffset: () => scroller()?.scrollTop ?? 0,
    initialRect: { width: 0, height: scroller()?.clientHeight || UNMEASURED_HEIGHT },
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) =>
        report(rect.height > 0 ? rect : { width: rect.width, height: UNMEASURED_HEIGHT }),
      ),
  });
  const rows = createMemo(() => {
    const now = ids();
    return virtualizer.getVirtualItems().flatMap((item) => now[item.index] ?? []);
  });
  const starts = createMemo(() => {
    const now = ids();
    return new Map(virtualizer.getVirtualItems().map((item) => [now[item.index], item.start]));
  });
  return {
    rows,
    startOf: (id) => starts().get(id) ?? 0,
    edges: () => virtualizer.measurementsCache,
    total: () => virtualizer.getTotalSize(),
    resize: (index, height) => virtualizer.resizeItem(index, height),
    show: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  };
}
