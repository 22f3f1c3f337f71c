/**
 * Erasing a person, as privacy law asks for it: the contact, what is only about them, the files on it, what the history and
 * the log of updates hold of it. Unlike emptying the trash this leaves no bytes: the rooms are written anew without them,
 * and what lies in free pages of the file is overwritten. Others work on meanwhile: nothing here takes long in one piece.
 * Devices follow as they follow a purge, and clean their own copies (client/data/clean-copy.ts).
 */
import type { Tx } from '../../shared/commands/command.ts';
import { type EntityName, entities, isEntityName } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { scrubRecords } from '../../shared/sync/scrub.ts';
import type { Erasures } from '../storage/erasures.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { UpdateLog } from '../storage/update-log.ts';
import { rewriteRoomInTurns } from './fold-room.ts';
import { type Actor, writeOwn } from './own-writes.ts';
import { keysIn, type PersonTraces, pointingTo, unlinked } from './person-traces.ts';
import { removeKeys } from './purge.ts';
import { createRewriter } from './rewriter.ts';
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
  const { words, hashes } = traces;
  services.erasures.begin({ records: [...ids], words, hashes }, actor.userId);
  await unlink(services, ids, actor);
  await finishErasure(services, { ids, actor, words, hashes });
}

/** Erases what a former process had begun to, or a restored backup brought back. Returns how many records. */
export async function resumeErasures(services: ErasingServices): Promise<number> {
  const { records, words, hashes } = services.erasures.unfinished();
  const ids = new Set(records);
  if (ids.size === 0) return 0;
  await unlink(services, ids, null);
  await finishErasure(services, { ids, actor: null, words, hashes: hashesOf(services, ids, hashes) });
  return ids.size;
}

interface Erasing {
  readonly ids: ReadonlySet<string>;
  readonly actor: Actor | null;
  readonly words: readonly string[];
  readonly hashes: readonly string[];
}

async function finishErasure(services: ErasingServices, erasing: Erasing): Promise<void> {
  const { rooms, log, erasures, files } = services;
  const { ids, words, hashes } = erasing;
  const scrubbing = erasures.scrub();
  const rewriter = createRewriter();
  try {
    await takeOut(services, erasing);
    // All of them: what was replaced long ago in a room that has nothing of the person now still lies in its log.
    for (const name of log.roomNames()) {
      if (log.lastSeq(name) === 0) continue;
      for (let isWritten = false; !isWritten; ) {
        const room = await rooms.prepare(name);
        scrubRecords(room.doc, ids);
        isWritten = await rewriteRoomInTurns(rooms.services, room, (stored) => rewriter.snapshotOf(stored, ids));
      }
      await scrubbing.settle();
    }
    erasures.noteFiles(hashes);
    for (const hash of hashes) files?.remove(hash);
    rooms.services.committer.flush();
    await erasures.blankAll({ records: [...ids], words });
    erasures.forgetWords();
    await scrubbing.finish();
    erasures.finish([...ids]);
  } finally {
    rewriter.end();
    scrubbing.end();
  }
}

/** Takes the records out of the rooms, former generations too: devices that were away for long still ask for those. */
async function takeOut({ rooms, log }: ErasingServices, { ids, actor }: Erasing): Promise<void> {
  const names = log.roomNames();
  for (const name of names) await rooms.prepare(name);
  rooms.services.committer.flush();
  const involved = names.flatMap((name) => {
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
}

/** Takes the erased out of the records that stay: people of a deal, guests, what an entry is about. */
async function unlink(
  { rooms, log, spaces }: ErasingServices,
  ids: ReadonlySet<string>,
  actor: Actor | null,
): Promise<void> {
  const changes: { entity: EntityName; id: string; values: Readonly<Record<string, unknown>> }[] = [];
  for await (const record of pointingTo({ log, rooms }, ids, spaces.all())) {
    if (ids.has(record.id) || !isEntityName(record.entity)) continue;
    const values = unlinked(record, ids);
    if (Object.keys(values).length > 0) changes.push({ entity: record.entity, id: record.id, values });
  }
  if (changes.length === 0) return;
  writeOwn(rooms, { actor, kinds: KINDS, spaces: spaces.all().slice(1) }, (tx: Tx) => {
    for (const { entity, id, values } of changes) tx.patch(entities[entity], id, values as never);
  });
}

/** Content of erased files, those that are noted among them, that no other record holds. */
function hashesOf(
  { rooms, log, spaces }: ErasingServices,
  ids: ReadonlySet<string>,
  noted: readonly string[],
): readonly string[] {
  const [gone, kept] = [new Set<string>(noted), new Set<string>()];
  for (const { records } of exportRooms({ log, rooms }, spaces.all())) {
    for (const { id, hash } of records.all('file')) {
      if (typeof hash === 'string') (ids.has(id) ? gone : kept).add(hash);
    }
  }
  return [...gone].filter((hash) => !kept.has(hash));
}
