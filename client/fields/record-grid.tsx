/** A table of records of any entity: columns from its fields, cells edited where they stand, opened by name. */
import './fields.css';
import { useLocation, useNavigate } from '@solidjs/router';
import PanelRight from 'lucide-solid/icons/panel-right';
import { createMemo, createSelector, createSignal, type JSX, lazy, Show, Suspense } from 'solid-js';
import { entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import { useWorkspace } from '../data/workspace.ts';
import { DataGrid, type DataGridHandle } from '../ui/data-grid/data-grid.tsx';
import type { CellEdit, GridColumn } from '../ui/data-grid/grid-column.ts';
import { backgroundComponent } from '../ui/late.tsx';
import { cellOf, titleWhenCut } from './cell-value.tsx';
import { FieldEditor, isEditable } from './field-editor.tsx';
import { listTrail } from './list-trail.ts';
import { FieldPresence, fieldMark } from './presence.tsx';
import { writeField } from './record-edit.ts';
import { type ColumnInfo, NAME_COLUMN, type RecordList } from './record-list.ts';
import { RecordSign } from './record-picker.tsx';
import { recordHref } from './reference.ts';

export interface RecordGridProps {
  readonly list: RecordList;
  /** "Contacts". */
  readonly label: string;
  /** The second line and the right edge of an entry on a narrow screen; the name is there already. */
  readonly mobileLine: (id: string) => JSX.Element;
  readonly mobileEnd?: (id: string) => JSX.Element;
  readonly empty: JSX.Element;
  readonly footer: JSX.Element;
  /** True when the page takes over what was committed, because it asks something first. */
  readonly takesOver?: (id: string, field: string, value: unknown) => boolean;
  readonly ref?: (handle: DataGridHandle) => void;
}

const NewsDot = backgroundComponent(() => import('./news/news-dot.tsx').then((module) => module.NewsDot));
const RecordPeek = lazy(() => import('./record-peek.tsx').then((module) => ({ default: module.RecordPeek })));

/** Widths in px of a column nobody resized; what is not named here is 140. */
const WIDTHS: Partial<Record<FieldKind, number>> = {
  ref: 164,
  person: 108,
  choice: 120,
  emails: 176,
  phones: 148,
  addresses: 168,
  tags: 150,
  money: 112,
  number: 104,
  day: 112,
  place: 140,
  longText: 220,
  checkbox: 90,
};
const NAME_WIDTH = 190;
const END_ALIGNED: ReadonlySet<FieldKind> = new Set(['money', 'number']);

export function RecordGrid(props: RecordGridProps): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const location = useLocation();
  const collection = () => workspace.collection(props.list.entity);
  const record = (id: string) => collection().byId(id) as AnyRecord | undefined;
  const label = (id: string) => {
    const found = collection().peek(id) as AnyRecord | undefined;
    return found ? recordTitle(entities, found) : '';
  };
  function open(id: string): void {
    const href = recordHref(id);
    const from = location.pathname + location.search;
    if (href) navigate(href, { state: { trail: listTrail(props.list.ids(), id, from) } });
  }

  const [peeked, setPeeked] = createSignal<string>();
  /** The record beside the list, as long as it is in the list. */
  const shownPeek = createMemo(() => {
    const id = peeked();
    return id !== undefined && record(id) ? id : undefined;
  });
  function closePeek(): void {
    const id = peeked();
    setPeeked(undefined);
    if (id !== undefined) grid?.focusRecord(id);
  }
  let grid: DataGridHandle | undefined;
  /** The row the pointer is over: only it has its button for a preview. */
  const [hovered, setHovered] = createSignal<string>();
  const isHovered = createSelector(hovered);
  const rowId = (event: Event) => {
    const cell = (event.target as Element).closest('[role="row"]')?.querySelector<HTMLElement>('[data-row]');
    return cell ? props.list.ids()[Number(cell.dataset.row)] : undefined;
  };

  // One object per column as long as nothing about it changes: cells are not made anew when another column moves.
  const byId = new Map<string, GridColumn>();
  const columns = createMemo<readonly GridColumn[]>(() => {
    const { shown, widths } = props.list.choice.state();
    const infos = [NAME_COLUMN, ...shown].map((id) => props.list.columns.find((column) => column.id === id));
    return infos.flatMap((info) => {
      if (!info) return [];
      const width = widths[info.id] ?? defaultWidth(info);
      const known = byId.get(info.id);
      if (known && known.width === width) return [known];
      const column = gridColumn(info, width);
      byId.set(info.id, column);
      return [column];
    });
  });

  function gridColumn(info: ColumnInfo, width: number): GridColumn {
    const { field, derived } = info;
    const common = { id: info.id, header: info.header, icon: info.icon, width };
    if (derived) {
      return { ...common, align: derived.align, sortable: derived.sortKey !== undefined, cell: derived.cell };
    }
    if (!field)
      return {
        ...common,
        sortable: true,
        cell: (id) => (
          <NameCell id={id} list={props.list} onOpen={open} isHovered={isHovered(id)} onPeek={() => setPeeked(id)} />
        ),
      };
    const Cell = cellOf(field);
    return {
      ...common,
      align: END_ALIGNED.has(field.kind) ? 'end' : 'start',
      sortable: true,
      cell: (id) => <Cell field={field} value={record(id)?.[info.id]} />,
      editor:
        workspace.canWrite() && isEditable(field) ? (id, edit) => cellEditor(field, info.id, id, edit) : undefined,
    };
  }
  function cellEditor(field: AnyField, name: string, id: string, edit: CellEdit): JSX.Element {
    return (
      <FieldEditor
        field={field}
        value={(collection().peek(id) as AnyRecord | undefined)?.[name]}
        label={`${field.label} of ${label(id)}`}
        typed={edit.typed}
        onCommit={(value) =>
          props.takesOver?.(id, name, value) ? undefined : writeField(workspace, props.list.entity, [id], name, value)
        }
        onLeave={(next) => edit.done(next)}
      />
    );
  }

  return (
    <div
      class="recordgrid"
      onPointerEnter={(event) => event.pointerType === 'mouse' && props.list.setPointerInside(true)}
      onPointerLeave={() => {
        props.list.setPointerInside(false);
        setHovered(undefined);
      }}
      onPointerOver={(event) => {
        titleWhenCut(event);
        if (event.pointerType === 'mouse') setHovered(rowId(event));
      }}
      onFocusIn={(event) => {
        const id = peeked() === undefined ? undefined : rowId(event);
        if (id !== undefined) setPeeked(id);
      }}
    >
      <DataGrid
        ref={(handle) => {
          grid = handle;
          props.ref?.(handle);
        }}
        label={props.label}
        columns={columns()}
        count={props.list.ids().length}
        idAt={(index) => props.list.ids()[index]}
        rowLabel={label}
        sort={props.list.choice.state().sort}
        onSort={(id) => props.list.choice.sortBy(id)}
        onResize={(id, width) => props.list.choice.resize(id, width)}
        selected={props.list.selected()}
        onSelect={workspace.canWrite() ? (ids) => props.list.select(ids) : undefined}
        onOpen={open}
        onPeek={(id) => (peeked() === id ? closePeek() : setPeeked(id))}
        cellClass={(id, column) => fieldMark(workspace, id, column)}
        cellOverlay={(id, column) => (
          <Show when={fieldMark(workspace, id, column)}>
            <FieldPresence record={id} field={column} />
          </Show>
        )}
        mobileRow={(id) => (
          <a
            class="entry"
            href={recordHref(id)}
            onClick={(event) => {
              if (!isPlainClick(event)) return;
              event.preventDefault();
              open(id);
            }}
          >
            <RecordSign id={id} target={props.list.entity} size={32} />
            <span class="entry__text">
              <span class="truncate fw-5">{titleOf(record(id))}</span>
              <span class="truncate entry__line">{props.mobileLine(id)}</span>
            </span>
            <Show when={props.mobileEnd}>
              <span class="push entry__end">{props.mobileEnd?.(id)}</span>
            </Show>
          </a>
        )}
        empty={props.empty}
        footer={props.footer}
      />
      <Suspense>
        <Show when={shownPeek()}>
          {(id) => <RecordPeek entity={props.list.entity} id={id()} onOpen={() => open(id())} onClose={closePeek} />}
        </Show>
      </Suspense>
    </div>
  );
}

