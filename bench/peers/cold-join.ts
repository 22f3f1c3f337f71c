/** A device that has nothing joins a large room right after the server was started again: when is the last byte here? */
import { get } from 'node:http';
import { join } from 'node:path';
import { createGunzip } from 'node:zlib';
import Database from 'better-sqlite3';
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import { entities } from '../../shared/entities/registry.ts';
import { runCommand } from '../../shared/sync/doc-tx.ts';
import { MESSAGE, SYNC } from '../../shared/sync/protocol.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { createClock } from '../../shared/sync/stamp.ts';
import { percentile } from '../measure.ts';
import { seededRecords } from '../seeded.ts';
import { speechOf } from './dialect.ts';
import { bytesOnly, type Contestant, memory, type Started } from './servers.ts';
import { Wire } from './wire.ts';
import { withFolder } from './workplace.ts';

export interface ColdJoin {
  readonly ms: number;
  /** The first of them: what is worked out once is worked out there. */
  readonly firstMs: number;
  readonly megabytesSent: number;
  /** The most memory the server ever had. */
  readonly serverMegabytes: number;
}

const ROOM = 'team.directory.1';
/** A state vector of who has nothing. */
const NOTHING = new Uint8Array([0]);
const STEP = 2_000;
const PATIENCE_MS = 40_000;
/** Hocuspocus writes two to ten seconds after the last change. */
const STORED_AFTER_MS = 5_000;

/** A directory of so many contacts and their companies, as our client would have written it. */
export function directoryOf(contacts: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = 4_000_000_007;
  const room = new RoomRecords(doc, entities);
  const clock = createClock(Date.now, 'bench00000');
  const context = { registry: entities, rooms: { homeOf: () => room, holding: () => [room] }, clock, actor: '' };
  const seeds = seededRecords({ contacts, deals: 0 }).filter(({ entity }) => entity.room === 'directory');
  for (let start = 0; start < seeds.length; start += STEP) {
    const write = (tx: Parameters<Parameters<typeof runCommand>[1]>[0]) => {
      for (const { entity, id, values } of seeds.slice(start, start + STEP)) tx.insert(entity, values, id);
    };
    runCommand(context, write, 'bench');
  }
  return Y.encodeStateAsUpdate(doc);
}

/** @param isDownloaded over HTTP first, as our client does, then the socket for what came since. */
export function coldJoin(
  contestant: Contestant,
  document: Uint8Array,
  runs: number,
  isDownloaded = false,
): Promise<ColdJoin> {
  return withFolder(async (folder) => {
    if (contestant === bytesOnly) storeBytes(folder, document);
    else {
      const server = await contestant.start(folder);
      await upload(server, document);
      // Ours says `saved` when it is on disk.
      if (contestant.dialect !== 'rapport') await new Promise((resolve) => setTimeout(resolve, STORED_AFTER_MS));
      await server.stop();
    }
    const stateVector = isDownloaded ? Y.encodeStateVectorFromUpdate(document) : NOTHING;
    const joins: Omit<ColdJoin, 'firstMs'>[] = [];
    for (let run = 0; run < runs; run++) {
      const server = await contestant.start(folder);
      try {
        const joined = await joinOnce(server, document.length, isDownloaded, stateVector);
        joins.push({ ...joined, serverMegabytes: memory(server.pid).most });
      } finally {
        await server.stop();
      }
    }
    const median = (of: (each: Omit<ColdJoin, 'firstMs'>) => number) => percentile(joins.map(of), 0.5);
    return {
      firstMs: joins[0]?.ms ?? Number.NaN,
      ms: median(({ ms }) => ms),
      megabytesSent: median(({ megabytesSent }) => megabytesSent),
      serverMegabytes: median(({ serverMegabytes }) => serverMegabytes),
    };
  });
}

function storeBytes(folder: string, document: Uint8Array): void {
  const db = new Database(join(folder, 'bytes.sqlite'));
  db.exec('CREATE TABLE documents (data blob)');
  db.prepare('INSERT INTO documents VALUES (?)').run(document);
  db.close();
}

