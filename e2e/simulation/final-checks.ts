/** What is looked at when everything has come to rest: the server's disk, every replica, every screen. */

import type { Database } from 'better-sqlite3';
import * as Y from 'yjs';
import type { Deal } from '../../shared/entities/deal.ts';
import type { Registry } from '../../shared/entities/registry.ts';
import type { Stage } from '../../shared/entities/stage.ts';
import { compareCards, probabilityOf, stagesOf, statusOf } from '../../shared/query/pipeline-view.ts';
import { parseKey, RECORDS, readBase } from '../../shared/sync/record-keys.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import { later } from './builds.ts';
import type { Tab } from './device.ts';
import { canonical, type Oracle } from './oracle.ts';

export interface StoredRoom {
  readonly name: string;
  readonly doc: Y.Doc;
  readonly records: RoomRecords;
}

/** A stamp may be ahead of the server by the tolerance, and the schedule goes on after the last one. */
const TOLERANCE_MS = 120_000;

/** What is on the server's disk, read without its code. */
export function storedDocs(db: Database): Map<string, Y.Doc> {
  const docs = new Map<string, Y.Doc>();
  const rooms = db.prepare<[], { name: string }>('SELECT name FROM rooms').all();
  const snapshot = db.prepare<[string], { seq: number; data: Buffer }>(
    'SELECT seq, data FROM snapshots WHERE room = ?',
  );
  const updates = db.prepare<[string, number], { data: Buffer }>(
    'SELECT data FROM updates WHERE room = ? AND seq > ? ORDER BY seq',
  );
  for (const { name } of rooms) {
    const doc = new Y.Doc();
    const folded = snapshot.get(name);
    if (folded) Y.applyUpdate(doc, folded.data);
    for (const { data } of updates.all(name, folded?.seq ?? 0)) Y.applyUpdate(doc, data);
    docs.set(name, doc);
  }
  return docs;
}

/** L4. A replica of somebody without the right may hold more: what they wrote, and it must count as waiting. */
export function checkReplica(oracle: Oracle, tab: Tab, { name, doc: stored, records: there }: StoredRoom): void {
  const room = [...(tab.workspace?.roomsHere() ?? [])].find((each) => each.name === name);
  if (!room) return;
  const { isWelcome, role } = tab.device.account;
  const index = canonicalRecords(room.records, tab.device.options.registry);
  const anew = new RoomRecords(room.doc, tab.device.options.registry);
  if (canonicalRecords(anew, tab.device.options.registry) !== index) {
    oracle.blame('L4', `${tab.name}: the records of ${name} are not what its document says`);
  }
  anew.destroy();
  const mine = contentsOf(room.doc);
  if (isWelcome && role !== 'viewer') {
    if (mine !== contentsOf(stored))
      oracle.blame('L4', `${tab.name} and the server differ in ${name}: ${difference(room.doc, stored)}`);
    const seen = new RoomRecords(room.doc, later);
    if (canonicalRecords(seen, later) !== canonicalRecords(there, later))
      oracle.blame('L4', `${tab.name}: other records in ${name}`);
    seen.destroy();
    return;
  }
  if (isWelcome) {
    const both = new Y.Doc();
    Y.applyUpdate(both, Y.encodeStateAsUpdate(stored));
    Y.applyUpdate(both, Y.encodeStateAsUpdate(room.doc));
    if (contentsOf(both) !== mine) oracle.blame('L4', `${tab.name} lacks something of ${name}`);
  }
  for (const entries of oracle.entries.values()) {
    for (const entry of entries) {
      if (entry.room !== name || entry.tab?.device !== tab.device || !entry.isKept || oracle.isCommitted(entry))
        continue;
      const from = room.ownClocks.waiting().get(entry.client);
      if (from === undefined || entry.clock < from) {
        oracle.blame('L6', `${tab.name}: ${entry.id}/${entry.path} is only here and does not count as waiting`);
      }
    }
  }
}

/** L7: what a board, a list and a forecast ask of the records. */
export function checkScreens(oracle: Oracle, tab: Tab): void {
  const { workspace } = tab;
  if (!workspace) return;
  const stages = workspace.collection('stage').all() as readonly Stage[];
  const deals = workspace.collection('deal').all() as readonly Deal[];
  const byId = new Map(stages.map((stage) => [stage.id as string, stage]));
  for (const deal of deals) {
    const stage = workspace.collection('stage').byIdInTrash(deal.place[1]) as Stage | undefined;
    if (!['open', 'won', 'lost'].includes(statusOf(stage))) oracle.blame('L7', `${deal.id} has no status`);
    if (!Number.isFinite(probabilityOf(deal, stage))) oracle.blame('L7', `${deal.id} has no probability`);
  }
  const pipelines = workspace.collection('pipeline').all();
  const columns = pipelines.flatMap(({ id }) =>
    stagesOf(stages, id).map((stage) => deals.filter((deal) => deal.place[1] === stage.id)),
  );
  const unknown = deals.filter(
    (deal) => !byId.has(deal.place[1]) || !pipelines.some(({ id }) => id === byId.get(deal.place[1])?.pipeline),
  );
  const onBoard = columns.reduce((sum, column) => sum + [...column].sort(compareCards).length, 0);
  if (onBoard + unknown.length !== deals.length)
    oracle.blame('L7', `${tab.name}: ${deals.length} deals, ${onBoard} on the board and ${unknown.length} unknown`);
  for (const name of ['deal', 'contact', 'company', 'stage'] as const) {
    const listed = workspace
      .collection(name)
      .all()
      .map(({ id }) => id as string)
      .sort();
    const records = [...workspace.roomsHere()].flatMap((room) => [...room.records.all(name)]);
    const there = records
      .filter(({ deleted, mergedInto }) => !deleted && mergedInto === null)
      .map(({ id }) => id)
      .sort();
    if (canonical(listed) !== canonical(there))
      oracle.blame('L7', `${tab.name}: the list of ${name}s is not what the records say`);
  }
}

/** L8. */
export function checkStamps(oracle: Oracle, { name, doc }: StoredRoom, now: number): void {
  const limit = now + TOLERANCE_MS;
  doc.getMap<unknown>(RECORDS).forEach((value, key) => {
    const parsed = parseKey(key);
    const stamp = parsed.kind === 'base' ? String(readBase(value).s) : parsed.stamp;
    if (stampTime(stamp) > limit)
      oracle.blame('L8', `${name}: ${key} is ${Math.round((stampTime(stamp) - now) / 1000)} s ahead`);
  });
}

/** All entries of a document, sorted. */
export function contentsOf(doc: Y.Doc): string {
  const entries: string[] = [];
  doc.getMap<unknown>(RECORDS).forEach((value, key) => {
    entries.push(`${key}=${canonical(value)}`);
  });
  return entries.sort().join('\n');
}

function difference(left: Y.Doc, right: Y.Doc): string {
  const [here, there] = [new Set(contentsOf(left).split('\n')), new Set(contentsOf(right).split('\n'))];
  const more = [...here].filter((line) => !there.has(line));
  const less = [...there].filter((line) => !here.has(line));
  return `more ${JSON.stringify(more.slice(0, 3))}, less ${JSON.stringify(less.slice(0, 3))}`;
}

function canonicalRecords(records: RoomRecords, registry: Registry): string {
  return Object.keys(registry)
    .flatMap((name) => [...records.all(name)])
    .map(canonical)
    .sort()
    .join('\n');
}
