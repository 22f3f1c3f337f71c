/**
 * Merging records that are about the same person or company. Nothing is copied over and nothing is rewritten: the others
 * say which record stands for them now (`mergedInto`), everything that points to them is found there, and taking that one
 * word back brings them back as they were. What the one that stays lacks, it takes from the others.
 */
import { MERGEABLE, type MergeableName } from '../entities/mergeable.ts';
import type { AnyRecord, Changes, Entity } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import type { Position } from '../model/positions-field.ts';
import { optionLabel } from '../model/scalar-fields.ts';
import { type Address, normalizeElements, type Participant, type Reachable } from '../model/set-fields.ts';
import { elementPath, splitPath } from '../sync/record-keys.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

export interface Merging {
  readonly entity: MergeableName;
  /** The record that stays. */
  readonly primary: string;
  readonly others: readonly string[];
  /** Values somebody decided for, by field. */
  readonly chosen?: Readonly<Record<string, unknown>>;
}

/** Merges the others into the primary record: one step, for two or many. */
export function mergeRecords(tx: Tx, { entity: name, primary, others, chosen = {} }: Merging): void {
  const entity: Entity = MERGEABLE[name];
  const noun = entity.label.toLowerCase();
  const gone = [...new Set(others)];
  if (gone.length === 0 || gone.includes(primary))
    throw new CommandRefused(
      'invalid',
      `Merging takes two different ${entity.plural.toLowerCase()}. Choose another one.`,
    );
  const [stays, ...left] = [primary, ...gone].map((id) => {
    const record = mustGet(tx, entity, id) as unknown as AnyRecord;
    const title = entity.title(record as never) || `This ${noun}`;
    if (record.deleted) throw new CommandRefused('conflict', `${title} is in the trash. Restore it first, then merge.`);
    if (record.mergedInto !== null)
      throw new CommandRefused('conflict', `${title} was merged with another ${noun} meanwhile. Nothing was changed.`);
    return record;
  });
  if (stays === undefined) return;
  if (!tx.areTogether([primary, ...gone]))
    throw new CommandRefused(
      'not-allowed',
      `These ${entity.plural.toLowerCase()} are in different spaces, seen by different people. Move them to one space first.`,
    );
  const values = mergedValues(name, stays, left, chosen);
  tx.patch(entity, primary, { ...values, mergedInto: null } as Changes<Entity>);
  for (const { id } of left) tx.patch(entity, id, { mergedInto: primary });
}

export interface Unmerging {
  readonly entity: MergeableName;
  readonly ids: readonly string[];
  /** Elements of sets that the merges brought to the record that stays, as paths: they go with what they came from. */
  readonly brought?: { readonly to: string; readonly paths: readonly string[] };
}

/** Brings merged records back as they were; the one they were merged into keeps what else it took from them. */
export function unmergeRecords(tx: Tx, { entity: name, ids, brought }: Unmerging): void {
  const entity: Entity = MERGEABLE[name];
  for (const id of ids) {
    const into = mustGet(tx, entity, id).mergedInto;
    // What stood for others only because its own merge did not count must not follow them into hiding.
    if (into !== null) tx.patch(entity, into, { mergedInto: tx.get(entity, into)?.mergedInto ?? null });
    tx.patch(entity, id, { mergedInto: null });
  }
  if (brought === undefined) return;
  const { to, paths } = brought;
  const stays = mustGet(tx, entity, to) as unknown as AnyRecord;
  for (const fieldName of new Set(paths.map((path) => splitPath(path).field))) {
    const shape = entity.fields[fieldName]?.elements;
    if (!shape) continue;
    const isLeft = (element: unknown) => !paths.includes(elementPath(fieldName, shape.key(element)));
    const left = (stays[fieldName] as readonly unknown[]).filter(isLeft);
    tx.patch(entity, to, { [fieldName]: left } as Changes<Entity>);
  }
}

export interface Separation {
  readonly entity: MergeableName;
  readonly ids: readonly string[];
}

/**
 * Remembers that records which look alike are not the same, so that they are not proposed to each other again. Each of them
 * says so by itself: people who decide apart about others of them lose nothing, and one that is removed takes its word along.
 */
export function keepSeparate(tx: Tx, { entity, ids }: Separation): void {
  decideSeparation(tx, { entity, ids }, (before, others) => [...before, ...others]);
}

/** Takes `keepSeparate` back: they may be proposed to each other again. Also what was said of those merged into them. */
export function proposeAgain(tx: Tx, { entity, ids }: Separation): void {
  decideSeparation(tx, { entity, ids }, (before, others) => {
    const gone = new Set(others.flatMap((id) => [id, ...tx.mergedFrom(id)]));
    return before.filter((id) => !gone.has(id));
  });
}

function decideSeparation(
  tx: Tx,
  { entity: name, ids }: Separation,
  decide: (before: readonly string[], others: readonly string[]) => readonly string[],
): void {
  const entity: Entity = MERGEABLE[name];
  const all = [...new Set(ids)];
  if (all.length < 2)
    throw new CommandRefused('invalid', `This takes two different ${entity.plural.toLowerCase()}. Choose another one.`);
  const records = all.map((id) => mustGet(tx, entity, id) as unknown as AnyRecord);
  for (const { id, separateFrom } of records) {
    const others = all.filter((each) => each !== id);
    tx.patch(entity, id, { separateFrom: decide(separateFrom as readonly string[], others) } as Changes<Entity>);
  }
}

