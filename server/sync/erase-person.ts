/**
 * Erasing a person, as privacy law asks for it: the contact, what is only about them, the files on it, what the history and
 * the log of updates hold of it. Unlike emptying the trash this leaves no bytes: the rooms are written anew without them.
 * Devices follow as they follow a purge, and clean their own copies (client/data/clean-copy.ts).
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Tx } from '../../shared/commands/command.ts';
import { type EntityName, entities, isEntityName } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { scrubRecords } from '../../shared/sync/scrub.ts';
import type { Erasures } from '../storage/erasures.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { UpdateLog } from '../storage/update-log.ts';
import { type Actor, writeOwn } from './own-writes.ts';
import { keysIn, type PersonTraces, pointingTo, unlinked } from './person-traces.ts';
import { removeKeys } from './purge.ts';
import { exportRooms } from './room-texts.ts';
import type { Rooms } from './rooms.ts';
import { storeOwn } from './store-own.ts';

export interface ErasingServices {
  readonly rooms: Rooms;
  readonly log: UpdateLog;
  readonly erasures: Erasures;
  readonly files?: FileStore;
  readonly spaces: { all(): readonly string[] };
}

const KINDS: readonly RoomKind[] = ['workspace', 'pipeline', 'work', 'directory', 'timeline'];

/**
 * Erases what `traces` lists as the person's own. Should the process end before it is through, the next start goes on.
 *
 * @throws RoomDamaged and disk errors; what was done until then stays done.
 */
export async function erasePerson(services: ErasingServices, traces: PersonTraces, actor: Actor): Promise<void> {
  const ids = new Set(traces.own.map(({ record }) => record.id));
  services.erasures.begin([...ids], actor.userId);
  unlink(services, ids, actor);
  await finishErasure(services, { ids, actor, words: traces.words, hashes: traces.hashes });
}

/** Erases what a former process had begun to, or a restored backup brought back. Returns how many records. */
export async function resumeErasures(services: ErasingServices): Promise<number> {
  const ids = new Set(services.erasures.unfinished());
  if (ids.size === 0) return 0;
  unlink(services, ids, null);
  await finishErasure(services, { ids, actor: null, words: [], hashes: hashesOf(services, ids) });
  return ids.size;
}

interface Erasing {
  readonly ids: ReadonlySet<string>;
  readonly actor: Actor | null;
  readonly words: readonly string[];
  readonly hashes: readonly string[];
}

async function finishErasure(services: ErasingServices, { ids, actor, words, hashes }: Erasing): Promise<void> {
  const { rooms, log, erasures, files } = services;
  const { committer } = rooms.services;
  committer.flush();
  // Former generations too: devices that were away for long still ask for them.
  const involved = log.roomNames().flatMap((name) => {
    const room = rooms.openExact(name);
    const here = keysIn(room, ids);
    return here.length === 0 ? [] : [{ room, here }];
  });
  storeOwn(rooms.services, { involved: involved.map(({ room }) => room), userId: actor?.userId ?? null }, (origin) => {
    for (const { room, here } of involved) {
      room.doc.transact(() => {
        for (const id of here) removeKeys(room, id);
      }, origin);
    }
  });
  // All of them: what was replaced long ago in a room that has nothing of the person now still lies in its log.
  for (const name of log.roomNames()) {
    committer.flush();
    const room = rooms.openExact(name);
    scrubRecords(room.doc, ids);
    if (room.lastSeq > 0) room.rewrite();
    await nextTurn();
  }
  erasures.noteFiles(hashes);
  for (const hash of hashes) files?.remove(hash);
  committer.flush();
  erasures.blank({ records: [...ids], words });
  rooms.tidy();
  erasures.compact();
  erasures.finish([...ids]);
}

/** Takes the erased out of the records that stay: people of a deal, guests, what an entry is about. */
function unlink({ rooms, log, spaces }: ErasingServices, ids: ReadonlySet<string>, actor: Actor | null): void {
  const changes: { entity: EntityName; id: string; values: Readonly<Record<string, unknown>> }[] = [];
  for (const record of pointingTo({ log, rooms }, ids, spaces.all())) {
    if (ids.has(record.id) || !isEntityName(record.entity)) continue;
    const values = unlinked(record, ids);
    if (Object.keys(values).length > 0) changes.push({ entity: record.entity, id: record.id, values });
  }
  if (changes.length === 0) return;
  writeOwn(rooms, { actor, kinds: KINDS, spaces: spaces.all().slice(1) }, (tx: Tx) => {
    for (const { entity, id, values } of changes) tx.patch(entities[entity], id, values as never);
  });
}

/** Content of erased files that no other record holds. */
function hashesOf({ rooms, log, spaces }: ErasingServices, ids: ReadonlySet<string>): readonly string[] {
  const [gone, kept] = [new Set<string>(), new Set<string>()];
  for (const { records } of exportRooms({ log, rooms }, spaces.all())) {
    for (const { id, hash } of records.all('file')) {
      if (typeof hash === 'string') (ids.has(id) ? gone : kept).add(hash);
    }
  }
  return [...gone].filter((hash) => !kept.has(hash));
}