function defaultWidth(info: ColumnInfo): number {
  if (info.id === NAME_COLUMN) return NAME_WIDTH;
  return info.derived?.width ?? (info.field ? WIDTHS[info.field.kind] : undefined) ?? 140;
}

const titleOf = (record: AnyRecord | undefined): string => (record ? recordTitle(entities, record) : '');

/** A plain click stays in the app and takes the list along; with a modifier the browser does what it always does. */
function isPlainClick(event: MouseEvent): boolean {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  return !event.defaultPrevented && event.button === 0 && !modified;
}

function NameCell(props: {
  readonly id: string;
  readonly list: RecordList;
  readonly onOpen: (id: string) => void;
  readonly isHovered: boolean;
  readonly onPeek: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const title = () => titleOf(workspace.collection(props.list.entity).byId(props.id) as AnyRecord | undefined);
  return (
    <>
      <RecordSign id={props.id} target={props.list.entity} size={22} />
      <a
        class="truncate fw-5"
        href={recordHref(props.id)}
        tabIndex={-1}
        onClick={(event) => {
          if (!isPlainClick(event)) return;
          event.preventDefault();
          props.onOpen(props.id);
        }}
      >
        {title()}
      </a>
      <NewsDot id={props.id} />
      <Show when={props.isHovered}>
        <button
          type="button"
          class="iconbtn iconbtn--xs recordgrid__peek"
          tabIndex={-1}
          title="Preview (Space)"
          aria-label={`Preview ${title()}`}
          onClick={() => props.onPeek()}
        >
          <PanelRight class="lucide--sm" />
        </button>
      </Show>
    </>
  );
}
