/**
 * Since when somebody has looked: what others did until then was seen. The moment is the person's own on all their devices
 * (their preference record); which single records they opened since is known to the device they did it on.
 */
import { createSignal } from 'solid-js';
import { setPreference } from '../../../shared/commands/reminder-commands.ts';
import { preferenceIdFor } from '../../../shared/entities/preference.ts';
import { isEntityName } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import { type NewsContext, newsOf } from '../../../shared/query/news.ts';
import type { Workspace } from '../../data/workspace.ts';
import { rightNow } from '../../platform/right-now.ts';

interface Looked {
  /** Epoch ms; before that nothing is news on this device. */
  readonly since: number;
  /** Record → when it was open here last. */
  readonly seen: Readonly<Record<string, number>>;
}

const KEY = 'rapport.looked.';
const DAY_MS = 86_400_000;
/** Older news is no news. Counted in whole days, so that who looks twice asks for the same. */
const LONGEST_DAYS = 14;
const MOST_SEEN = 500;

/** By member; read once per page. */
const known = new Map<string, Looked>();
const [version, setVersion] = createSignal(0);

function lookedBy(memberId: string): Looked {
  version();
  let looked = known.get(memberId);
  if (looked === undefined) {
    looked = readLooked(memberId);
    known.set(memberId, looked);
  }
  return looked;
}

function readLooked(memberId: string): Looked {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(KEY + memberId) ?? 'null');
    if (typeof raw === 'object' && raw !== null && 'since' in raw && 'seen' in raw) return raw as Looked;
  } catch {
    // Without storage every visit begins with nothing new.
  }
  // A device that is new to somebody has no news for them yet: else all would be.
  const first = { since: rightNow(), seen: {} };
  keep(memberId, first);
  return first;
}

function keep(memberId: string, looked: Looked): void {
  try {
    localStorage.setItem(KEY + memberId, JSON.stringify(looked));
  } catch {
    // As above.
  }
}

function change(memberId: string, looked: Looked): void {
  keep(memberId, looked);
  known.set(memberId, looked);
  setVersion((before) => before + 1);
}

/** Epoch ms; tracks. */
export function lookedSince(workspace: Workspace): number {
  const { memberId } = workspace.me();
  const shared = workspace.collection('preference').byId(preferenceIdFor(memberId))?.lookedAt ?? 0;
  return Math.max(shared, lookedBy(memberId).since, (Math.floor(rightNow() / DAY_MS) - LONGEST_DAYS) * DAY_MS);
}

/** The same for one record: opening it is looking. Tracks. */
export function lookedAtSince(workspace: Workspace, id: string): number {
  return Math.max(lookedSince(workspace), lookedBy(workspace.me().memberId).seen[id] ?? 0);
}

/** Whether others changed something of a record since; tracks. Cheap for what was not changed. */
export function isNews(workspace: Workspace, id: string): boolean {
  const name = entityNameOf(id);
  if (!isEntityName(name)) return false;
  const record = workspace.collection(name).byId(id) as unknown as AnyRecord | undefined;
  if (record === undefined) return false;
  const since = lookedAtSince(workspace, id);
  if (record.updatedAt <= since) return false;
  const context: NewsContext = { me: workspace.me().memberId, members: [], statusOf: () => 'open' };
  return newsOf(record, workspace.stampsSince(id, since), context) !== null;
}

export function markSeen(workspace: Workspace, id: string): void {
  const { memberId } = workspace.me();
  const { since, seen } = lookedBy(memberId);
  const newest = Object.entries({ ...seen, [id]: rightNow() })
    .filter(([, at]) => at > since)
    .sort(([, left], [, right]) => right - left);
  change(memberId, { since, seen: Object.fromEntries(newest.slice(0, MOST_SEEN)) });
}

/** On all devices of the person, once they are in step; a viewer's on this one. */
export function markAllSeen(workspace: Workspace): void {
  const now = rightNow();
  change(workspace.me().memberId, { since: now, seen: {} });
  if (workspace.canWrite()) workspace.runQuietly((tx) => setPreference(tx, { lookedAt: now }));
}
