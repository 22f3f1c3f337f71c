/**
 * One room in this tab: its document, its copy on this device, its line to the server and its records.
 * Order: the device's copy first (the app opens without a network), then the line. Where there is no copy, the server's
 * snapshot is downloaded before the line is opened.
 */
import * as Y from 'yjs';
import type { Registry } from '../../shared/entities/registry.ts';
import type { Refused } from '../../shared/sync/protocol.ts';
import type { RoomName } from '../../shared/sync/room-names.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { type LocalStore, openLocalStore, type StorageProblem } from './local-store.ts';
import { OwnClocks } from './own-clocks.ts';
import { openRoomConnection, type RoomConnection, type RoomConnectionOptions } from './room-connection.ts';
import type { SnapshotSource } from './room-snapshot.ts';
import { FROM_OTHER_TAB, openTabChannel } from './tab-channel.ts';
import { removedAmong, type UnsentEdits, unsentEdits } from './unsent-removed.ts';

export interface ClientRoom {
  readonly name: string;
  readonly parts: RoomName;
  readonly doc: Y.Doc;
  readonly records: RoomRecords;
  readonly ownClocks: OwnClocks;
  readonly connection: RoomConnection;
  readonly store: LocalStore;
  /** Whether all of the room was on this device once: before that its emptiness means nothing. */
  hasCopy(): boolean;
  /** Share of the first download that is here; below 1 until there is a copy. */
  arrived(): number;
  /** What the server would not take since this line was opened. */
  refused(): readonly Refused[];
  close(): Promise<void>;
}

export interface ClientRoomOptions
  extends Pick<
    RoomConnectionOptions,
    'url' | 'build' | 'isOurs' | 'onOpen' | 'onClockOffset' | 'webSocket' | 'random'
  > {
  readonly name: string;
  readonly parts: RoomName;
  /** The entities this build knows. */
  readonly registry: Registry;
  /** Name of the IndexedDB database; unique to server, person and room. */
  readonly databaseName: string;
  readonly onStorageProblem: (problem: StorageProblem) => void;
  /** Where a room that is new to this device is downloaded from; left out, the line brings all of it. */
  readonly snapshots?: SnapshotSource;
  /** A change was made in this tab. */
  readonly onEdit: () => void;
  /** Ids of records that the server has removed for good. */
  readonly onRemoved?: (ids: readonly string[]) => void;
  /** Changes of this device met a removal that it had not heard of. */
  readonly onUnsentRemoved?: (unsent: readonly UnsentEdits[]) => void;
  /** What waits, what is saved, or the line may have changed. */
  readonly onStatus: () => void;
}

const SYNCED = 'synced';
/** `ETag` of the snapshot that was taken in; until all of the room is here. */
const SNAPSHOT = 'snapshot';
/** The rest is what came after the snapshot. */
const MOST_OF_IT = 0.95;
const OTHER_TAB_DELAY_MS = 300;
/** Looking for what was removed for good is nothing for a first screen. */
const CLEAN_AFTER_MS = 2_000;

