import { Key } from '@solid-primitives/keyed';
import { createMemo, type JSX, Show } from 'solid-js';
import type { DataGridProps } from './data-grid.tsx';
import type { CellEdit, GridColumn } from './grid-column.ts';
import type { Editing } from './grid-table.tsx';

interface GridRowProps {
  readonly grid: DataGridProps;
  readonly id: string;
  readonly index: number;
  readonly height: number;
  /** The column of the tab stop, when it is in this row. */
  readonly focusColumn: number | undefined;
  readonly editing: Editing | undefined;
  readonly cellEdit: (session: Editing) => CellEdit;
  readonly selectable: boolean;
  readonly onToggle: (range: boolean) => void;
}

/** One record. Made once per record and kept while it is near the viewport, wherever it moves. */
export function GridRow(props: GridRowProps): JSX.Element {
  const selected = createMemo(() => props.grid.selected?.has(props.id) ?? false);
  return (
    <div
      role="row"
      class={['dgrid__row', props.grid.rowClass?.(props.id)].filter(Boolean).join(' ')}
      classList={{ 'is-selected': selected(), 'has-editor': props.editing !== undefined }}
      aria-rowindex={props.index + 2}
      aria-selected={props.selectable ? selected() : undefined}
      style={{ height: `${props.height}px`, transform: `translateY(${props.index * props.height}px)` }}
    >
      <Show when={props.selectable}>
        <div
          role="gridcell"
          class="dgrid__cell dgrid__checkcell"
          aria-colindex={1}
          data-row={props.index}
          data-col={-1}
          tabIndex={props.focusColumn === -1 ? 0 : -1}
        >
          <input
            type="checkbox"
            class="check dgrid__check"
            tabIndex={-1}
            aria-label={`Select ${props.grid.rowLabel(props.id)}`}
            checked={selected()}
            onClick={(event) => props.onToggle(event.shiftKey)}
            // The browser has turned the box over by itself; a range may have decided otherwise.
            onChange={(event) => {
              event.currentTarget.checked = selected();
            }}
          />
        </div>
      </Show>
      <Key each={props.grid.columns} by="id">
        {(column, index) => <GridCell row={props} column={column()} index={index()} />}
      </Key>
    </div>
  );
}

function GridCell(props: {
  readonly row: GridRowProps;
  readonly column: GridColumn;
  readonly index: number;
}): JSX.Element {
  const session = createMemo(() => {
    const editing = props.row.editing;
    return editing?.columnId === props.column.id ? editing : undefined;
  });
  return (
    <div
      role={props.index === 0 ? 'rowheader' : 'gridcell'}
      class={['dgrid__cell', props.row.grid.cellClass?.(props.row.id, props.column.id)].filter(Boolean).join(' ')}
      classList={{
        'is-end': props.column.align === 'end',
        'is-editing': session() !== undefined,
        dgrid__pin: props.index === 0,
      }}
      aria-colindex={props.index + (props.row.selectable ? 2 : 1)}
      aria-readonly={props.column.editor === undefined}
      data-row={props.row.index}
      data-col={props.index}
      data-field={`${props.row.id}/${props.column.id}`}
      tabIndex={props.row.focusColumn === props.index ? 0 : -1}
    >
      <Show when={session()} keyed fallback={props.column.cell(props.row.id)}>
        {(current) => props.column.editor?.(props.row.id, props.row.cellEdit(current))}
      </Show>
      {props.row.grid.cellOverlay?.(props.row.id, props.column.id)}
    </div>
  );
}
