import { Key } from '@solid-primitives/keyed';
import { createEffect, createMemo, createSignal, For, type JSX, on, onCleanup, Show, untrack } from 'solid-js';
import { isMac } from '../../platform/hotkeys.ts';
import type { DataGridProps } from './data-grid.tsx';
import type { CellEdit } from './grid-column.ts';
import { GridHeader, HEADER_HEIGHT } from './grid-header.tsx';
import {
  findRow,
  type GridCommand,
  type GridPosition,
  gridCommand,
  keepOrder,
  selectRange,
  toggleSelected,
  type VisibleRow,
} from './grid-model.ts';
import { GridRow } from './grid-row.tsx';
import { createVirtualRows, rowHeight } from './virtual-rows.ts';

/** Where the focus is: a place and, below the header, the record it stays with. */
interface Focus extends GridPosition {
  readonly id: string | undefined;
}

export interface Editing {
  readonly id: string;
  readonly columnId: string;
  readonly typed: string | undefined;
}

/** The grid as a table with a sticky header; see `grid-model.ts` for what the keys do. */
export function GridTable(props: DataGridProps): JSX.Element {
  const height = rowHeight();
  let scroller!: HTMLDivElement;
  /** The focus is in the grid, or nowhere since a focused row went away. */
  let inside = false;
  /** Where a range selection starts. */
  let anchor: string | undefined;

  const [wanted, setWanted] = createSignal<Focus>({ row: 0, column: 0, id: undefined });
  const [edit, setEdit] = createSignal<Editing>();
  /** Scrolled sideways, so that the first column has to stay. */
  const [isShifted, setShifted] = createSignal(false);
  const selectable = () => props.onSelect !== undefined;

  /** The focus follows its record; when that is gone it stays at the place. */
  const focus = createMemo<Focus>((before) => {
    const { row, column, id } = wanted();
    const place = Math.min(column, props.columns.length - 1);
    if (row === -1) return { row, column: place, id: undefined };
    // An empty list has only its header: no place to come back to once there are rows.
    const last = before !== undefined && before.id === id && before.row >= 0 ? before.row : row;
    const found = id === undefined ? -1 : findRow(id, last, props.count, props.idAt);
    const at = found >= 0 ? found : Math.min(last, props.count - 1);
    return { row: at, column: place, id: props.idAt(at) };
  });
  const headColumn = createMemo(() => (focus().row === -1 ? focus().column : undefined));
  const editing = createMemo(() => {
    const current = edit();
    return current && findRow(current.id, focus().row, props.count, props.idAt) >= 0 ? current : undefined;
  });

  const indexes = createVirtualRows({
    scroller: () => scroller,
    count: () => props.count,
    rowHeight: height,
    offset: HEADER_HEIGHT,
  });
  const rows = createMemo<VisibleRow[]>((before) => {
    const shown = new Set(indexes());
    // The tab stop and the row being edited are there even when they are far away.
    if (focus().row >= 0) shown.add(focus().row);
    const now = [...shown]
      .sort((a, b) => a - b)
      .flatMap((index): VisibleRow[] => {
        const id = props.idAt(index);
        return id === undefined ? [] : [{ id, index }];
      });
    return inside ? keepOrder(before, now) : now;
  }, []);

  const template = createMemo(() => {
    const widths = props.columns.map((column, index) =>
      index === props.columns.length - 1 ? `minmax(${column.width}px, 1fr)` : `${column.width}px`,
    );
    return [...(selectable() ? ['36px'] : []), ...widths].join(' ');
  });
  const totalWidth = () => props.columns.reduce((sum, column) => sum + column.width, selectable() ? 36 : 0);
  const pinnedWidth = () => (props.columns[0]?.width ?? 0) + (selectable() ? 36 : 0);

  function cellElement({ row, column }: GridPosition): HTMLElement | null {
    return scroller.querySelector(`[data-row="${row}"][data-col="${column}"]`);
  }
  function moveTo(to: GridPosition): void {
    setWanted({ ...to, id: to.row >= 0 ? props.idAt(to.row) : undefined });
    showFocus(true);
  }
  function showFocus(scroll: boolean): void {
    const cell = cellElement(focus());
    cell?.focus({ preventScroll: true });
    if (scroll && focus().row >= 0) cell?.scrollIntoView?.({ block: 'nearest', inline: 'nearest' });
    if (scroll && focus().row < 0) cell?.scrollIntoView?.({ inline: 'nearest', block: 'nearest' });
  }
  function startEdit(at: Focus, typed?: string): boolean {
    const column = props.columns[at.column];
    if (column?.editor === undefined || at.id === undefined) return false;
    setEdit({ id: at.id, columnId: column.id, typed });
    return true;
  }
  function leaveEdit(next: 'stay' | 'down' | 'right' | 'left' | 'leave'): void {
    const at = focus();
    setEdit(undefined);
    if (next === 'leave') return;
    const by = { stay: [0, 0], down: [1, 0], right: [0, 1], left: [0, -1] }[next] as [number, number];
    moveTo({
      row: Math.min(at.row + by[0], props.count - 1),
      column: Math.min(Math.max(at.column + by[1], 0), props.columns.length - 1),
    });
  }
  const cellEdit = (session: Editing): CellEdit => ({
    typed: session.typed,
    label: props.columns.find((column) => column.id === session.columnId)?.header ?? '',
    done: (next = 'stay') => edit() === session && leaveEdit(next),
    cancel: () => edit() === session && leaveEdit('stay'),
  });

  function select(id: string, range: boolean): void {
    const selected = props.selected ?? new Set<string>();
    const to = findRow(id, focus().row, props.count, props.idAt);
    const from = anchor === undefined ? -1 : findRow(anchor, to, props.count, props.idAt);
    if (range && from >= 0) props.onSelect?.(selectRange(selected, from, to, props.idAt));
    else props.onSelect?.(toggleSelected(selected, id));
    anchor = id;
  }
  function selectAll(on: boolean): void {
    props.onSelect?.(on ? selectRange(new Set(), 0, props.count - 1, props.idAt) : new Set());
  }
  const allSelected = createMemo(() => {
    const selected = props.selected;
    if (selected === undefined || props.count === 0 || selected.size < props.count) return false;
    for (let index = 0; index < props.count; index += 1) if (!selected.has(props.idAt(index) ?? '')) return false;
    return true;
  });

  /** Carries a command out; false when nothing came of it and the key belongs to the page. */
  function run(command: GridCommand, at: Focus): boolean {
    const column = props.columns[at.column];
    switch (command.type) {
      case 'move':
        moveTo(command.to);
        return true;
      case 'edit':
        return startEdit(at, command.typed);
      case 'open':
        if (at.id !== undefined) props.onOpen?.(at.id);
        return props.onOpen !== undefined;
      case 'peek':
        if (at.id !== undefined) props.onPeek?.(at.id);
        // Space would scroll the list otherwise.
        return true;
      case 'sort':
        if (column?.sortable) props.onSort?.(column.id);
        return true;
      case 'resize':
        if (column) resize(at.column, column.width + command.by);
        return true;
      case 'toggle':
      case 'range':
        if (at.id !== undefined) select(at.id, command.type === 'range');
        return true;
      case 'all':
        selectAll(!(at.row === -1 && allSelected()));
        return true;
      case 'clear':
        if (!props.selected?.size) return false;
        props.onSelect?.(new Set());
        return true;
    }
  }
  function resize(index: number, width: number): void {
    const column = props.columns[index];
    if (column) props.onResize?.(column.id, Math.max(Math.round(width), column.minWidth ?? 64));
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-col]');
    const onControl = target !== cell && !target.matches('input[type="checkbox"].dgrid__check');
    if (cell === null || editing() !== undefined || (onControl && !event.key.startsWith('Arrow'))) return;
    const at = focus();
    const key = {
      key: event.key,
      mod: isMac() ? event.metaKey : event.ctrlKey,
      shift: event.shiftKey,
      alt: event.altKey,
    };
    const page = Math.max(Math.floor((scroller.clientHeight - HEADER_HEIGHT) / height) - 1, 1);
    const shape = { rows: props.count, columns: props.columns.length, page, selectable: selectable() };
    const command = gridCommand(at, key, shape);
    if (command === undefined || !run(command, at)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  let focusedBefore: Element | null = null;
  function onClick(event: MouseEvent): void {
    const target = event.target as HTMLElement;
    const cell = target.closest<HTMLElement>('[data-col]');
    if (cell === null || editing() !== undefined || target.closest('a, button, input, label')) return;
    if (focus().row >= 0 && focus().column > 0 && focusedBefore === cell) startEdit(focus());
  }
  function onDblClick(event: MouseEvent): void {
    const at = focus();
    if (editing() !== undefined || (event.target as HTMLElement).closest('a, button, input, label')) return;
    if (at.row < 0 || at.id === undefined) return;
    if (at.column === 0) props.onOpen?.(at.id);
    else startEdit(at);
  }
  function onFocusIn(event: FocusEvent): void {
    inside = true;
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-col]');
    if (cell === null) return;
    const row = Number(cell.dataset.row);
    const column = Number(cell.dataset.col);
    if (row !== focus().row || column !== focus().column) {
      setWanted({ row, column, id: row >= 0 ? props.idAt(row) : undefined });
    } else if (wanted().id === undefined && row >= 0) setWanted({ row, column, id: props.idAt(row) });
  }
  function onFocusOut(): void {
    queueMicrotask(() => {
      const active = document.activeElement;
      if (active !== null && active !== document.body && !scroller.contains(active)) inside = false;
    });
  }
  // A focused record that was removed takes the focus of the page with it: it goes to the row that took the place.
  createEffect(
    on(focus, () => {
      if (inside && editing() === undefined && document.activeElement === document.body) showFocus(false);
    }),
  );

  // Given once: the handle only closes over functions.
  untrack(() => props.ref)?.({
    focus: () => moveTo(focus()),
    focusRecord(id, columnId) {
      const row = findRow(id, -1, props.count, props.idAt);
      const column = Math.max(
        props.columns.findIndex((one) => one.id === columnId),
        0,
      );
      if (row >= 0) moveTo({ row, column });
    },
    edit(id, columnId) {
      const row = findRow(id, -1, props.count, props.idAt);
      const column = props.columns.findIndex((one) => one.id === columnId);
      if (row < 0 || column < 0) return;
      moveTo({ row, column });
      startEdit(focus());
    },
  });
  onCleanup(() => {
    inside = false;
  });

  return (
    <div
      class="dgrid__scroll"
      role="grid"
      aria-label={props.label}
      aria-rowcount={props.count + 1}
      aria-colcount={props.columns.length + (selectable() ? 1 : 0)}
      aria-multiselectable={selectable() ? 'true' : undefined}
      ref={scroller}
      style={{ '--dgrid-columns': template(), '--dgrid-pinned': `${pinnedWidth()}px` }}
      classList={{ 'dgrid__scroll--check': selectable(), 'is-shifted': isShifted() }}
      on:scroll={() => setShifted(scroller.scrollLeft > 0)}
      on:keydown={onKeyDown}
      on:mousedown={() => {
        focusedBefore = document.activeElement;
      }}
      on:click={onClick}
      on:dblclick={onDblClick}
      onFocusIn={onFocusIn}
      onFocusOut={onFocusOut}
    >
      <GridHeader
        grid={props}
        focusColumn={headColumn()}
        minWidth={totalWidth()}
        selectable={selectable()}
        allSelected={allSelected()}
        onSelectAll={selectAll}
        onResize={resize}
      />
      <div
        role="rowgroup"
        class="dgrid__body"
        style={{ height: `${props.count * height}px`, 'min-width': `${totalWidth()}px` }}
      >
        <Key each={rows()} by="id">
          {(row) => {
            // Rows are keyed by it. Read once: cells must not be made anew because their row came to another place.
            const id = untrack(() => row().id);
            // A step of the focus or of scrolling is told to the rows it concerns, not to every cell on the screen.
            const index = createMemo(() => row().index);
            const focusColumn = createMemo(() => (focus().row === index() ? focus().column : undefined));
            const ownEditing = createMemo(() => (editing()?.id === id ? editing() : undefined));
            return (
              <GridRow
                grid={props}
                id={id}
                index={index()}
                height={height}
                focusColumn={focusColumn()}
                editing={ownEditing()}
                cellEdit={cellEdit}
                selectable={selectable()}
                onToggle={(range) => select(id, range)}
              />
            );
          }}
        </Key>
      </div>
      <Show when={props.count === 0}>
        <For each={[props.empty]}>
          {(empty) => (
            // A grid holds rows only, and so what it says instead of them.
            <div role="row" class="dgrid__empty">
              <div role="gridcell">{empty}</div>
            </div>
          )}
        </For>
      </Show>
    </div>
  );
}