/** What belongs to a place of work, and says nothing about somebody at another one. */
const AT_COMPANY: ReadonlySet<string> = new Set(['jobTitle', 'department', 'role']);

/**
 * What the record that stays reads after a merge: sets are united, what is empty is taken from the first that has it, what
 * was chosen stands. Fields that stay as they are may be left out.
 */
export function mergedValues(
  name: MergeableName,
  primary: AnyRecord,
  others: readonly AnyRecord[],
  chosen: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> {
  const changes: Record<string, unknown> = { ...chosen };
  const all = [primary, ...others];
  const worksAt = chosen.company ?? all.map((each) => each.company).find((each) => typeof each === 'string') ?? null;
  for (const [fieldName, field] of Object.entries(MERGEABLE[name].fields) as [string, AnyField][]) {
    if (Object.hasOwn(chosen, fieldName)) continue;
    const own = heldValue(field, primary[fieldName]);
    const isAsked = (other: AnyRecord) =>
      name !== 'contact' ||
      !AT_COMPANY.has(fieldName) ||
      typeof other.company !== 'string' ||
      other.company === worksAt;
    const theirs = others.filter(isAsked).map((other) => heldValue(field, other[fieldName]));
    const value = field.elements
      ? united(field, own as readonly unknown[], theirs as readonly (readonly unknown[])[])
      : isEmpty(field, own)
        ? (theirs.find((each) => !isEmpty(field, each)) ?? own)
        : own;
    if (value !== own) changes[fieldName] = value;
  }
  return { ...changes, ...withoutThemselves(name, all, changes) };
}

/** Nobody is related to themselves, and no company is its own parent. */
function withoutThemselves(
  name: MergeableName,
  all: readonly AnyRecord[],
  changes: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const merged = new Set(all.map(({ id }) => id));
  const values: Readonly<Record<string, unknown>> = { ...all[0], ...changes };
  const separateFrom = ((values.separateFrom ?? []) as readonly string[]).filter((id) => !merged.has(id));
  if (name === 'company') {
    const outside = (id: unknown) => typeof id === 'string' && !merged.has(id);
    const parent = [values.parent, ...all.map((each) => each.parent)].find(outside) ?? null;
    return { parent, separateFrom };
  }
  const relations = (values.relations ?? []) as readonly Participant[];
  return {
    relations: relations.filter((each) => !merged.has(each.contact)),
    positions: positionsOf(values, all),
    separateFrom,
  };
}

/** Whoever worked at two companies by two records still does: the one that was not chosen joins the other companies. */
function positionsOf(values: Readonly<Record<string, unknown>>, all: readonly AnyRecord[]): readonly Position[] {
  const isElsewhere = (each: Position) => each.ended || each.company !== values.company;
  const positions = ((values.positions ?? []) as readonly Position[]).filter(isElsewhere);
  for (const { company: at, jobTitle } of all) {
    if (typeof at !== 'string' || at === values.company || positions.some((each) => each.company === at)) continue;
    positions.push({ company: at, title: typeof jobTitle === 'string' ? jobTitle : '', ended: false });
  }
  return positions;
}

/** Fields in which the records say different things, so that somebody may choose. Sets are united and no choice. */
export function differingFields(name: MergeableName, records: readonly AnyRecord[]): readonly string[] {
  return Object.entries(MERGEABLE[name].fields as Readonly<Record<string, AnyField>>).flatMap(([fieldName, field]) => {
    if (field.hidden || field.elements) return [];
    const said = records.map((record) => heldValue(field, record[fieldName])).filter((each) => !isEmpty(field, each));
    return new Set(said.map((each) => JSON.stringify(each))).size > 1 ? [fieldName] : [];
  });
}

const heldValue = (field: AnyField, stored: unknown): unknown => (field.accepts(stored) ? stored : field.initial);

const isEmpty = (field: AnyField, value: unknown): boolean => field.sortKey(value) === null;

/** The same array when the others add nothing. */
function united(field: AnyField, own: readonly unknown[], theirs: readonly (readonly unknown[])[]): readonly unknown[] {
  const key = (element: unknown): string => field.elements?.key(element) ?? '';
  const all = [...own];
  const keys = new Set(all.map(key));
  for (const element of theirs.flat()) {
    const added = field.kind === 'addresses' ? atFreeLabel(field, element as Address, all as Address[]) : element;
    if (added === null || keys.has(key(added))) continue;
    keys.add(key(added));
    all.push(isReachableField(field) && own.length > 0 ? { ...(added as Reachable), primary: false } : added);
  }
  return all.length === own.length || !field.elements ? own : normalizeElements(field.elements, all);
}

const isReachableField = ({ kind }: AnyField): boolean => kind === 'emails' || kind === 'phones';

/** Addresses are told apart by their label: a second one for work gets a label of its own. Null when it is there already. */
function atFreeLabel(field: AnyField, address: Address, there: readonly Address[]): Address | null {
  const place = (each: Address) => JSON.stringify([each.street, each.postalCode, each.city, each.region, each.country]);
  if (there.some((each) => place(each) === place(address))) return null;
  const taken = new Set(there.map(({ label }) => label));
  if (!taken.has(address.label)) return address;
  const word = optionLabel(field.options ?? {}, address.label);
  for (let count = 2; ; count++) if (!taken.has(`${word} ${count}`)) return { ...address, label: `${word} ${count}` };
}
