import { Key } from '@solid-primitives/keyed';
import { createMemo, type JSX, Show, untrack } from 'solid-js';
import { Checkbox } from '../checkbox.tsx';
import type { DataGridProps } from './data-grid.tsx';
import type { VisibleRow } from './grid-model.ts';
import { createVirtualRows } from './virtual-rows.ts';

/** The grid on a narrow screen: the same records as a list of two-line entries, with boxes while some are being selected. */
export function GridList(
  props: DataGridProps & { readonly mobileRow: (id: string) => JSX.Element; readonly isSelecting: boolean },
): JSX.Element {
  let scroller: HTMLDivElement | undefined;
  const height = untrack(() => props.mobileRowHeight ?? 64);
  const indexes = createVirtualRows({
    scroller: () => scroller,
    count: () => props.count,
    rowHeight: height,
    offset: 0,
  });
  const rows = createMemo(() =>
    indexes().flatMap((index): VisibleRow[] => {
      const id = props.idAt(index);
      return id === undefined ? [] : [{ id, index }];
    }),
  );
  return (
    <div
      class="dgrid__scroll dgrid__scroll--list"
      ref={(element) => {
        scroller = element;
      }}
    >
      <Show when={props.count > 0} fallback={props.empty}>
        <ul class="dgrid__body" aria-label={props.label} style={{ height: `${props.count * height}px` }}>
          <Key each={rows()} by="id">
            {(row) => {
              const id = untrack(() => row().id);
              return (
                <li
                  class={['dgrid__entry', props.rowClass?.(id)].filter(Boolean).join(' ')}
                  classList={{ 'is-selecting': props.isSelecting, 'is-selected': props.selected?.has(id) ?? false }}
                  aria-posinset={row().index + 1}
                  aria-setsize={props.count}
                  style={{ height: `${height}px`, transform: `translateY(${row().index * height}px)` }}
                >
                  <Show when={props.isSelecting}>
                    {/* Lies over the whole entry: while selecting, a tap anywhere on it selects. */}
                    <label class="dgrid__pick">
                      <Checkbox
                        aria-label={`Select ${props.rowLabel(id)}`}
                        checked={props.selected?.has(id) ?? false}
                        onChange={() => props.onSelect?.(toggled(props.selected, id))}
                      />
                    </label>
                  </Show>
                  <div class="dgrid__entrybody" inert={props.isSelecting}>
                    {props.mobileRow(id)}
                  </div>
                </li>
              );
            }}
          </Key>
        </ul>
      </Show>
    </div>
  );
}

function toggled(selected: ReadonlySet<string> | undefined, id: string): ReadonlySet<string> {
  const next = new Set(selected);
  if (!next.delete(id)) next.add(id);
  return next;
}
