/** What the deals page keeps in its address: pipeline, view, filters and periods. Unknown values are ignored. */
import { type Day, isDay } from '../../../shared/model/day.ts';
import { isPeriod, type Period } from './period.ts';

export interface DealsAddress {
  /** '' = the first pipeline. */
  readonly pipeline: string;
  readonly view: 'board' | 'table';
  /** Words to look for. */
  readonly text: string;
  /** Member ids, `NO_OWNER` among them; empty = everybody's. */
  readonly owners: readonly string[];
  /** Deals that close before this day. */
  readonly before: Day | null;
  readonly won: Period;
  /** Null = the lost column is hidden. */
  readonly lost: Period | null;
}

/** Stands for "nobody" among the owners. */
export const NO_OWNER = 'none';

type Params = Readonly<Record<string, string | readonly string[] | undefined>>;

export function readDealsAddress(params: Params): DealsAddress {
  const one = (name: string) => {
    const value = params[name];
    return typeof value === 'string' ? value : value?.[0];
  };
  const before = one('before');
  const [won, lost] = [one('won'), one('lost')];
  return {
    pipeline: one('pipeline') ?? '',
    view: one('view') === 'table' ? 'table' : 'board',
    text: one('q') ?? '',
    owners: (one('owner') ?? '').split(',').filter((id) => id !== ''),
    before: isDay(before) ? before : null,
    won: isPeriod(won) ? won : 'month',
    lost: isPeriod(lost) ? lost : null,
  };
}

/** The search parameters of a change; what is as usual is left out of the address. */
export function writeDealsAddress(change: Partial<DealsAddress>): Record<string, string | undefined> {
  const params: Record<string, string | undefined> = {};
  if (change.pipeline !== undefined) params.pipeline = change.pipeline || undefined;
  if (change.view !== undefined) params.view = change.view === 'board' ? undefined : change.view;
  if (change.text !== undefined) params.q = change.text || undefined;
  if (change.owners !== undefined) params.owner = change.owners.join(',') || undefined;
  if (change.before !== undefined) params.before = change.before ?? undefined;
  if (change.won !== undefined) params.won = change.won === 'month' ? undefined : change.won;
  if (change.lost !== undefined) params.lost = change.lost ?? undefined;
  return params;
}

export function isFiltered(address: DealsAddress): boolean {
  return address.text !== '' || address.owners.length > 0 || address.before !== null;
}
