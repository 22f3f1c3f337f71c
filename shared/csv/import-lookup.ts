/**
 * What an import must know of the records that are there already: enough to link and to notice duplicates, small
 * enough to be handed to a worker (50,000 contacts are about 6 MB).
 */
import type { AnyRecord } from '../model/entity.ts';
import type { Reachable } from '../model/set-fields.ts';
import { foldText } from '../model/text-order.ts';
import { squash } from './aliases.ts';

export interface ExistingRecord {
  readonly id: string;
  readonly entity: string;
  readonly name: string;
  readonly sourceId: string;
  readonly emails: readonly string[];
  readonly domain: string;
  /** Company of a contact. */
  readonly company: string;
}

export interface ExistingStage {
  readonly id: string;
  readonly name: string;
  readonly pipeline: string;
  readonly type: 'open' | 'won' | 'lost';
  /** Rank of its last card; imported deals go below. */
  readonly lastRank: string;
}

/** The workspace as an import sees it. Stages in the order of their pipelines. */
export interface Existing {
  readonly records: readonly ExistingRecord[];
  readonly pipelines: readonly { readonly id: string; readonly name: string }[];
  readonly stages: readonly ExistingStage[];
  readonly members: readonly { readonly id: string; readonly name: string; readonly email: string }[];
  readonly products: readonly string[];
}

export function existingRecord(record: AnyRecord, name: string): ExistingRecord {
  return {
    id: record.id,
    entity: record.entity,
    name,
    sourceId: record.sourceId,
    emails: ((record.emails as readonly Reachable[] | undefined) ?? []).map(({ value }) => value.toLowerCase()),
    domain: typeof record.domain === 'string' ? record.domain : '',
    company: typeof record.company === 'string' ? record.company : '',
  };
}

/** Domains that say nothing about where somebody works. */
const SHARED_DOMAINS = new Set([
  'gmail.com',
  'googlemail.com',
  'outlook.com',
  'hotmail.com',
  'live.com',
  'yahoo.com',
  'icloud.com',
  'me.com',
  'aol.com',
  'gmx.de',
  'gmx.net',
  'web.de',
  't-online.de',
  'proton.me',
  'protonmail.com',
  'mail.com',
  'facebook.com',
  'linkedin.com',
  'instagram.com',
]);

export const nameKey = (name: string): string => foldText(name).replace(/\s+/g, ' ').trim();

/** Finds records by what a file says about them. Grows while a plan is made. */
export interface Lookup {
  add(record: ExistingRecord): void;
  has(entity: string, id: string): boolean;
  bySourceId(entity: string, sourceId: string): string | null;
  /** By name alone; null when there are several (contacts). */
  byName(entity: string, name: string): string | null;
  byDomain(domain: string): string | null;
  /** The contact with one of these addresses, or of this name at this company unless their addresses differ. */
  contact(of: { readonly name: string; readonly emails: readonly string[]; readonly company: string }): string | null;
  nameOf(id: string): string;
}

export function createLookup(records: readonly ExistingRecord[]): Lookup {
  const byId = new Map<string, ExistingRecord>();
  const sourceIds = new Map<string, string>();
  const names = new Map<string, string | null>();
  const domains = new Map<string, string>();
  const emails = new Map<string, string>();
  const atCompany = new Map<string, string>();

  const lookup: Lookup = {
    add(record) {
      const { id, entity, name, sourceId, domain, company } = record;
      byId.set(id, record);
      if (sourceId !== '') setOnce(sourceIds, `${entity}\n${sourceId}`, id);
      const key = `${entity}\n${nameKey(name)}`;
      const former = names.get(key);
      if (former === undefined) names.set(key, id);
      else if (former !== id && entity === 'contact') names.set(key, null);
      if (domain !== '' && !SHARED_DOMAINS.has(domain)) setOnce(domains, domain.toLowerCase(), id);
      for (const address of record.emails) setOnce(emails, address.toLowerCase(), id);
      if (entity === 'contact' && company !== '') setOnce(atCompany, `${nameKey(name)}\n${company}`, id);
    },
    has: (entity, id) => byId.get(id)?.entity === entity,
    bySourceId: (entity, sourceId) => (sourceId === '' ? null : (sourceIds.get(`${entity}\n${sourceId}`) ?? null)),
    byName: (entity, name) => names.get(`${entity}\n${nameKey(name)}`) ?? null,
    byDomain: (domain) => domains.get(domain.toLowerCase()) ?? null,
    contact({ name, emails: given, company }) {
      for (const address of given) {
        const id = emails.get(address.toLowerCase());
        if (id !== undefined) return id;
      }
      const id = name === '' || company === '' ? undefined : atCompany.get(`${nameKey(name)}\n${company}`);
      const known = id === undefined ? [] : (byId.get(id)?.emails ?? []);
      return id === undefined || (known.length > 0 && given.length > 0) ? null : id;
    },
    nameOf: (id) => byId.get(id)?.name ?? '',
  };
  for (const record of records) lookup.add(record);
  return lookup;
}

function setOnce<K, V>(map: Map<K, V>, key: K, value: V): void {
  if (!map.has(key)) map.set(key, value);
}

/** Same but for case, accents, spaces and punctuation: `GTXPro` and `GTX Pro`. The first spelling of each wins. */
export function createNearNames(known: Iterable<string>): {
  find(name: string): string | null;
  add(name: string): void;
} {
  const bySquash = new Map<string, string>();
  const near = {
    find: (name: string) => {
      const found = bySquash.get(squash(name));
      return found === undefined || found === name ? null : found;
    },
    add: (name: string) => {
      const key = squash(name);
      if (key.length > 1) setOnce(bySquash, key, name);
    },
  };
  for (const name of known) near.add(name);
  return near;
}
