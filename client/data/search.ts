/**
 * Search over everything on this device. Each record has one folded text (lower case, no accents) of its title and
 * its entity's searchable fields; a query is a linear scan of those texts for all of its words, and of what was found
 * before where a letter was added. Measured at 66,000 contacts (Node, jsdom, two cores under a load of 20; median):
 * 10 ms while typing names, against 20 ms without narrowing; 30 to 50 ms for a word that stands in every
 * text and begins no title. Texts are made when first needed and again when their record changes. A deal is found by
 * the name of its company too, a record by the names of those merged into it; numbers, links and addresses are understood as
 * people paste them. The same texts answer the
 * filters of tables.
 */
import { untrack } from 'solid-js';
import { type EntityName, entities, type Registry } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import type { Reachable } from '../../shared/model/set-fields.ts';
import { foldText } from '../../shared/model/text-order.ts';
import { nextTurn, runInSlices } from './slices.ts';
import type { Tables } from './tables.ts';

export interface SearchHit {
  readonly entity: EntityName;
  readonly id: string;
}

export interface SearchOptions {
  readonly entities?: readonly EntityName[];
  readonly limit?: number;
}

/** What a record is found by. */
export interface SearchEntry {
  readonly record: AnyRecord;
  /** Folded title; in front of `text`, which the scan looks through. */
  readonly title: string;
  readonly text: string;
}

type Entry = SearchEntry;

/** What the records of one entity are found by, kept true; untracked. */
export interface SearchIndex {
  /** Undefined for what does not exist and what is in the trash. */
  entry(id: string): SearchEntry | undefined;
  /**
   * Whether all words stand in an entry's text or in the name of its company, accents and case left aside; undefined
   * without words. Good until a record changes.
   */
  matching(words: string): ((entry: SearchEntry) => boolean) | undefined;
}

const SEARCHED: readonly EntityName[] = ['deal', 'contact', 'company'];
/** Whoever looks for a company's name wants its deals as well; its people would crowd them out, and are on its page. */
const FOUND_BY_COMPANY: ReadonlySet<EntityName> = new Set<EntityName>(['deal']);
const DEFAULT_LIMIT = 50;
/** From so many changed records on their texts are made at once, in slices. */
const MANY = 200;

/** Better matches have lower numbers: title begins with the query, all words begin words of the title, of the text, anywhere. */
const RANKS = 4;

export interface Search {
  (text: string, options?: SearchOptions): readonly SearchHit[];
  /** Reads the records beforehand, in slices between frames. */
  prepare(): Promise<void>;
  index(name: EntityName): SearchIndex;
}

export function createSearch(tables: Tables): Search {
  const indexes = new Map<EntityName, Index>();
  const indexOf = (name: EntityName) => {
    let index = indexes.get(name);
    if (!index) {
      index = createIndex(tables, name, () => indexOf('company'));
      indexes.set(name, index);
    }
    return index;
  };

  const search = (text: string, options: SearchOptions = {}): readonly SearchHit[] => {
    const hits = searchWords(text, options);
    if (hits.length > 0) return hits;
    for (const other of otherReadings(text)) {
      const found = searchWords(other, options);
      if (found.length > 0) return found;
    }
    return hits;
  };

  function searchWords(
    text: string,
    { entities: names = SEARCHED, limit = DEFAULT_LIMIT }: SearchOptions,
  ): readonly SearchHit[] {
    const query = foldText(text.trim());
    const terms = wordsOf(query);
    for (const name of names) tables.table(name).track();
    if (names.some((name) => FOUND_BY_COMPANY.has(name))) tables.table('company').track();
    if (terms.length === 0 || limit <= 0) return [];
    const ranked = Array.from({ length: RANKS }, () => new Best(limit));
    let worst = RANKS - 1;
    for (const name of names) {
      const index = indexOf(name);
      const entries = index.candidates(terms);
      /** Null once entries were passed over. */
      let found: Entry[] | null = [];
      for (const entry of entries) {
        if (worst === 0) found = null;
        else if (!hasAll(entry.text, terms)) continue;
        found?.push(entry);
        const rank = rankOf(entry, query, terms, worst);
        if (rank < 0) continue;
        ranked[rank]?.offer(entry, name);
        worst = worstShown(ranked, limit);
      }
      if (found !== null) index.remember(terms, found);
    }
    return ranked.flatMap((best) => best.hits()).slice(0, limit);
  }

  return Object.assign(search, {
    async prepare() {
      for (const name of SEARCHED) await indexOf(name).prepare();
    },
    index: indexOf,
  });
}

/**
 * What a text may mean that is in no record as it stands: `06 12 34 56 78` and `+31-6-12345678` are the number
 * 612345678, a link and an address of somebody unknown name the domain of a company.
 */
