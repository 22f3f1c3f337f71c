/**
 * The feed: only what is near the viewport is in the document, whatever there is in all. Rows stay in the normal flow
 * between two spacers, so that the browser itself keeps the place of somebody who reads while entries come in above.
 */
import { Key } from '@solid-primitives/keyed';
import { createVirtualizer, measureElement, observeElementRect } from '@tanstack/solid-virtual';
import { createEffect, createMemo, createSignal, type JSX, onCleanup, Show, untrack } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { TimelineRow } from '../../../shared/query/timeline.ts';
import { createFirstFrame } from '../../fields/create-first-frame.ts';
import { TimelineLine } from './timeline-line.tsx';

export interface TimelineFeedProps {
  readonly rows: readonly TimelineRow[];
  readonly record: AnyRecord;
  readonly today: Day;
  readonly editingId: string | undefined;
  /** Key of the row that somebody was led to: it is brought into view and has the focus, once. */
  readonly target?: string | undefined;
  readonly onEdit: (id: string | undefined) => void;
}

/** Rows above and below what is seen, once that is painted. */
const OVERSCAN = 6;
/** What stands over the rows on a page that is opened, in px: the first frame has the rows of the rest of the window. */
const ABOVE_PX = 300;
const LEAST_PX = 300;
/** What is assumed while the box has no height: hidden, or no layout at all as in jsdom. */
const UNMEASURED_HEIGHT = 700;
/** Heights of rows nobody has seen yet. */
const HEADING_PX = 40;
const FRAMES_FOR_A_ROW = 60;
const MINOR_PX = 30;
const ENTRY_PX = 76;

export function TimelineFeed(props: TimelineFeedProps): JSX.Element {
  let list!: HTMLOListElement;
  let scroller: HTMLElement | undefined;
  const first = createFirstFrame();
  /** The row somebody was led to. */
  let led: string | undefined;
  /** From the top of what scrolls to the first row; the composer above grows and shrinks. */
  const [offset, setOffset] = createSignal(0);
  const virtualizer = createVirtualizer<HTMLElement, HTMLElement>({
    get count() {
      return props.rows.length;
    },
    getScrollElement: () => scroller ?? null,
    getItemKey: (index) => props.rows[index]?.key ?? index,
    estimateSize: (index) => estimate(props.rows[index]),
    get scrollMargin() {
      return offset();
    },
    get overscan() {
      return first.isPainted() ? OVERSCAN : 0;
    },
    // Told by the browser for all new rows at once, after layout and before paint: asking each by itself would lay out the
    // page and go through all rows for each. Only who was led to a row needs the heights on the way there at once.
    measureElement: (element, entry, instance) =>
      entry !== undefined || led !== undefined || typeof ResizeObserver === 'undefined'
        ? measureElement(element, entry, instance)
        : (instance.measurementsCache[instance.indexFromElement(element)]?.size ?? ENTRY_PX),
    initialRect: { width: 0, height: Math.max(LEAST_PX, globalThis.innerHeight - ABOVE_PX) },
    observeElementRect: (instance, report) =>
      observeElementRect(instance, (rect) =>
        report(rect.height > 0 ? rect : { width: rect.width, height: UNMEASURED_HEIGHT }),
      ),
  });
  // The browser's own scroll anchoring does it, see above.
  virtualizer.shouldAdjustScrollPositionOnItemSizeChange = () => false;

  /** Measuring lays the page out, once more after the rows that follow from it: not before the first frame is painted. */
  function attach(): void {
    scroller = scrollParent(list);
    virtualizer._willUpdate();
    const measure = () => {
      if (!scroller) return;
      const top = list.getBoundingClientRect().top - scroller.getBoundingClientRect().top + scroller.scrollTop;
      setOffset(Math.max(0, Math.round(top)));
    };
    measure();
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(measure);
    for (const each of list.parentElement?.parentElement?.children ?? []) observer.observe(each);
    onCleanup(() => observer.disconnect());
  }
  const isMeasured = createMemo<boolean>((was) => was || first.isPainted() || props.target !== undefined, false);
  createEffect(() => isMeasured() && untrack(attach));

  createEffect(() => {
    const target = props.target;
    const index = target === undefined ? -1 : props.rows.findIndex(({ key }) => key === target);
    if (target === undefined || index < 0 || led === target) return;
    led = target;
    virtualizer.scrollToIndex(index, { align: 'center' });
    focusRow(target, FRAMES_FOR_A_ROW);
  });
  /** It is made when the scrolling has come there; then its real height is known. */
  function focusRow(key: string, frames: number): void {
    const row = [...list.children].find((each): each is HTMLElement => (each as HTMLElement).dataset.key === key);
    if (row) {
      row.scrollIntoView?.({ block: 'center' });
      row.focus({ preventScroll: true });
    } else if (frames > 0 && list.isConnected) requestAnimationFrame(() => focusRow(key, frames - 1));
  }

  const items = createMemo(() =>
    virtualizer.getVirtualItems().flatMap(({ index, start, end }) => {
      const row = props.rows[index];
      return row ? [{ key: row.key, index, row, start, end }] : [];
    }),
  );
  const before = () => Math.max(0, (items()[0]?.start ?? 0) - offset());
  const after = () => Math.max(0, virtualizer.getTotalSize() - ((items().at(-1)?.end ?? 0) - offset()));

  return (
    <ol class="tl__feed" ref={list} aria-label={`${props.rows.length} lines`}>
      <li role="presentation" aria-hidden="true" style={{ height: `${before()}px` }} />
      <Key each={items()} by="key">
        {(item) => (
          <li
            data-index={item().index}
            data-key={item().key}
            class="tl__row"
            classList={{ 'is-led': props.target === item().key }}
            tabIndex={props.target === item().key ? -1 : undefined}
            ref={(element) => queueMicrotask(() => element.isConnected && virtualizer.measureElement(element))}
          >
            <Show
              when={item().row.heading === null ? (item().row as EntryRow) : undefined}
              fallback={<h3 class="tl__day">{item().row.heading}</h3>}
            >
              {(row) => (
                <TimelineLine
                  entry={row().entry}
                  isLast={row().isLast}
                  record={props.record}
                  today={props.today}
                  isEditing={props.editingId === row().key}
                  onEdit={props.onEdit}
                />
              )}
            </Show>
          </li>
        )}
      </Key>
      <li role="presentation" aria-hidden="true" style={{ height: `${after()}px` }} />
    </ol>
  );
}

type EntryRow = Extract<TimelineRow, { readonly heading: null }>;

function estimate(row: TimelineRow | undefined): number {
  if (row === undefined || row.heading !== null) return HEADING_PX;
  return row.entry.kind === 'story' ? MINOR_PX : ENTRY_PX;
}

function scrollParent(element: HTMLElement): HTMLElement {
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (/auto|scroll/.test(getComputedStyle(parent).overflowY)) return parent;
  }
  return document.documentElement;
}
