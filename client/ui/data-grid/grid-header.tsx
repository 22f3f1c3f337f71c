import { Key } from '@solid-primitives/keyed';
import ArrowDown from 'lucide-solid/icons/arrow-down';
import ArrowUp from 'lucide-solid/icons/arrow-up';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Checkbox } from '../checkbox.tsx';
import type { DataGridProps } from './data-grid.tsx';

/** Height of the header in px; the same number is in data-grid.css. */
export const HEADER_HEIGHT = 32;

interface GridHeaderProps {
  readonly grid: DataGridProps;
  /** The column of the tab stop, when it is in the header. */
  readonly focusColumn: number | undefined;
  readonly minWidth: number;
  readonly selectable: boolean;
  readonly allSelected: boolean;
  readonly onSelectAll: (on: boolean) => void;
  readonly onResize: (column: number, width: number) => void;
}

/** Names of the columns: a click or Enter sorts, the right edge changes the width. */
export function GridHeader(props: GridHeaderProps): JSX.Element {
  const tabStop = (column: number) => (props.focusColumn === column ? 0 : -1);
  const sorted = (id: string) => (props.grid.sort?.column === id ? props.grid.sort.direction : undefined);

  function startResize(event: PointerEvent & { currentTarget: HTMLElement }, column: number): void {
    event.preventDefault();
    event.stopPropagation();
    const handle = event.currentTarget;
    const from = event.clientX;
    const width = handle.parentElement?.offsetWidth ?? 0;
    const onMove = (move: PointerEvent) => props.onResize(column, width + move.clientX - from);
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('lostpointercapture', () => handle.removeEventListener('pointermove', onMove), {
      once: true,
    });
  }

  return (
    <div role="rowgroup" class="dgrid__head" style={{ 'min-width': `${props.minWidth}px` }}>
      <div role="row" class="dgrid__row dgrid__row--head" aria-rowindex={1}>
        <Show when={props.selectable}>
          <div
            role="columnheader"
            class="dgrid__th dgrid__checkcell"
            aria-colindex={1}
            data-row={-1}
            data-col={-1}
            tabIndex={tabStop(-1)}
          >
            <Checkbox
              class="dgrid__check"
              aria-label="Select all"
              tabIndex={-1}
              checked={props.allSelected}
              mixed={!props.allSelected && (props.grid.selected?.size ?? 0) > 0}
              onChange={(on) => props.onSelectAll(on)}
            />
          </div>
        </Show>
        <Key each={props.grid.columns} by="id">
          {(column, index) => (
            <div
              role="columnheader"
              class="dgrid__th"
              classList={{
                'is-end': column().align === 'end',
                'is-sortable': column().sortable,
                dgrid__pin: index() === 0,
              }}
              aria-colindex={index() + (props.selectable ? 2 : 1)}
              aria-sort={column().sortable ? (sorted(column().id) ?? 'none') : undefined}
              data-row={-1}
              data-col={index()}
              tabIndex={tabStop(index())}
              on:click={() => column().sortable && props.grid.onSort?.(column().id)}
            >
              <span class="dgrid__name">
                <Show
                  when={sorted(column().id)}
                  fallback={
                    <Show when={column().icon}>{(icon) => <Dynamic component={icon()} class="lucide--sm" />}</Show>
                  }
                >
                  {(direction) => (
                    <Dynamic component={direction() === 'ascending' ? ArrowUp : ArrowDown} class="lucide--sm" />
                  )}
                </Show>
                <span class="truncate">{column().header}</span>
              </span>
              <Show when={props.grid.onResize}>
                <span
                  class="dgrid__resize"
                  aria-hidden="true"
                  onPointerDown={(event) => startResize(event, index())}
                  on:click={(event: Event) => event.stopPropagation()}
                />
              </Show>
            </div>
          )}
        </Key>
      </div>
    </div>
  );
}
