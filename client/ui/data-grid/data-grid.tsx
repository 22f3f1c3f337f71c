/**
 * A table of any length: only the rows near the viewport are in the document, records are asked for by id, and the
 * focus, an edit and the selection belong to the record, not to the row it happens to be in.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { createMediaQuery, NARROW } from '../media-query.ts';
import type { GridColumn, GridSort } from './grid-column.ts';
import { GridList } from './grid-list.tsx';
import { GridTable } from './grid-table.tsx';

export interface DataGridProps {
  readonly label: string;
  readonly columns: readonly GridColumn[];
  readonly count: number;
  /** The record at a place in the list as it is sorted and filtered now. */
  readonly idAt: (index: number) => string | undefined;
  /** How a record is called, for "Select Ingrid Solberg". */
  readonly rowLabel: (id: string) => string;

  readonly sort?: GridSort;
  readonly onSort?: (columnId: string) => void;
  /** With it, column edges can be moved by pointer and with Shift and the arrows on the header. */
  readonly onResize?: (columnId: string, width: number) => void;

  /** With both, rows can be selected. */
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;

  readonly onOpen?: (id: string) => void;
  readonly onPeek?: (id: string) => void;

  /** Extra classes, read reactively: "is-remote p-green", "is-changed p-teal". */
  readonly rowClass?: (id: string) => string | undefined;
  readonly cellClass?: (id: string, columnId: string) => string | undefined;
  /** Lies over a cell's value: the flag of somebody else who edits it. */
  readonly cellOverlay?: (id: string, columnId: string) => JSX.Element;

  /** Under 600 px: one entry of two lines instead of a row. Without it the table scrolls sideways. */
  readonly mobileRow?: (id: string) => JSX.Element;
  /** Height of that entry in px, 64 unless given. */
  readonly mobileRowHeight?: number;

  /** Shown instead of rows when there are none. */
  readonly empty?: JSX.Element;
  readonly footer?: JSX.Element;
  readonly ref?: (handle: DataGridHandle) => void;
}

export interface DataGridHandle {
  /** Puts the focus into the grid, where it was or on the first row. */
  readonly focus: () => void;
  /** Brings a record into view and puts the focus on one of its cells. */
  readonly focusRecord: (id: string, columnId?: string) => void;
  /** Starts editing a cell, for instance the name of a record just made. */
  readonly edit: (id: string, columnId: string) => void;
}

export function DataGrid(props: DataGridProps): JSX.Element {
  const narrow = createMediaQuery(NARROW);
  const [wantsBoxes, setWantsBoxes] = createSignal(false);
  const isSelecting = () => wantsBoxes() || (props.selected?.size ?? 0) > 0;
  function toggleSelecting(): void {
    const next = !isSelecting();
    setWantsBoxes(next);
    if (!next) props.onSelect?.(new Set());
  }
  const isList = () => narrow() && props.mobileRow !== undefined;
  return (
    <div class="dgrid">
      <Show when={narrow() && props.mobileRow} fallback={<GridTable {...props} />}>
        {(mobileRow) => <GridList {...props} mobileRow={mobileRow()} isSelecting={isSelecting()} />}
      </Show>
      <Show when={props.footer}>
        <div class="tablefoot">
          <div class="tablefoot__facts">{props.footer}</div>
          <Show when={isList() && props.onSelect && props.count > 0}>
            <button type="button" class="link push" onClick={toggleSelecting}>
              {isSelecting() ? 'Done' : 'Select'}
            </button>
          </Show>
        </div>
      </Show>
    </div>
  );
}
