/**
 * Which records are about which others, kept change by change: the activities of a contact, the people of a company. One
 * record that changes costs its own subjects and nothing else; lists are put in order when somebody reads them.
 *
 * Law: after any sequence of changes the lists equal those of an index built from nothing.
 */

export interface AboutSpec<R> {
  /** The records this one is about; repeated ones count once. */
  readonly subjects: (record: R) => readonly string[];
  /** Lists are ascending by this; equal ones by id. */
  readonly order: (record: R) => number;
  /** Marks records of which a subject's first is asked for (`firstMarked`). */
  readonly marks?: (record: R) => boolean;
}

interface Row {
  readonly id: string;
  readonly order: number;
  readonly isMarked: boolean;
  readonly subjects: readonly string[];
}

interface Group {
  rows: Row[];
  ids: readonly string[] | null;
}

interface Indexable {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
}

const NO_IDS: readonly string[] = Object.freeze([]);

export class AboutIndex<R extends Indexable> {
  private readonly spec: AboutSpec<R>;
  private readonly rows = new Map<string, Row>();
  private readonly groups = new Map<string, Group>();

  constructor(spec: AboutSpec<R>) {
    this.spec = spec;
  }

  /** Takes a record in as it is now; undefined, or one in the trash, takes it out. Returns the subjects whose lists changed. */
  put(id: string, record: R | undefined): readonly string[] {
    const before = this.rows.get(id);
    const after = record === undefined || record.deleted || record.mergedInto !== null ? undefined : this.rowOf(record);
    if (before && after && isSameRow(before, after)) return NO_IDS;
    if (before) this.take(before);
    // What is about nothing is in no list: of 50,000 contacts few have left a company.
    if (after && after.subjects.length > 0) this.add(after);
    return [...new Set([...(before?.subjects ?? []), ...(after?.subjects ?? [])])];
  }

  /** Ids of what is about the subject, in order; the same array until something changes. */
  idsOf(subject: string): readonly string[] {
    const group = this.groups.get(subject);
    if (!group) return NO_IDS;
    group.ids ??= sorted(group).map((row) => row.id);
    return group.ids;
  }

  /** The first marked record about the subject: its id and its order. */
  firstMarked(subject: string): { readonly id: string; readonly order: number } | null {
    const group = this.groups.get(subject);
    if (!group) return null;
    let first: Row | null = null;
    for (const row of group.rows) {
      if (row.isMarked && (first === null || compareRows(row, first) < 0)) first = row;
    }
    return first;
  }

  /** Where a record that was taken in stands in the lists; undefined when it is in none. */
  orderOf(id: string): number | undefined {
    return this.rows.get(id)?.order;
  }

  /** The subjects of a record that was taken in. */
  subjectsOf(id: string): readonly string[] {
    return this.rows.get(id)?.subjects ?? NO_IDS;
  }

  /** Number of records that are in a list. */
  get size(): number {
    return this.rows.size;
  }

  private rowOf(record: R): Row {
    const { subjects, order, marks } = this.spec;
    const given = subjects(record);
    return {
      id: record.id,
      order: order(record),
      isMarked: marks?.(record) ?? false,
      subjects: given.length > 1 ? [...new Set(given)] : given,
    };
  }

  private add(row: Row): void {
    this.rows.set(row.id, row);
    for (const subject of row.subjects) {
      const group = this.groups.get(subject);
      if (group) {
        group.rows.push(row);
        group.ids = null;
      } else {
        this.groups.set(subject, { rows: [row], ids: null });
      }
    }
  }

  private take(row: Row): void {
    this.rows.delete(row.id);
    for (const subject of row.subjects) {
      const group = this.groups.get(subject);
      if (!group) continue;
      group.rows = group.rows.filter((each) => each !== row);
      group.ids = null;
      if (group.rows.length === 0) this.groups.delete(subject);
    }
  }
}

function sorted(group: Group): readonly Row[] {
  group.rows.sort(compareRows);
  return group.rows;
}

function compareRows(left: Row, right: Row): number {
  if (left.order !== right.order) return left.order - right.order;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

function isSameRow(left: Row, right: Row): boolean {
  return (
    left.order === right.order &&
    left.isMarked === right.isMarked &&
    left.subjects.length === right.subjects.length &&
    left.subjects.every((subject, index) => subject === right.subjects[index])
  );
}