export async function openClientRoom(options: ClientRoomOptions): Promise<ClientRoom> {
  const { name, databaseName, onStatus } = options;
  const doc = new Y.Doc();
  // Before the copy is read: what a slice of it brings is indexed and built in that slice, not all at its end.
  const records = new RoomRecords(doc, options.registry);
  const stopBuilding = records.onChange(({ ids }) => {
    for (const id of ids) records.get(id);
  });
  const store = openLocalStore({ name: databaseName, doc, onChange: onStatus, onProblem: options.onStorageProblem });
  await store.loaded;
  stopBuilding();
  const ownClocks = new OwnClocks(doc, store);
  await ownClocks.load();
  const notes = await store.readNotes();
  let hasCopy = notes.get(SYNCED) === true;
  let arrived = 0;
  const closing = new AbortController();
  let refused: readonly Refused[] = [];
  let unsent: readonly UnsentEdits[] = [];
  let otherTabTimer: ReturnType<typeof setTimeout> | undefined;
  let cleanTimer: ReturnType<typeof setTimeout> | undefined;
  let stopCleaning: () => void = () => undefined;

  doc.on('afterTransaction', (transaction) => {
    if (transaction.changed.size === 0) return;
    if (transaction.local) {
      ownClocks.wrote();
      options.onEdit();
    } else if (transaction.origin === FROM_OTHER_TAB) {
      // The other tab has noted its client id in the database we share.
      clearTimeout(otherTabTimer);
      otherTabTimer = setTimeout(() => ownClocks.load().then(onStatus), OTHER_TAB_DELAY_MS);
    }
    onStatus();
  });

  /** Settles when it is done or cannot be had. Its code is loaded by a device that is new here, once. */
  async function download(source: SnapshotSource): Promise<void> {
    const { takeSnapshot } = await import('./room-snapshot.ts');
    const known = notes.get(SNAPSHOT);
    const etag = await takeSnapshot({
      ...source,
      room: name,
      doc,
      epoch: ownClocks.standing().epoch,
      etag: typeof known === 'string' ? known : undefined,
      signal: closing.signal,
      onArrived({ epoch, seq }) {
        ownClocks.enterEpoch(epoch);
        ownClocks.sawSeq(seq);
      },
      onProgress(share) {
        arrived = share * MOST_OF_IT;
        onStatus();
      },
    });
    if (etag !== null) store.writeNote(SNAPSHOT, etag);
  }

  async function keepClean(): Promise<void> {
    const { keepCopyClean } = await import('./clean-copy.ts');
    if (closing.signal.aborted) return;
    stopCleaning = keepCopyClean({ doc, store, onRemoved: (ids) => options.onRemoved?.(ids) });
  }

  const source = hasCopy ? undefined : options.snapshots;
  const connection = openRoomConnection({
    ...(source ? { after: download(source).catch(() => undefined) } : {}),
    url: options.url,
    room: name,
    doc,
    build: options.build,
    clientIds: () => ownClocks.clientIds(),
    isOurs: options.isOurs,
    standing: () => ownClocks.standing(),
    mustWait(hello) {
      const { epoch } = ownClocks.standing();
      return hello.recovery === 'awaiting' && epoch !== '' && epoch !== hello.epoch && doc.store.clients.size > 0;
    },
    onClockOffset: options.onClockOffset,
    onOpen(hello) {
      refused = [];
      ownClocks.enterEpoch(hello.epoch);
      ownClocks.sawSeq(hello.seq ?? 0);
      // Whose id it is was decided before us; what is written from now on goes under another one.
      if (hello.takenClientIds.includes(doc.clientID)) doc.clientID = new Y.Doc().clientID;
      unsent = hasCopy ? unsentEdits({ doc, records, ownClocks, refused: () => [] }, options.registry) : [];
      options.onOpen(hello);
    },
    onSaved(saved) {
      ownClocks.acknowledge(saved.clocks);
      ownClocks.sawSeq(saved.seq ?? 0);
      onStatus();
    },
    onRefused(message) {
      refused = [...refused, message];
      onStatus();
    },
    onCaughtUp() {
      if (!hasCopy) {
        store.writeNote(SYNCED, true);
        store.writeNote(SNAPSHOT, undefined);
      }
      hasCopy = true;
      const removed = removedAmong(unsent, records);
      unsent = [];
      if (removed.length > 0) options.onUnsentRemoved?.(removed);
      cleanTimer ??= setTimeout(() => void keepClean().catch(() => undefined), CLEAN_AFTER_MS);
    },
    onChange: onStatus,
    ...(options.webSocket ? { webSocket: options.webSocket } : {}),
    ...(options.random ? { random: options.random } : {}),
  });
  const tabs = openTabChannel(databaseName, doc);

  return {
    name,
    parts: options.parts,
    doc,
    records,
    ownClocks,
    connection,
    store,
    hasCopy: () => hasCopy,
    arrived: () => (hasCopy ? 1 : arrived),
    refused: () => refused,
    async close() {
      clearTimeout(otherTabTimer);
      closing.abort();
      tabs.close();
      clearTimeout(cleanTimer);
      stopCleaning();
      connection.destroy();
      ownClocks.stop();
      await store.close();
      records.destroy();
      doc.destroy();
    },
  };
}
