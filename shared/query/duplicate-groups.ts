/**
 * All likely duplicates of a list, in groups. The signs are those of `duplicates.ts`, which proposes to one record whatever
 * shares one; a list of everybody is of use only when most of it is right, so that here a shared number or name counts only
 * while nothing speaks against it: colleagues share the number of their office, and two companies each have an Anna Berg.
 * What shares no value is never compared, and all of it can be done in slices: 50,000 people take 0.4 s of a slow machine.
 */
import { MERGEABLE, type MergeableName } from '../entities/mergeable.ts';
import type { AnyRecord } from '../model/entity.ts';
import { compareSortKeys, foldText, textSortKey } from '../model/text-order.ts';
import { areSeparate, type Likeness, SUREST, signsOf } from './duplicates.ts';

export interface DuplicateGroup {
  /** Two or more, by name; of those with one name the oldest first. */
  readonly ids: readonly string[];
  /** What they have in common, the surest first; not each of them with each of the others. */
  readonly why: readonly Likeness[];
}

export interface DuplicateFinder {
  /** To be called for each record that is shown in lists. */
  readonly add: (record: AnyRecord) => void;
  /** Values of two records or more, when all were added. */
  readonly shared: () => Iterable<SharedValue>;
  /** To be called for each of them: what has it may be one. */
  readonly compare: (value: SharedValue) => void;
  /** When all were compared: the surest groups first, by name among those alike. */
  readonly groups: () => readonly DuplicateGroup[];
}

export interface SharedValue {
  readonly sign: Likeness;
  readonly records: readonly AnyRecord[];
}

export interface DuplicateFinderOptions {
  /** Names the record that another one was merged into. */
  readonly standsFor?: (id: string) => string;
  /** The space of a record: what lies apart cannot be merged. */
  readonly placeOf?: (id: string) => string;
}

/** A value that more records share tells nobody apart: a placeholder, the number of a hotline. */
const MOST_ALIKE = 30;

export function createDuplicateFinder(
  name: MergeableName,
  { standsFor = (id) => id, placeOf = () => '' }: DuplicateFinderOptions = {},
): DuplicateFinder {
  const byValue = new Map<string, AnyRecord | Shared>();
  const shared: Shared[] = [];
  const groups = createGroups();

  function note(sign: Likeness, key: string, record: AnyRecord): void {
    const known = byValue.get(key);
    if (known === undefined) byValue.set(key, record);
    else if ('records' in known) (known as Shared).records.push(record);
    else {
      const value: Shared = { sign, records: [known, record] };
      shared.push(value);
      byValue.set(key, value);
    }
  }

  return {
    add(record) {
      const signs = signsOf(name, record);
      const place = placeOf(record.id);
      for (const sign of SUREST) {
        // An address that somebody wrote twice is one sign.
        for (const value of new Set(signs[sign])) note(sign, `${sign} ${place} ${value}`, record);
      }
    },
    shared: () => shared,
    compare({ sign, records }) {
      if (records.length > MOST_ALIKE) return;
      records.forEach((left, at) => {
        for (const right of records.slice(at + 1)) {
          if (mayBeOne(name, sign, left, right, standsFor)) groups.join(left, right, sign);
        }
      });
    },
    groups: () => sorted(name, groups.all()),
  };
}

interface Shared extends SharedValue {
  readonly records: AnyRecord[];
}

interface Group {
  readonly records: Set<AnyRecord>;
  readonly why: Set<Likeness>;
}