function otherReadings(text: string): readonly string[] {
  const words = text.trim();
  if (/^[+(]?\d[\d\s()./-]{4,}$/.test(words)) return [digitsOf(words).replace(/^0+/, '')];
  const host = /^(?:[a-z]+:\/\/)?(?:www\.)?([^\s/@?#]+\.[^\s/@?#]{2,})(?:[/?#]\S*)?$/i.exec(words)?.[1];
  const domain = /@([^\s@<>]+\.[^\s@<>]{2,})>?$/.exec(words)?.[1];
  const address = /<([^\s<>]+@[^\s<>]+)>$/.exec(words)?.[1] ?? /^mailto:(\S+@\S+)$/i.exec(words)?.[1];
  return [address, domain, host].filter((each) => each !== undefined);
}

/** The words of a folded text. */
const wordsOf = (query: string): readonly string[] => query.split(/\s+/).filter((term) => term !== '');

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The last rank that can still be shown: what is filled by better ones is not looked for. */
function worstShown(ranked: readonly Best[], limit: number): number {
  let kept = 0;
  for (const [rank, best] of ranked.entries()) {
    kept += best.size;
    if (kept >= limit) return rank;
  }
  return RANKS - 1;
}

/** The rank of an entry that has all words; -1 when it is worse than `worst`. */
function rankOf({ title, text }: Entry, query: string, terms: readonly string[], worst: number): number {
  if (title.startsWith(query)) return 0;
  if (worst < 1) return -1;
  if (terms.every((term) => beginsWord(title, term))) return 1;
  if (worst < 2) return -1;
  if (terms.every((term) => beginsWord(text, term))) return 2;
  return worst < 3 ? -1 : 3;
}

function hasAll(text: string, terms: readonly string[]): boolean {
  for (const term of terms) if (!text.includes(term)) return false;
  return true;
}

/** Whether `term` stands at the beginning of a word. Folded texts have few letters beyond ASCII; those count as letters. */
function beginsWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !isWordCharacter(text.charCodeAt(at - 1))) return true;
  }
  return false;
}

function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code > 127;
}

/** The first `limit` of many by title, without sorting the many: one letter may match 50,000. */
class Best {
  private readonly limit: number;
  private readonly kept: { readonly entry: Entry; readonly entity: EntityName }[] = [];

  constructor(limit: number) {
    this.limit = limit;
  }

  offer(entry: Entry, entity: EntityName): void {
    const { kept, limit } = this;
    const last = kept[kept.length - 1];
    if (kept.length === limit && last && !isBefore(entry, last.entry)) return;
    let low = 0;
    let high = kept.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = kept[middle];
      if (other && isBefore(other.entry, entry)) low = middle + 1;
      else high = middle;
    }
    kept.splice(low, 0, { entry, entity });
    if (kept.length > limit) kept.pop();
  }

  get size(): number {
    return this.kept.length;
  }

  hits(): readonly SearchHit[] {
    return this.kept.map(({ entry, entity }) => ({ entity, id: entry.record.id }));
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.title === right.title ? left.record.id < right.record.id : left.title < right.title;
}

interface Index extends SearchIndex {
  all(): readonly Entry[];
  /** Texts that may have all words, those that are missing made: all, or what was found before another letter was typed. */
  candidates(terms: readonly string[]): readonly Entry[];
  /** All that has these words. */
  remember(terms: readonly string[], found: readonly Entry[]): void;
  /** Makes missing texts a few at a time, so that the first search finds them there. */
  prepare(): Promise<void>;
}

