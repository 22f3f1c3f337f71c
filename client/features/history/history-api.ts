/** The change history as the server keeps it. It needs a connection; what this device knows by itself is in `create-history.ts`. */

/** One change of one field of one record. */
export interface Change {
  /** Counts up; 0 for what only this device knows. */
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  readonly record: string;
  /** A field, or `field:element`; '' for the record as a whole. */
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
  /** Member id; null for the server itself or when it is not known. */
  readonly by: string | null;
  /** One action has one stamp, or several where it was long; '' for what was removed for good. */
  readonly stamp: string;
}

/** In the place of a person: what the server did by itself, as emptying the trash by the clock. */
export const AUTOMATIC = 'server';

export interface HistoryFilter {
  readonly record?: string;
  /** A member's id, or `AUTOMATIC`. */
  readonly member?: string;
  readonly field?: string;
  /** Epoch ms. */
  readonly from?: number;
  readonly to?: number;
}

export interface HistoryPage {
  readonly changes: readonly Change[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

/** What somebody did in one go, however much it changed. */
export interface Action {
  /** Of its newest change. */
  readonly id: number;
  /** Epoch ms. */
  readonly at: number;
  /** Member id; null for the server itself or when it is not known. */
  readonly by: string | null;
  /** The oldest first; none for what was removed for good, which nothing takes back. */
  readonly stamps: readonly string[];
  readonly changes: number;
  readonly records: number;
  /** Records it made. */
  readonly made: number;
  /** It put back what was there before, as undo does. */
  readonly putBack: boolean;
  /** The first of its changes. */
  readonly sample: readonly Change[];
}

export interface ActionsPage {
  readonly actions: readonly Action[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

export interface PastValues {
  readonly at: number;
  readonly values: readonly { readonly record: string; readonly field: string; readonly old: unknown }[];
}

/** The server did not answer, or not as one. */
export class HistoryUnreachable extends Error {
  constructor() {
    super('Your server is out of reach. The whole history is there; here is what this device knows.');
    this.name = 'HistoryUnreachable';
  }
}

async function ask<T>(path: string, params: Readonly<Record<string, unknown>> = {}): Promise<T> {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) search.set(name, String(value));
  const answer = await fetch(`${path}?${search}`, { headers: { accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) throw new HistoryUnreachable();
  return (await answer.json()) as T;
}

export function readHistory(filter: HistoryFilter, before?: number): Promise<HistoryPage> {
  return ask<HistoryPage>('/api/history', { ...filter, before });
}

export function readActions(filter: Omit<HistoryFilter, 'record'>, before?: number): Promise<ActionsPage> {
  return ask<ActionsPage>('/api/history/actions', { ...filter, before });
}

/** Everything one action changed, however much that is. */
export async function readAction(stamps: readonly string[]): Promise<readonly Change[]> {
  const changes: Change[] = [];
  for (const stamp of stamps) {
    for (let after: number | null = 0; after !== null; ) {
      const page: HistoryPage = await ask(`/api/history/actions/${encodeURIComponent(stamp)}`, { after });
      changes.push(...page.changes);
      after = page.next ?? null;
    }
  }
  return changes;
}

/** What a record had at a moment, for each of its fields that changed since. */
export async function readRecordPast(record: string, at: number): Promise<PastValues['values']> {
  return (await ask<PastValues>('/api/history/as-of', { record, at })).values;
}

/** What was there at a moment, for everything of a kind of room that changed since. */
export function readPast(kind: 'pipeline', at: number): Promise<PastValues> {
  return ask<PastValues>('/api/history/as-of', { kind, at });
}