/** Whoever is alike one of a group is in it. The smaller group moves over, so that long chains cost no more than sorting. */
function createGroups() {
  const groupOf = new Map<string, Group>();
  return {
    join(left: AnyRecord, right: AnyRecord, sign: Likeness): void {
      const one = groupOf.get(left.id) ?? { records: new Set([left]), why: new Set<Likeness>() };
      const other = groupOf.get(right.id) ?? { records: new Set([right]), why: new Set<Likeness>() };
      const [into, from] = one.records.size >= other.records.size ? [one, other] : [other, one];
      if (into !== from) {
        for (const record of from.records) {
          into.records.add(record);
          groupOf.set(record.id, into);
        }
        for (const each of from.why) into.why.add(each);
      }
      groupOf.set(left.id, into).set(right.id, into);
      into.why.add(sign);
    },
    all: (): readonly Group[] => [...new Set(groupOf.values())],
  };
}

function sorted(name: MergeableName, groups: readonly Group[]): readonly DuplicateGroup[] {
  const titleKey = (record: AnyRecord | undefined) =>
    record ? textSortKey(MERGEABLE[name].title(record as never)) : null;
  return groups
    .map(({ records, why }) => {
      const keyed = [...records].map((record) => ({ record, key: titleKey(record) }));
      keyed.sort(
        (left, right) =>
          compareSortKeys(left.key, right.key) ||
          left.record.createdAt - right.record.createdAt ||
          (left.record.id < right.record.id ? -1 : 1),
      );
      const signs = SUREST.filter((sign) => why.has(sign));
      return { ids: keyed.map(({ record }) => record.id), why: signs, key: keyed[0]?.key ?? null };
    })
    .sort((left, right) => rankOf(left.why) - rankOf(right.why) || compareSortKeys(left.key, right.key))
    .map(({ ids, why }) => ({ ids, why }));
}

const rankOf = ([surest]: readonly Likeness[]): number => (surest ? SUREST.indexOf(surest) : SUREST.length);

function mayBeOne(
  name: MergeableName,
  sign: Likeness,
  left: AnyRecord,
  right: AnyRecord,
  standsFor: (id: string) => string,
): boolean {
  if (areSeparate(left, right, standsFor) || areRelated(left, right, standsFor)) return false;
  if (sign === 'phone') return shareWord(name, left, right);
  if (sign === 'name' && name === 'contact') return shareCompany(left, right, standsFor);
  return true;
}

/** Somebody said what one is to the other: mother company and subsidiary, husband and wife. */
function areRelated(left: AnyRecord, right: AnyRecord, standsFor: (id: string) => string): boolean {
  const names = (one: AnyRecord, other: AnyRecord) => {
    const { parent, relations } = one as { readonly parent?: unknown; readonly relations?: unknown };
    if (typeof parent === 'string' && standsFor(parent) === other.id) return true;
    const related = Array.isArray(relations) ? (relations as readonly { readonly contact?: string }[]) : [];
    return related.some(({ contact }) => contact !== undefined && standsFor(contact) === other.id);
  };
  return names(left, right) || names(right, left);
}

/** Whether a word of their names is the same, or one of them has no name. */
function shareWord(name: MergeableName, left: AnyRecord, right: AnyRecord): boolean {
  const [words, others] = [wordsOf(name, left), wordsOf(name, right)];
  return words.length === 0 || others.length === 0 || words.some((word) => others.includes(word));
}

function wordsOf(name: MergeableName, record: AnyRecord): readonly string[] {
  const parts = name === 'company' ? [record.name] : [record.firstName, record.lastName];
  return foldText(parts.filter((part) => typeof part === 'string').join(' '))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/** Whether they are, or were, at one company, or nobody knows where one of them is. */
function shareCompany(left: AnyRecord, right: AnyRecord, standsFor: (id: string) => string): boolean {
  const [own, others] = [companiesOf(left), companiesOf(right)].map((ids) => ids.map(standsFor));
  if (!own?.length || !others?.length) return true;
  return own.some((id) => others.includes(id));
}

function companiesOf({ company, positions }: AnyRecord): readonly string[] {
  const beside = Array.isArray(positions) ? (positions as readonly { readonly company?: unknown }[]) : [];
  return [company, ...beside.map((each) => each.company)].filter((id): id is string => typeof id === 'string');
}
