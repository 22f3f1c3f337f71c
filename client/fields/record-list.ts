/**
 * The state behind a table of records: which records in which order, which columns, what is selected. The order comes
 * from one live query per sort; filters are a linear pass over its ids, because sorting 50,000 rows anew for every
 * letter typed would not fit into a frame.
 */
import { createMemo, createSignal, type JSX, onCleanup, untrack } from 'solid-js';
import { type EntityName, entities, isEntityName, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import type { Place } from '../../shared/model/place-field.ts';
import { type SortKey, textSortKey } from '../../shared/model/text-order.ts';
import { nextTurn } from '../data/slices.ts';
import { type Dependence, type QueryOptions, useWorkspace, type Workspace } from '../data/workspace.ts';
import type { GridSort } from '../ui/data-grid/grid-column.ts';
import type { Icon } from '../ui/icon.ts';
import { matchesMedia, NARROW } from '../ui/media-query.ts';
import { type ColumnChoice, createColumnChoice } from './column-choice.ts';
import { fieldIcon } from './field-icon.tsx';
import { createFoundIds } from './found-ids.ts';
import { holdOrder } from './held-order.ts';

/** Fewer are sorted within a frame or two. */
const FEWEST_PREPARED = 3_000;

/** The id of the first column: the record's name, always there. */
export const NAME_COLUMN = 'name';

/** A column that is computed and not a field: the number of people of a company. */
export interface DerivedColumn {
  readonly id: string;
  readonly header: string;
  readonly icon: Icon;
  readonly width: number;
  readonly align?: 'start' | 'end';
  /** Reads reactively. */
  readonly cell: (id: string) => JSX.Element;
  /** Reads untracked; without it the column cannot be sorted by. */
  readonly sortKey?: (record: AnyRecord) => SortKey;
  /** Entities whose change may alter the sort key. */
  readonly dependsOn?: readonly EntityName[];
}

export interface RecordListOptions {
  readonly entity: EntityName;
  /** Header of the name column. */
  readonly nameHeader: string;
  /** Fields and derived columns shown to somebody who has not chosen. */
  readonly columns: readonly string[];
  readonly derived?: readonly DerivedColumn[];
  /** Fields that are no column: part of the name, or hidden ones (`place`) that should be, by name. */
  readonly leaveOut?: readonly string[];
  readonly include?: readonly string[];
  readonly sort?: GridSort;
  /** Words that must be found in a record. Tracks. */
  readonly words?: () => string;
  /** Which records are shown; all when it gives undefined. Tracks. */
  readonly where: () => ((record: AnyRecord) => boolean) | undefined;
}

export interface ColumnInfo {
  readonly id: string;
  readonly header: string;
  readonly icon: Icon;
  /** Undefined for the name and derived columns. */
  readonly field?: AnyField;
  readonly derived?: DerivedColumn;
}

export interface RecordList {
  readonly entity: EntityName;
  /** In the order shown. */
  readonly ids: () => readonly string[];
  /** All records, filtered or not. */
  readonly total: () => number;
  readonly columns: readonly ColumnInfo[];
  readonly choice: ColumnChoice;
  readonly selected: () => ReadonlySet<string>;
  readonly select: (ids: ReadonlySet<string>) => void;
  /** Selected records that are still there, in the order shown first. */
  readonly selectedIds: () => readonly string[];
  /** Tells whether the pointer is over the rows: they then keep their places. */
  readonly setPointerInside: (inside: boolean) => void;
  /** Gets ready for words to be typed: 50,000 records are looked up before the first key. */
  readonly prepareFilter: () => void;
}

export function createRecordList(options: RecordListOptions): RecordList {
  const workspace = useWorkspace();
  const entity: Entity = entities[options.entity];
  const collection = workspace.collection(options.entity);
  const columns = columnsOf(entity, options);
  const choice = createColumnChoice(
    `rapport.table.${workspace.me().memberId}.${options.entity}`,
    columns.slice(1).map((column) => column.id),
    { shown: options.columns, widths: {}, sort: options.sort ?? { column: NAME_COLUMN, direction: 'ascending' } },
  );

  const sort = createMemo(() => choice.state().sort, undefined, {
    equals: (left, right) => left.column === right.column && left.direction === right.direction,
  });
  const columnNamed = (id: string) => columns.find((each) => each.id === id) ?? columns[0];
  const query = workspace.createQuery(options.entity, () => ({
    ...orderOf(workspace, entity, columnNamed(sort().column)),
    descending: sort().direction === 'descending',
  }));
  let isGone = false;
  onCleanup(() => {
    isGone = true;
  });
  void prepareOrders();
  /** Who clicks on a header later finds its order made: reading and sorting 50,000 records takes a quarter of a second. */
  async function prepareOrders(): Promise<void> {
    await nextTurn();
    // Entries on a narrow screen have no headers; the list of one space is in no kept order.
    if (matchesMedia(NARROW) || untrack(workspace.spaces.shown) !== null) return;
    for (const id of [NAME_COLUMN, ...untrack(choice.state).shown]) {
      if (isGone) return;
      const order = untrack(() => orderOf(workspace, entity, columnNamed(id)));
      if (order.keep !== undefined) await workspace.prepareQuery(options.entity, order);
      // Known once the first is there: before that the records may not have been read yet.
      if (untrack(collection.count) < FEWEST_PREPARED) return;
    }
  }

  const [pointerInside, setPointerInside] = createSignal(false);
  /** A new object whenever the person asked for another list: it is then shown in its true order at once. */
  const asked = createMemo(() => ({ words: options.words?.(), where: options.where(), sort: sort() }));
  const filter = createFoundIds({
    workspace,
    entity: options.entity,
    ids: () => query.ids(),
    words: () => options.words?.() ?? '',
    where: () => options.where(),
  });
  const shown = createMemo<{ readonly asked: object; readonly ids: readonly string[] }>(
    (before) => {
      const now = { asked: asked(), ids: filter.found() };
      const hold = pointerInside() && before.asked === now.asked;
      return hold ? { asked: now.asked, ids: holdOrder(before.ids, now.ids) } : now;
    },
    { asked: {}, ids: [] },
  );

  /** The array alone: that the pointer came or went is nobody's news when the rows stay. */
  const ids = createMemo(() => shown().ids);
  const [selected, select] = createSignal<ReadonlySet<string>>(new Set());
  const selectedIds = createMemo(() => (selected().size === 0 ? [] : ids().filter((id) => selected().has(id))));

  return {
    entity: options.entity,
    ids,
    total: () => collection.count(),
    columns,
    choice,
    selected,
    select,
    selectedIds,
    setPointerInside,
    prepareFilter: filter.prepare,
  };
}

function columnsOf(entity: Entity, options: RecordListOptions): readonly ColumnInfo[] {
  const name: ColumnInfo = { id: NAME_COLUMN, header: options.nameHeader, icon: fieldIcon(nameLike(entity)) };
  const fields = Object.entries(entity.fields)
    .filter(([id, field]) => (!field.hidden || options.include?.includes(id)) && !options.leaveOut?.includes(id))
    .map(([id, field]): ColumnInfo => ({ id, header: field.label, icon: fieldIcon(field), field }));
  const derived = (options.derived ?? []).map(
    (column): ColumnInfo => ({ id: column.id, header: column.header, icon: column.icon, derived: column }),
  );
  return [name, ...fields, ...derived];
}

/** Any text field: the name column looks like one. */
function nameLike(entity: Entity): AnyField {
  return Object.values(entity.fields).find((field) => field.kind === 'text') as AnyField;
}

function orderOf(workspace: Workspace, entity: Entity, column: ColumnInfo | undefined): QueryOptions<EntityName> {
  const { key, dependsOn, isKept } = sorting(workspace, entity, column);
  return {
    keep: isKept ? `by ${column?.id}` : undefined,
    orderBy: (record) => key(record as unknown as AnyRecord),
    dependsOn,
  };
}

interface Sorting {
  readonly key: (record: AnyRecord) => SortKey;
  readonly dependsOn: readonly (EntityName | Dependence)[];
  /** Whether the order may be kept for who comes back: the key knows nothing but the record and `dependsOn`. */
  readonly isKept: boolean;
}

/** What a column sorts by, and whose changes may alter that: a reference sorts by the name it shows. */
function sorting(workspace: Workspace, entity: Entity, column: ColumnInfo | undefined): Sorting {
  const { field, derived, id } = column ?? {};
  if (derived?.sortKey) {
    return { key: derived.sortKey, dependsOn: derived.dependsOn ?? [], isKept: false };
  }
  if (!field || id === undefined) {
    return { key: (record) => textSortKey(entity.title(record as never)), dependsOn: [], isKept: true };
  }
  const read = (record: AnyRecord) => (field.accepts(record[id]) ? record[id] : field.initial);
  if (field.kind === 'place') {
    return { key: (record) => stageOrder(workspace, read(record) as Place), dependsOn: ['stage'], isKept: true };
  }
  const target = field.target ?? '';
  if (!isEntityName(target)) {
    return { key: (record) => field.sortKey(read(record)), dependsOn: [], isKept: true };
  }
  const names = createNames(workspace, target);
  return {
    key(record) {
      const value = read(record);
      if (typeof value === 'string') return names.key(value);
      const first = Array.isArray(value) ? (value[0] as { readonly contact?: string } | undefined)?.contact : undefined;
      return first === undefined ? null : names.key(first);
    },
    dependsOn: [names],
    isKept: true,
  };
}

interface Names extends Dependence {
  readonly key: (id: string) => SortKey;
}

/** What records are sorted by where others name them. Made once each: 50,000 rows name 6,000 companies. */
function createNames(workspace: Workspace, entity: EntityName): Names {
  const collection = workspace.collection(entity);
  const keys = new Map<string, SortKey>();
  let merges = untrack(workspace.merges);
  const keyNow = (id: string): SortKey => {
    const record = collection.peek(merges.survivorOf(id)) as AnyRecord | undefined;
    return record ? textSortKey(recordTitle(entities, record)) : null;
  };
  return {
    entity,
    key(id) {
      const survivor = merges.survivorOf(id);
      let key = keys.get(survivor);
      if (key === undefined) {
        key = keyNow(survivor);
        keys.set(survivor, key);
      }
      return key;
    },
    matters(change) {
      const before = merges;
      merges = untrack(workspace.merges);
      if (change !== 'all' && merges === before && ![...change].some(isOther)) return false;
      keys.clear();
      return true;
    },
  };

  function isOther(id: string): boolean {
    const known = keys.get(id);
    return known !== undefined && known !== keyNow(id);
  }
}

/** Stages in the order of their pipeline: open ones by rank, then won, then lost. */
function stageOrder(workspace: Workspace, place: Place): SortKey {
  const stage = workspace.collection('stage').peek(place[1]);
  if (!stage) return null;
  return `${stage.type === 'won' ? 1 : stage.type === 'lost' ? 2 : 0}${stage.rank}`;
}
