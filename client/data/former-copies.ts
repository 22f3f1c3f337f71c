/**
 * Copies of the workspace that this device kept when the server began a new line of data: after it was set back to a
 * backup, or wiped. Nothing of them is sent by itself. What the present workspace lacks is shown, and taken over or
 * downloaded when the person says so; the copy goes when the person says so, too.
 */
import * as Y from 'yjs';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { refusalOf } from '../../shared/model/rights.ts';
import { type MissingEntry, missingEntries, putEntry } from '../../shared/sync/missing-entries.ts';
import { parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { formatRoomName, parseRoomName, type RoomName } from '../../shared/sync/room-names.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import type { ClientRoom } from './client-room.ts';
import { toBase64 } from './export-local-data.ts';
import { FORMER, type FormerCopiesOptions, type FormerWorkspace, readFormer } from './former-shelf.ts';
import { deleteLocalStore, openLocalStore } from './local-store.ts';
import { readFragment, writeFragment } from './rich-fragment.ts';
import { runInSlices } from './slices.ts';
import { describeWaiting, type WaitingEdit } from './waiting.ts';
import type { FormerCopy, FormerNews } from './workspace.ts';

/** A room that is not here by then cannot be reached. */
const PATIENCE_MS = 20_000;
const STEP_MS = 50;

/** One of them, with what can be done with it. `onDiscarded` is told when it is gone. */
export function formerCopy(former: FormerWorkspace, options: FormerCopiesOptions, onDiscarded: () => void): FormerCopy {
  const { shelf, serverId, me, rooms, databaseName } = options;
  const storeOf = (room: string) => databaseName(former.serverId, former.me.userId, room);

  /** What was listed, and the years that somebody looked at or wrote to since. Of a room that went over only what it became. */
  async function roomNames(): Promise<readonly string[]> {
    const listed = former.rooms.flatMap((name) => parseRoomName(name) ?? []);
    const start = storeOf('');
    const stores = (await indexedDB.databases?.().catch(() => [])) ?? [];
    const years = stores.flatMap(({ name = '' }) => {
      const parts = name.startsWith(start) ? parseRoomName(name.slice(start.length)) : null;
      const isNew = parts !== null && parts.year !== null && !listed.some((each) => isSamePlace(each, parts));
      return isNew ? [formatRoomName(parts)] : [];
    });
    return [...former.rooms, ...years];
  }

  /** Opens each room's copy, one after the other, and closes it again. */
  async function eachRoom(use: (doc: Y.Doc, name: string) => Promise<void> | void): Promise<void> {
    for (const name of await roomNames()) {
      const doc = new Y.Doc();
      const store = openLocalStore({ name: storeOf(name), doc, onProblem: () => undefined });
      await store.loaded;
      await use(doc, name);
      await store.close();
      doc.destroy();
    }
  }

  const roomAt = (parts: RoomName) => [...rooms()].find((room) => isSamePlace(room.parts, parts));

  /** The room of this workspace where these records belong, complete; undefined when there is none or it cannot be reached. */
  async function homeOf(name: string): Promise<ClientRoom | undefined> {
    const parts = parseRoomName(name);
    if (parts === null) return undefined;
    if (parts.year !== null && roomAt(parts) === undefined) await options.openTimeline(parts.year);
    for (let waited = 0; waited < PATIENCE_MS && roomAt(parts)?.hasCopy() === false; waited += STEP_MS) {
      await new Promise((next) => setTimeout(next, STEP_MS));
    }
    const home = roomAt(parts);
    return home?.hasCopy() ? home : undefined;
  }

  /** What this workspace lacks and this person may write: what the server would refuse stays in the copy. */
  function missingIn(target: ClientRoom, doc: Y.Doc, whose: 'mine' | 'everything'): readonly MissingEntry[] {
    const missing = missingEntries(doc, target.records, whose === 'mine' ? former.me.memberId : undefined);
    if (target.parts.kind !== 'workspace') return missing;
    // Teammates an import made have no address.
    const isAccount = (id: string) => (target.records.get(id)?.email ?? '') !== '';
    const facts = { role: me.role, room: target.parts.kind, roomOf, isAccount };
    return missing.filter(({ key }) => {
      const parsed = parseKey(key);
      const path = parsed.kind === 'edit' ? parsed.path : '';
      return refusalOf({ entity: entityNameOf(parsed.id), id: parsed.id, path }, facts) === null;
    });
  }

  async function news(whose: 'mine' | 'everything'): Promise<FormerNews> {
    const records = new Set<string>();
    let entries = 0;
    const changes = [] as WaitingEdit[];
    const found = new Map<string, ReturnType<RoomRecords['get']>>();
    let homeless = 0;
    await eachRoom(async (doc, name) => {
      if (doc.getMap(RECORDS).size === 0) return;
      const target = await homeOf(name);
      if (target === undefined) {
        for (const key of doc.getMap(RECORDS).keys()) if (parseKey(key).kind === 'base') homeless++;
        return;
      }
      const missing = missingIn(target, doc, whose);
      if (missing.length === 0) return;
      const old = new RoomRecords(doc, entities);
      for (const { key } of missing) {
        const edit = waitingEditOf(key);
        entries++;
        records.add(edit.id);
        changes.push(edit);
        found.set(edit.id, old.get(edit.id));
      }
      old.destroy();
    });
    return {
      entries,
      records: records.size,
      changes: describeWaiting(changes, (id) => found.get(id), entities),
      homeless,
    };
  }

  return {
    id: `${former.serverId}/${former.me.userId}`,
    at: former.at,
    isOtherServer: former.serverId !== serverId,
    news,
    async takeOver(whose) {
      let count = 0;
      await eachRoom(async (doc, name) => {
        const target = doc.getMap(RECORDS).size === 0 ? undefined : await homeOf(name);
        if (target === undefined) return;
        const missing = missingIn(target, doc, whose);
        const put = (entry: MissingEntry) =>
          target.doc.transact(() => putEntry(target.records.map, entry), 'former copy');
        await runInSlices(missing, put);
        count += missing.length;
        const changed = new Set(missing.map(({ key }) => parseKey(key).id));
        bringTexts(doc, target, (id) => whose === 'everything' || changed.has(id));
        await target.store.stored();
      });
      return count;
    },
    async download() {
      const updates: Record<string, string> = {};
      const records: Record<string, unknown[]> = {};
      await eachRoom((doc, name) => {
        updates[name] = toBase64(Y.encodeStateAsUpdate(doc));
        const old = new RoomRecords(doc, entities);
        for (const entity of Object.keys(entities)) {
          records[entity] ??= [];
          for (const record of old.all(entity)) records[entity]?.push(record);
        }
        old.destroy();
      });
      const file = {
        format: 'rapport-device-copy',
        version: 1,
        what: 'everything',
        savedAt: new Date(former.at).toISOString(),
        serverId: former.serverId,
        member: { memberId: former.me.memberId, name: former.me.name },
        records,
        updates,
      };
      return new Blob([JSON.stringify(file)], { type: 'application/json' });
    },
    async discard() {
      await Promise.all((await roomNames()).map((room) => deleteLocalStore(storeOf(room))));
      const left = readFormer(shelf).filter(
        (each) => `${each.serverId}/${each.me.userId}` !== `${former.serverId}/${former.me.userId}`,
      );
      shelf.setItem(FORMER, JSON.stringify(left));
      onDiscarded();
    },
  };
}

const TEXT = 'text:';

/** Texts that people write together have no entries: one that is empty here gets what it said, form included. */
function bringTexts(from: Y.Doc, to: ClientRoom, isWanted: (id: string) => boolean): void {
  for (const name of [...from.share.keys()]) {
    const id = name.startsWith(TEXT) ? name.slice(TEXT.length) : '';
    if (id === '' || !isWanted(id) || to.records.get(id) === undefined) continue;
    const [old, here] = [from.getXmlFragment(name), to.doc.getXmlFragment(name)];
    if (old.length === 0 || here.length > 0) continue;
    to.doc.transact(() => writeFragment(here, readFragment(old)), 'former copy');
  }
}

const roomOf = (entity: string) => (isEntityName(entity) ? entities[entity].room : undefined);

const isSamePlace = (left: RoomName, right: RoomName) =>
  left.space === right.space && left.kind === right.kind && left.year === right.year;

function waitingEditOf(key: string): WaitingEdit {
  const parsed = parseKey(key);
  return parsed.kind === 'base'
    ? { id: parsed.id, path: '', stamp: '', isRefused: false }
    : { id: parsed.id, path: parsed.path, stamp: stampTime(parsed.stamp) > 0 ? parsed.stamp : '', isRefused: false };
}
