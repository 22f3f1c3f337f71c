/**
 * Search over everything on this device. Each record has one folded text (lower case, no accents) of its title and
 * its entity's searchable fields; a query is a linear scan of those texts for all of its words. Measured at 60,000
 * records: see search.test.ts. Texts are made when first needed and again when their record changes.
 */
import { type EntityName, entities, type Registry } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import { foldText } from '../../shared/model/text-order.ts';
import type { Tables } from './tables.ts';

export interface SearchHit {
  readonly entity: EntityName;
  readonly id: string;
}

export interface SearchOptions {
  readonly entities?: readonly EntityName[];
  readonly limit?: number;
}

interface Entry {
  readonly id: string;
  /** Folded title; in front of `text`, which the scan looks through. */
  readonly title: string;
  readonly text: string;
}

const SEARCHED: readonly EntityName[] = ['deal', 'contact', 'company'];
const DEFAULT_LIMIT = 50;

/** Better matches have lower numbers: title begins with the query, all words begin words of the title, of the text, anywhere. */
const RANKS = 4;

export function createSearch(tables: Tables): (text: string, options?: SearchOptions) => readonly SearchHit[] {
  const indexes = new Map<EntityName, () => Iterable<Entry>>();
  const indexOf = (name: EntityName) => {
    let index = indexes.get(name);
    if (!index) {
      index = createIndex(tables, name);
      indexes.set(name, index);
    }
    return index();
  };

  return (text, { entities: names = SEARCHED, limit = DEFAULT_LIMIT } = {}) => {
    const query = foldText(text.trim());
    const terms = query.split(/\s+/).filter((term) => term !== '');
    for (const name of names) tables.table(name).track();
    if (terms.length === 0 || limit <= 0) return [];
    const ranked = Array.from({ length: RANKS }, () => new Best(limit));
    for (const name of names) {
      for (const entry of indexOf(name)) {
        const rank = rankOf(entry, query, terms);
        if (rank >= 0) ranked[rank]?.offer(entry, name);
      }
    }
    return ranked.flatMap((best) => best.hits()).slice(0, limit);
  };
}

/** -1 when a word is missing. */
function rankOf({ title, text }: Entry, query: string, terms: readonly string[]): number {
  for (const term of terms) if (!text.includes(term)) return -1;
  if (title.startsWith(query)) return 0;
  if (terms.every((term) => beginsWord(title, term))) return 1;
  return terms.every((term) => beginsWord(text, term)) ? 2 : 3;
}

const WORD_CHARACTER = /[\p{L}\p{N}]/u;

function beginsWord(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (at === 0 || !WORD_CHARACTER.test(text[at - 1] ?? '')) return true;
  }
  return false;
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

  hits(): readonly SearchHit[] {
    return this.kept.map(({ entry, entity }) => ({ entity, id: entry.id }));
  }
}

function isBefore(left: Entry, right: Entry): boolean {
  return left.title === right.title ? left.id < right.id : left.title < right.title;
}

/** The texts of one entity's records, kept true. */
function createIndex(tables: Tables, name: EntityName): () => Iterable<Entry> {
  const table = tables.table(name);
  const entity: Entity = (entities as Registry)[name] as Entity;
  let entries: Map<string, Entry> | null = null;
  const outdated = new Set<string>();

  table.onChange((change) => {
    if (change === 'all') entries = null;
    else if (entries !== null) for (const id of change) outdated.add(id);
  });

  return () => {
    if (entries === null) {
      entries = new Map();
      for (const record of table.each()) entries.set(record.id, entryOf(entity, record as unknown as AnyRecord));
    } else {
      for (const id of outdated) {
        const record = table.peek(id) as unknown as AnyRecord | undefined;
        if (record && !record.deleted && record.mergedInto === null) entries.set(id, entryOf(entity, record));
        else entries.delete(id);
      }
    }
    outdated.clear();
    return entries.values();
  };
}

function entryOf(entity: Entity, record: AnyRecord): Entry {
  const title = foldText(entity.title(record));
  const parts = [title];
  for (const field of entity.searchable) {
    const text = (entity.fields[field] as AnyField).toText(record[field]);
    if (text !== '') parts.push(foldText(text));
  }
  return { id: record.id, title, text: parts.join('\n') };
}
