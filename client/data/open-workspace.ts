/**
 * Puts the data engine together: rooms, records, commands, undo, search and the state of sync become one `Workspace`.
 * `session.ts` calls this once it knows whose data it is; screens get the result with `useWorkspace()`.
 */
import { createMemo, createRoot, createSignal, untrack } from 'solid-js';
import { noteRemovals } from '../../shared/commands/removed-commands.ts';
import { entities, type Registry } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { may } from '../../shared/model/rights.ts';
import type { CommandContext } from '../../shared/sync/doc-tx.ts';
import { CLOSE } from '../../shared/sync/protocol.ts';
import { parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import { createClock, newWriter } from '../../shared/sync/stamp.ts';
import { guardUnload, listenToNetwork } from '../platform/page-events.ts';
import { learnClockOffset } from '../platform/right-now.ts';
import type { ClientRoom } from './client-room.ts';
import { createCommandRunner, keepPlainText } from './commands.ts';
import { createSyncStatus } from './create-sync-status.ts';
import { clearDrafts } from './drafts.ts';
import type { EarlierYears } from './earlier-years.ts';
import { createEditReaders } from './edits-of-records.ts';
import { createFormerCopies } from './former-list.ts';
import { createLateFiles, withFiles } from './late-files.ts';
import { createLeavingSpaces } from './leaving-spaces.ts';
import { deleteLocalStore, deleteLocalStores } from './local-store.ts';
import { createOpenRooms } from './open-rooms.ts';
import type { Presence } from './presence.ts';
import { createQueries } from './queries.ts';
import { createRecordAbout } from './record-about.ts';
import { forgetRecords } from './removed-records.ts';
import { createRoomsOfRecords } from './rooms-of-records.ts';
import { createSearch } from './search.ts';
import { createSessionDoubt } from './session-doubt.ts';
import { createSpaces, type SpaceInfo } from './spaces.ts';
import { createTables } from './tables.ts';
import { createTexts } from './texts.ts';
import { createUndoHistory } from './undo.ts';
import { createUndoShelf } from './undo-shelf.ts';
import type { UnsentEdits } from './unsent-removed.ts';
import type { Me, Workspace } from './workspace.ts';
import { writeRefusals } from './write-refusals.ts';

export interface OpenWorkspaceOptions {
  readonly me: Me;
  readonly serverId: string;
  /** Full room names as `GET /api/rooms` lists them; the last known ones when the server is out of reach. */
  readonly rooms: readonly string[];
  /** Former generations that everything was sent of; removed with the rest at sign-out. */
  readonly leftRooms?: readonly string[];
  readonly onRoomLeft?: (name: string) => void;
  /** The private spaces this person is in, as the server last said. */
  readonly spaces?: readonly SpaceInfo[];
  /** Nothing of a space is left on this device. */
  readonly onSpaceRemoved?: (space: string) => void;
  /** `wss://host/sync`. */
  readonly websocketUrl: string;
  readonly build: string;
  /** The entities this build knows; a simulation mixes builds. */
  readonly registry?: Registry;
  /** True when the server has said that nobody is signed in here. Tracks. */
  readonly isSignedOut?: () => boolean;
  /** The server closed a line because of who asks: ask it who is signed in. */
  readonly onSessionDoubt?: () => void;
  /** Local data is gone; end the session on the server and show the sign-in page. */
  readonly onSignedOut?: () => Promise<void>;
  /** Where former workspaces of this device are remembered. */
  readonly shelf?: Pick<Storage, 'getItem' | 'setItem'>;
  /** What a reload of this tab keeps: its steps of undo. */
  readonly tabStorage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly lastSyncedAt?: number | null;
  readonly rememberSynced?: (at: number) => void;
  /** How rooms that are new to this device are downloaded before their lines open; left out, the lines bring everything. */
  readonly fetchSnapshots?: typeof fetch;
  /** Keeps files of records on this device and sends them; the page's own server is asked for them. */
  readonly hasFiles?: boolean;
  /**
   * What this device has of years before the last one is opened, and the others are fetched, each after so long in which
   * there is nothing else to do. Left out: neither.
   */
  readonly earlierYearsAfterMs?: number;
  /** The first page is shown: what it does without is loaded from then on; at once when left out. */
  readonly whenShown?: Promise<void>;
  readonly webSocket?: typeof WebSocket;
  readonly random?: () => number;
  /** The device's wall clock, epoch ms. */
  readonly now?: () => number;
}

export interface OpenWorkspace extends Workspace {
  /** The server has confirmed who this is (again): profile and role as it says, and try all lines now. */
  resume(me: Me): void;
  /** Opens rooms that were not there when the workspace was opened. */
  setRooms(names: readonly string[]): void;
  /** The spaces this person is in, and those they were taken out of: what is here of these goes. */
  setSpaces(spaces: readonly SpaceInfo[], left: readonly SpaceInfo[]): void;
  /** The rooms behind it, for the simulator's oracle. */
  roomsHere(): Iterable<ClientRoom>;
  /** Changes that are not with the server, those it refused included. */
  unsentCount(): number;
  /** Writes what is being written, closes everything. Local data stays. */
  dispose(): Promise<void>;
}

const NOTHING_KEPT = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

const MOVED_COMES_WITHIN_MS = 3_000;

/** Resolves when the local copies that a first screen needs are readable; never waits for the network. */
export async function openWorkspace(options: OpenWorkspaceOptions): Promise<OpenWorkspace> {
  const { serverId, registry = entities, isSignedOut = () => false, now = Date.now } = options;
  const { rememberSynced = () => undefined } = options;
  const [me, setMe] = createSignal<Me>(options.me);
  const clock = createClock(now, newWriter(options.me.memberId));
  const tables = createTables();
  const queries = createQueries(tables);
  const search = createSearch(tables);
  const about = createRecordAbout(tables);
  let isDisposed = false;
  let setRead: () => void = () => undefined;
  /** All rooms are read, and indexes are made. */
  const whenRead = new Promise<void>((resolve) => {
    setRead = resolve;
  });
  let hasAskedToPersist = false;
  const origin = Symbol('command');
  const [presence, setPresence] = createSignal<Presence | null>(null);

  const [readableKinds, setReadableKinds] = createSignal<ReadonlySet<string>>(new Set());

  const databaseName = (room: string) => databaseNameOf(serverId, options.me.userId, room);
  const rooms = createOpenRooms({
    options,
    registry,
    tables,
    databaseName,
    now,
    onClockOffset(offset) {
      clock.correct(offset);
      learnClockOffset(offset);
    },
    onEdit: askToPersist,
    onRemoved: removedForGood,
    onUnsentRemoved: tellOfRemovals,
    onStatus: statusChanged,
    // What is on its way off this device may be gone already.
    onStorageProblem: (name, problem) => (leaving.rooms.has(name) ? undefined : sync.reportStorageProblem(problem)),
    onHello(hello) {
      sessionDoubt.trust();
      if (hello.role !== me().role) setMe({ ...me(), role: hello.role });
      lateFiles.files()?.tryNow();
    },
    onOpened({ doc, records, connection }) {
      clock.observe(records.highestStamp);
      records.onChange(() => clock.observe(records.highestStamp));
      texts.addRoom({ doc, awareness: connection.awareness });
    },
  });
  const sessionDoubt = createSessionDoubt(now, () => options.onSessionDoubt?.(), statusChanged);
  const sync = createSyncStatus({
    rooms: rooms.told,
    roomCount: rooms.toldCount,
    tables,
    isSignedOut,
    lastSyncedAt: options.lastSyncedAt ?? null,
    rememberSynced,
    now,
  });

  const shownKey = `rapport.space.${serverId}.${options.me.memberId}`;
  const spaces = createSpaces({
    *rooms() {
      for (const { parts, records } of rooms.ofSpaces) yield { space: parts.space, records };
    },
    trackRecord: tables.trackRecord,
    list: options.spaces ?? [],
    shown: options.tabStorage?.getItem(shownKey) ?? null,
    remember: (shown) =>
      shown === null ? options.tabStorage?.removeItem(shownKey) : options.tabStorage?.setItem(shownKey, shown),
  });
  const leaving = createLeavingSpaces({
    rooms,
    spaces,
    databaseName,
    async exportUnsent(unsent) {
      const { exportLocalData } = await loadExport();
      return exportLocalData(unsent, { what: 'waiting', serverId, me: me(), now: now() });
    },
    onRemoved: (space) => options.onSpaceRemoved?.(space),
  });
  const roomsOfRecords = createRoomsOfRecords(registry, rooms, spaces);
  const context: CommandContext = { registry, rooms: roomsOfRecords.forCommands, clock, actor: options.me.memberId };

  function statusChanged(): void {
    const kinds = new Set<string>();
    for (const room of rooms.all()) {
      if (room.parts.space === TEAM_SPACE && room.hasCopy()) kinds.add(room.parts.kind);
    }
    if (kinds.size !== readableKinds().size) setReadableKinds(kinds);
    rooms.leaveReplaced();
    sync.refresh();
    presence()?.refresh();
    for (const { connection, parts } of rooms.all()) {
      const code = connection.finalClose()?.code;
      const isShut = code === CLOSE.noSuchRoom && parts.space !== TEAM_SPACE;
      if (code === CLOSE.signedOut || code === CLOSE.forbidden || isShut) {
        sessionDoubt.doubt();
        return;
      }
    }
  }

  /** After the first edit there is something to keep, and browsers say yes more readily. */
  function askToPersist(): void {
    if (hasAskedToPersist) return;
    hasAskedToPersist = true;
    void globalThis.navigator?.storage?.persist?.().catch(() => undefined);
  }

  function removedForGood(ids: readonly string[]): void {
    history.forget(ids);
    forgetRecords(ids, {
      memberId: options.me.memberId,
      files: lateFiles.files(),
      formerDatabases: [...rooms.left].map(databaseName),
    }).catch((error: unknown) => console.warn('A former copy of a room could not be deleted yet.', error));
  }

  /** What was moved comes with another room, sooner or later. */
  function tellOfRemovals(unsent: readonly UnsentEdits[]): void {
    setTimeout(() => {
      if (isDisposed) return;
      const gone = unsent.filter(({ id }) => tables.find(id) === undefined);
      if (gone.length > 0 && canWrite()) runQuietly((tx) => noteRemovals(tx, gone));
    }, MOVED_COMES_WITHIN_MS);
  }

  async function openAllRooms(): Promise<void> {
    await rooms.openInOrder((name) => {
      if (parseRoomName(name)?.kind === 'directory') void search.prepare();
    });
    if (isDisposed) return;
    void about.prepare().then(setRead);
    await options.whenShown;
    if (isDisposed) return;
    const years = await loadEarlierYears();
    await years?.openKept();
    if (isDisposed) return;
    await loadFiles();
    await years?.fetchRest();
  }

  let earlierYears: Promise<EarlierYears | undefined> | null = null;
  /** Undefined where there are none, and without a line to their code. */
  function loadEarlierYears(): Promise<EarlierYears | undefined> {
    const { earlierYearsAfterMs: pauseMs } = options;
    if (pauseMs === undefined) return Promise.resolve(undefined);
    earlierYears ??= import('./earlier-years.ts').then(
      ({ createEarlierYears }) =>
        createEarlierYears({
          rooms,
          databasePrefix: databaseName(''),
          isSettled: () => untrack(sync.status.state) === 'synced' && sync.waitingNow().length === 0,
          recordCount: tables.recordCount,
          now,
          pauseMs,
        }),
      () => {
        earlierYears = null;
        return undefined;
      },
    );
    return earlierYears;
  }

  const workspaceRoom = () =>
    [...rooms.all()].findLast(({ parts }) => parts.kind === 'workspace' && parts.space === TEAM_SPACE);
  const loadFiles = async () => (options.hasFiles ? lateFiles.load() : undefined);

  async function openPresenceLater(): Promise<void> {
    const { openPresence } = await import('./open-presence.ts');
    if (isDisposed) return;
    setPresence(
      openPresence({
        memberId: options.me.memberId,
        awareness: () => workspaceRoom()?.connection.awareness ?? null,
        isOnline: () => workspaceRoom()?.connection.isOpen() ?? false,
        isPrivate: (id) => untrack(() => (id === '' ? spaces.current() : spaces.of(id)) !== TEAM_SPACE),
        shelf: options.shelf ?? NOTHING_KEPT,
        shelfKey: `rapport.unseen.${serverId}.${options.me.memberId}`,
        changesOf: {
          rooms: rooms.all,
          members: () => tables.table('member').each(),
          now: () => clock.now(),
        },
      }),
    );
  }

  async function loadTheRest(): Promise<void> {
    await options.whenShown;
    // Without a line their code may be missing: nobody else is to be seen then. What saves a person's changes into a
    // file must be here before the line and this browser's storage go.
    await Promise.allSettled([loadExport(), openPresenceLater()]);
  }

  const stopGuarding = guardUnload(() => [...rooms.all()].every(({ store }) => store.unsaved() === 0));
  const stopListening = listenToNetwork({
    lost: () => {
      for (const { connection } of rooms.all()) connection.dropLine();
    },
    back: () => connectAll(),
  });

  function connectAll(): void {
    for (const { connection } of rooms.all()) connection.connectNow();
    lateFiles.files()?.tryNow();
  }

  /** A line that is open does not ask again by itself: what was refused on it is offered anew on another one. */
  function tryNow(): void {
    for (const room of rooms.all()) if (room.refused().length > 0) room.connection.dropLine();
    connectAll();
  }

  const formerCopies = createFormerCopies({
    shelf: options.shelf ?? NOTHING_KEPT,
    serverId,
    me: options.me,
    rooms: rooms.all,
    openTimeline: rooms.openTimeline,
    databaseName: databaseNameOf,
  });
  const canWrite = () => may(me().role, 'records');
  const refuse = writeRefusals(me, tables);
  const undoShelf = createUndoShelf(
    options.tabStorage ?? NOTHING_KEPT,
    `rapport.undo.${serverId}.${options.me.memberId}`,
  );
  const history = createUndoHistory({
    context,
    origin,
    members: () => tables.table('member').each(),
    refuse,
    shelf: undoShelf,
  });
  const { run, runQuietly, runSteps, lastStep } = createCommandRunner({
    context,
    origin,
    canWrite,
    refuse,
    history,
    stored,
  });

  const lateFiles = createLateFiles(databaseName(FILES_STORE), () => ({
    run,
    canWrite,
    collection: (name) => tables.table(name),
  }));

  const texts = createTexts({
    roomOf(recordId) {
      const room = roomsOfRecords.holding(recordId);
      return room ? { doc: room.doc, awareness: room.connection.awareness } : null;
    },
    keepPlain(recordId, plain) {
      if (isDisposed || !canWrite()) return;
      keepPlainText(runQuietly, registry, { recordId, plain });
    },
  });

  const edits = createEditReaders(tables, function* () {
    for (const { records } of rooms.all()) yield records;
  });

  /** Whose code was never loaded here may have been used by an earlier page. */
  async function hasUnsentFiles(): Promise<boolean> {
    const files = await loadFiles();
    return (files?.unsent().length ?? 0) > 0;
  }

  async function stored(): Promise<void> {
    await Promise.all([...rooms.all()].map(({ store }) => store.stored()));
  }

  let closing: Promise<void> | null = null;
  function close(): Promise<void> {
    closing ??= closeRooms();
    return closing;
  }

  async function closeRooms(): Promise<void> {
    texts.flush();
    isDisposed = true;
    presence()?.dispose();
    lateFiles.close();
    void earlierYears?.then((years) => years?.stop());
    sessionDoubt.stop();
    stopListening();
    await rooms.close();
    await Promise.all([...leaving.rooms.values()].map((room) => room.close()));
    stopGuarding();
    sync.dispose();
    disposeRoot();
  }

  const { disposeRoot, isLoaded } = createRoot((dispose) => {
    const memo = createMemo(readableKinds);
    return { disposeRoot: dispose, isLoaded: (kind: RoomKind) => memo().has(kind) };
  });

  rooms.list(options.rooms);
  await rooms.openFirst();
  void openAllRooms();
  void loadTheRest();

  return {
    me,
    canWrite,
    may: (right) => may(me().role, right),
    collection: (name) => tables.table(name),
    createQuery: (name, query) => queries.create(name, () => spaces.narrow(name, query())),
    async prepareQuery(name, query) {
      await whenRead;
      if (!isDisposed) await queries.prepare(name, query);
    },
    spaces,
    search,
    run,
    runQuietly,
    runSteps,
    lastStep,
    merges: tables.merges,
    about,
    texts,
    files: lateFiles.files,
    loadFiles,
    ...edits,
    undo: history.undo,
    redo: history.redo,
    revert: history.revert,
    undoLabel: history.undoLabel,
    redoLabel: history.redoLabel,
    isWaiting: sync.isWaiting,
    presence,
    isLoaded,
    earlierYears: () => rooms.unopenedYears().filter((year) => year < new Date(now()).getUTCFullYear()),
    openTimeline: rooms.openTimeline,
    sync: { ...withFiles(sync.status, lateFiles.files), tryNow },
    formerCopies,
    async exportLocalData(what) {
      const { exportLocalData } = await loadExport();
      const files = await loadFiles();
      return exportLocalData([...rooms.all(), ...leaving.rooms.values()], {
        what,
        serverId,
        me: me(),
        now: now(),
        files,
      });
    },
    async signOut({ discard }) {
      await (await loadEarlierYears())?.openKept();
      const isWaiting = sync.waitingNow().length > 0 || [...leaving.rooms.values()].some(isUnsent);
      if (!discard && (isWaiting || (await hasUnsentFiles()))) return 'changes-wait';
      await close();
      const stores = [...rooms.names(), ...rooms.left, ...leaving.rooms.keys(), FILES_STORE];
      await Promise.all(stores.map((name) => deleteLocalStore(databaseName(name))));
      // Of years too that could not be opened.
      await deleteLocalStores(databaseName(''));
      clearDrafts(options.me.memberId);
      await options.onSignedOut?.();
      return 'signed-out';
    },
    resume(next) {
      setMe(next);
      connectAll();
    },
    setRooms(names) {
      rooms.list(names);
      void openAllRooms();
    },
    setSpaces(list, gone) {
      for (const space of list) leaving.comeBack(space);
      spaces.setList(list);
      void leaving.leave(gone);
    },
    unsentCount: () => sync.waitingNow().length + (lateFiles.files()?.unsent().length ?? 0),
    roomsHere: rooms.all,
    dispose: close,
  };
}

const loadExport = () => import('./export-local-data.ts');

/** Beside the rooms; no room is called so. */
const FILES_STORE = 'files';

const isUnsent = ({ ownClocks }: ClientRoom) => ownClocks.waiting().size > 0;

/** Names carry server, person and room, so that nobody ever reads or sends another's data. */
function databaseNameOf(serverId: string, userId: string, room: string): string {
  return `rapport/${serverId}/${userId}/${room}`;
}