/** The texts of one entity's records, kept true. */
function createIndex(tables: Tables, name: EntityName, companyIndex: () => Index): Index {
  const table = tables.table(name);
  const entity: Entity = (entities as Registry)[name] as Entity;
  let entries = new Map<string, Entry>();
  /** Those of before a room came or went: most of them are still right. */
  let former = NO_ENTRIES;
  /** Records whose text is still to be made; null once all were seen. */
  let unseen: Iterator<AnyRecord> | null = table.each()[Symbol.iterator]() as Iterator<AnyRecord>;
  const outdated = new Set<string>();
  /** The texts as an array, which is scanned in half the time of a map; null after a change. */
  let list: readonly Entry[] | null = null;
  let last: { readonly terms: readonly string[]; readonly found: readonly Entry[] } | null = null;

  function startAnew(): void {
    for (const id of outdated) entries.delete(id);
    former = entries;
    entries = new Map();
    outdated.clear();
    unseen = table.each()[Symbol.iterator]() as Iterator<AnyRecord>;
  }
  table.onChange((change) => {
    list = null;
    last = null;
    if (change === 'all') startAnew();
    else for (const id of change) outdated.add(id);
    // The first copy of a workspace, an import: whoever types next would wait for all of them.
    if (outdated.size > MANY) void prepare();
  });

  /** The name in a record's text is that of when the text was made: another name makes the text outdated. */
  const companies = FOUND_BY_COMPANY.has(name) ? tables.table('company') : undefined;
  companies?.onChange((change) => {
    list = null;
    last = null;
    if (change === 'all') {
      entries = new Map();
      startAnew();
    } else
      for (const record of table.each() as Iterable<AnyRecord>) {
        if (typeof record.company === 'string' && change.has(survivorOf(record.company))) outdated.add(record.id);
      }
  });
  const survivorOf = (id: string) => untrack(tables.merges).survivorOf(id);
  function companyOf(record: AnyRecord): string {
    const id = record.company;
    if (!companies || typeof id !== 'string') return '';
    return companies.peek(survivorOf(id))?.name ?? '';
  }
  /** Names of what was merged into it; who looks for them finds this one. */
  function formerNames(id: string): readonly string[] {
    return untrack(tables.merges)
      .mergedFrom(id)
      .flatMap((each) => {
        const merged = table.peek(each) as unknown as AnyRecord | undefined;
        return merged ? [entity.title(merged as never)] : [];
      });
  }
  const makeEntry = (record: AnyRecord) => entryOf(entity, record, [companyOf(record), ...formerNames(record.id)]);

  /** Makes one more text; false when none is missing. */
  function makeNext(): boolean {
    const next = unseen?.next();
    if (!next || next.done) {
      unseen = null;
      former = NO_ENTRIES;
      return false;
    }
    const { value: record } = next;
    const known = former.get(record.id);
    entries.set(record.id, known?.record === record ? known : makeEntry(record));
    return true;
  }

  function makeAgain(id: string): void {
    if (!outdated.delete(id)) return;
    const record = table.peek(id) as unknown as AnyRecord | undefined;
    if (record && !record.deleted && record.mergedInto === null) entries.set(id, makeEntry(record));
    else entries.delete(id);
  }

  function makeAll(): void {
    while (makeNext());
    for (const id of outdated) makeAgain(id);
  }

  let isPreparing = false;
  async function prepare(): Promise<void> {
    if (isPreparing) return;
    isPreparing = true;
    // What comes meanwhile is taken in, too.
    await nextTurn();
    await runInSlices(repeatWhile(makeNext), () => undefined);
    await runInSlices(outdated, makeAgain);
    isPreparing = false;
  }

  function all(): readonly Entry[] {
    if (list === null) {
      makeAll();
      list = [...entries.values()];
    }
    return list;
  }

  /** Ids of the companies whose name has a word. */
  function companiesNamed(term: string): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const { record, title } of companyIndex().all()) if (title.includes(term)) ids.add(record.id);
    return ids;
  }

  return {
    all,
    entry(id) {
      makeAll();
      return entries.get(id);
    },
    matching(words) {
      const terms = wordsOf(foldText(words));
      if (terms.length === 0) return undefined;
      // Where a text has the company's name in it, asking for the company adds nothing.
      const hasCompany = !companies && entity.fields.company !== undefined;
      const named = new Map<string, ReadonlySet<string>>();
      // Asked once and not for each of 50,000 records.
      const merges = untrack(tables.merges);
      const isOfCompany = ({ record }: Entry, term: string): boolean => {
        if (!hasCompany || typeof record.company !== 'string') return false;
        let ids = named.get(term);
        if (!ids) {
          ids = companiesNamed(term);
          named.set(term, ids);
        }
        return ids.has(record.company) || ids.has(merges.survivorOf(record.company));
      };
      return (entry) => terms.every((term) => entry.text.includes(term) || isOfCompany(entry, term));
    },
    candidates(terms) {
      if (last?.terms.every((old) => terms.some((term) => term.includes(old)))) return last.found;
      return all();
    },
    remember(terms, found) {
      last = { terms, found };
    },
    prepare,
  };
}

const NO_ENTRIES: ReadonlyMap<string, Entry> = new Map();

function* repeatWhile(step: () => boolean): Generator<void> {
  while (step()) yield;
}

function entryOf(entity: Entity, record: AnyRecord, otherNames: readonly string[]): Entry {
  const title = foldText(entity.title(record));
  let text = title;
  for (const name of entity.searchable) {
    const words = searchText(entity.fields[name] as AnyField, record[name]);
    if (words !== '') text += `\n${foldText(words)}`;
  }
  for (const name of otherNames) if (name !== '') text += `\n${foldText(name)}`;
  return { record, title, text };
}

/** A number as some people type it: without what stands between its digits. */
const numberOf = (text: string): string => text.replace(/[^\d+]/g, '');

/** What people type to find a value: an address or number without the label it is filed under. */
function searchText(field: AnyField, value: unknown): string {
  if (field.kind === 'emails') return (value as readonly Reachable[]).map((each) => each.value).join('\n');
  if (field.kind === 'phones') {
    return (value as readonly Reachable[]).map((each) => `${each.value}\n${numberOf(each.value)}`).join('\n');
  }
  if (field.kind === 'phone') return `${field.toText(value)}\n${numberOf(field.toText(value))}`;
  return field.toText(value);
}