/** From the first packet to the last byte, unpacked. */
async function joinOnce(server: Started, length: number, isDownloaded: boolean, stateVector: Uint8Array) {
  const began = performance.now();
  const packed = isDownloaded ? await download(server, length) : 0;
  const bytes = await sync(server, stateVector, isDownloaded ? 0 : length);
  return { ms: performance.now() - began, megabytesSent: (packed + bytes) / 1e6 };
}

/** Resolves with the bytes received when the room's snapshot is here and unpacked. */
function download(server: Started, length: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { cookie: server.cookie, 'accept-encoding': 'gzip' };
    const request = get(`${server.url}/api/rooms/${ROOM}/snapshot`, { headers }, (answer) => {
      let [packed, unpacked] = [0, 0];
      answer.on('data', (chunk: Buffer) => (packed += chunk.length));
      const gunzip = answer.pipe(createGunzip({ chunkSize: 256 * 1024 }));
      gunzip.on('data', (chunk: Buffer) => (unpacked += chunk.length));
      gunzip.once('error', reject);
      gunzip.once('end', () => {
        if (unpacked >= length * 0.9) resolve(packed);
        else reject(new Error(`${unpacked} of ${length} bytes were downloaded`));
      });
    });
    request.once('error', reject);
  });
}

/** Resolves with the bytes received when a step 2 is here and, in all, at least nine tenths of `length`. */
function sync(server: Started, stateVector: Uint8Array, length: number): Promise<number> {
  const target = server.target(ROOM);
  const speech = speechOf(target.dialect, target.room);
  return new Promise((resolve, reject) => {
    let isSynced = false;
    const patience = setTimeout(() => reject(new Error('the room did not arrive')), PATIENCE_MS);
    const wire = new Wire({
      ...target,
      onMessage(bytes, from) {
        const at = from + speech.prefix;
        if (speech.isSync(bytes[at] ?? 0) && bytes[at + 1] === SYNC.step2) isSynced = true;
        // Some load in the background: an empty answer first, then everything as one update.
        if ((!isSynced && target.dialect !== 'raw') || wire.received < length * 0.9) return;
        clearTimeout(patience);
        wire.close();
        resolve(wire.received);
      },
      onClose: () => undefined,
    });
    for (const message of speech.opening(6_000_000_001, stateVector)) wire.send(message);
  });
}

/** Sends the whole document as one update, and waits until the server says that it has it. */
function upload(server: Started, document: Uint8Array): Promise<void> {
  const target = server.target(ROOM);
  const speech = speechOf(target.dialect, target.room);
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error('the upload was not taken')), PATIENCE_MS);
    let isSent = false;
    const wire = new Wire({
      ...target,
      onMessage(bytes, from, to) {
        const at = from + speech.prefix;
        if (speech.isSync(bytes[at] ?? 0) && bytes[at + 1] === SYNC.step2 && !isSent) {
          isSent = true;
          wire.send(speech.sync(SYNC.step2, document));
          // Asked until the answer names the document's client.
          const asking = setInterval(() => wire.send(speech.sync(SYNC.step1, stateVectorAbove(document))), 2_000);
          asking.unref();
        } else if (isSent && speech.isSync(bytes[at] ?? 0) && bytes[at + 1] === SYNC.step1) {
          finishWhenKnown(bytes.subarray(at + 2, to));
        } else if (isSent && target.dialect === 'rapport' && bytes[at] === MESSAGE.saved) finish();
        else if (isSent && target.dialect === 'yjs' && bytes[at + 1] === SYNC.update) finish();
        else if (isSent && target.dialect === 'hocuspocus' && bytes[at + 1] === SYNC.update) finish();
      },
      onClose: (reason) => reject(new Error(reason)),
    });
    const finish = () => {
      clearTimeout(patience);
      wire.close();
      resolve();
    };
    const finishWhenKnown = (payload: Uint8Array) => {
      const known = Y.decodeStateVector(decoding.readVarUint8Array(decoding.createDecoder(payload)));
      if ((known.get(4_000_000_007) ?? 0) > 0) finish();
    };
    for (const message of speech.opening(4_000_000_007, NOTHING)) wire.send(message);
  });
}

const stateVectorAbove = (document: Uint8Array) => Y.encodeStateVectorFromUpdate(document);
