/**
 * Puts the data engine together: rooms, records, commands, undo, search and the state of sync become one `Workspace`.
 * `session.ts` calls this once it knows whose data it is; screens get the result with `useWorkspace()`.
 */
import { batch, createMemo, createRoot, createSignal, untrack } from 'solid-js';
import { CommandRefused } from '../../shared/commands/command.ts';
import { entities, type Registry } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { may } from '../../shared/model/rights.ts';
import { type CommandContext, roomsBy } from '../../shared/sync/doc-tx.ts';
import { hasTexts } from '../../shared/sync/fold-records.ts';
import { CLOSE, type ServerHello } from '../../shared/sync/protocol.ts';
import {
  addressOf,
  formatRoomName,
  isNextOf,
  parseRoomName,
  type RoomName,
  standardRooms,
  TEAM_SPACE,
} from '../../shared/sync/room-names.ts';
import { createClock, newWriter } from '../../shared/sync/stamp.ts';
import { stampsSince } from '../../shared/sync/stamps-since.ts';
import { guardUnload, listenToNetwork } from '../platform/page-events.ts';
import { type ClientRoom, openClientRoom } from './client-room.ts';
import { createCommandRunner, keepPlainText } from './commands.ts';
import { createSyncStatus } from './create-sync-status.ts';
import { clearDrafts } from './drafts.ts';
import { createFormerCopies } from './former-list.ts';
import { createLateFiles, withFiles } from './late-files.ts';
import { deleteLocalStore } from './local-store.ts';
import { newestEdits } from './newest-edits.ts';
import type { Presence } from './presence.ts';
import { createQueries } from './queries.ts';
import { createRecordAbout } from './record-about.ts';
import { inLoadOrder, isWanted, spaceOfRoom, spacesOf, timelineName } from './room-list.ts';
import { createSearch } from './search.ts';
import { nextTurn } from './slices.ts';
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

/** Everything a board needs: opened before the promise resolves. The rest follows after the first paint. */
const FIRST_KINDS: ReadonlySet<string> = new Set(['workspace', 'pipeline', 'work']);

const NOTHING_KEPT = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

const DOUBT_EVERY_MS = 30_000;
const DOUBT_AGAIN_MS = 1_000;
const MOVED_COMES_WITHIN_MS = 3_000;

const KIND_WORDS: Readonly<Record<RoomKind, string>> = {
  workspace: 'The workspace',
  pipeline: 'The pipeline',
  work: 'The task list',
  directory: 'The address book',
  timeline: 'The timeline',
};

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
  const opened = new Map<string, ClientRoom>();
  const opening = new Map<string, Promise<void>>();
  const takeOffScreen = new Map<string, () => void>();
  /** Rooms this session began with: nobody has an editor open in them that could be left behind. */
  const openedFirst: ReadonlySet<string> = new Set(options.rooms);
  const left = new Set<string>(options.leftRooms ?? []);
  let wanted: readonly string[] = [];
  const [listedYears, setListedYears] = createSignal<readonly number[]>([]);
  const [openYears, setOpenYears] = createSignal<ReadonlySet<number>>(new Set());
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

  const sync = createSyncStatus({
    rooms: () => opened.values(),
    roomCount: () => wanted.length,
    tables,
    isSignedOut,
    lastSyncedAt: options.lastSyncedAt ?? null,
    rememberSynced,
    now,
  });

  // A timeline may be written to before it was ever synced: its records are new, whatever else is in it.
  const isAt = (room: ClientRoom, kind: RoomKind, year: number | null) =>
    room.parts.kind === kind && room.parts.year === year && (kind === 'timeline' || room.hasCopy());

  const recordsAt = (kind: RoomKind, year: number | null) => {
    for (const room of opened.values()) {
      if (isAt(room, kind, year) && room.parts.space === TEAM_SPACE) {
        return room.records;
      }
    }
    throw new CommandRefused(
      'not-ready',
      `${KIND_WORDS[kind]}${year === null ? '' : ` of ${year}`} is still on its way to this device. Try again in a moment.`,
    );
  };

  const yearsHere = () =>
    [...opened.values()].flatMap(({ parts: { space, year } }) => (space === TEAM_SPACE && year !== null ? [year] : []));
  /** Rooms of private spaces; mostly none, and then nothing is looked for there. */
  const privateRooms = new Set<ClientRoom>();
  const shownKey = `rapport.space.${serverId}.${options.me.memberId}`;
  const spaces = createSpaces({
    *rooms() {
      for (const { parts, records } of privateRooms) yield { space: parts.space, records };
    },
    trackRecord: tables.trackRecord,
    list: options.spaces ?? [],
    shown: options.tabStorage?.getItem(shownKey) ?? null,
    remember: (shown) =>
      shown === null ? options.tabStorage?.removeItem(shownKey) : options.tabStorage?.setItem(shownKey, shown),
  });
  const rooms = roomsBy(registry, recordsAt, yearsHere, {
    *at(kind, year) {
      // As with the team's rooms: while a next generation is opened beside it, the old one is written to.
      const seen = new Set<string>();
      for (const room of privateRooms) {
        if (!isAt(room, kind, year) || seen.has(room.parts.space)) continue;
        seen.add(room.parts.space);
        yield { space: room.parts.space, records: room.records };
      }
    },
    current: () => (spaces.current() === TEAM_SPACE ? null : spaces.current()),
  });
  const context: CommandContext = { registry, rooms, clock, actor: options.me.memberId };

  function statusChanged(): void {
    const kinds = new Set<string>();
    for (const room of opened.values()) {
      if (room.parts.space === TEAM_SPACE && room.hasCopy()) kinds.add(room.parts.kind);
    }
    if (kinds.size !== readableKinds().size) setReadableKinds(kinds);
    leaveReplaced();
    sync.refresh();
    presence()?.refresh();
    for (const { connection, parts } of opened.values()) {
      const code = connection.finalClose()?.code;
      const isShut = code === CLOSE.noSuchRoom && parts.space !== TEAM_SPACE;
      if (code === CLOSE.signedOut || code === CLOSE.forbidden || isShut) {
        doubtSession();
        return;
      }
    }
  }

  /** Asked once per loss of the session, not once per room, and not in circles when the server says yes and no at once. */
  let doubtedAt = Number.NEGATIVE_INFINITY;
  let doubtTimer: ReturnType<typeof setTimeout> | undefined;
  function doubtSession(): void {
    const wait = doubtedAt + DOUBT_EVERY_MS - now();
    clearTimeout(doubtTimer);
    if (wait > 0) {
      doubtTimer = setTimeout(statusChanged, wait);
      return;
    }
    doubtedAt = now();
    options.onSessionDoubt?.();
  }

  /** A room's next generation is opened beside it; until everything of the old one is sent, people go on in the old. */
  function goOver(next: string): void {
    if (opening.has(next)) return;
    wanted = [...wanted, next];
    void openRooms([next]);
  }

  /** What is written from now on goes to the next generation. The old copy stays until sign-out: other tabs may be in it. */
  function leaveReplaced(): void {
    for (const old of [...opened.values()]) {
      if (!isReplaced(old, opened.values(), openedFirst)) continue;
      opened.delete(old.name);
      privateRooms.delete(old);
      wanted = wanted.filter((name) => name !== old.name);
      left.add(old.name);
      takeOffScreen.get(old.name)?.();
      void old.close();
      options.onRoomLeft?.(old.name);
    }
  }

  function lineOpened(room: string, hello: ServerHello): void {
    // The server knows this person: the next loss is a new one (a role that changes twice).
    doubtedAt = Math.min(doubtedAt, now() - DOUBT_EVERY_MS + DOUBT_AGAIN_MS);
    if (hello.replacedBy) goOver(hello.replacedBy);
    if (hello.role !== me().role) setMe({ ...me(), role: hello.role });
    lateFiles.files()?.tryNow();
    // Where one line works the others will too.
    for (const other of opened.values()) {
      if (other.name !== room && other.connection.finalClose() === null) other.connection.connectNow();
    }
  }

  async function openRoom(name: string, parts: RoomName): Promise<void> {
    const room = await openClientRoom({
      name,
      parts,
      registry,
      databaseName: databaseName(serverId, options.me.userId, name),
      url: options.websocketUrl,
      build: options.build,
      isOurs: (hello) => hello.serverId === serverId && hello.userId === options.me.userId,
      onOpen: (hello) => lineOpened(name, hello),
      onClockOffset: clock.correct,
      // What is on its way off this device may be gone already.
      onStorageProblem: (problem) => (leaving.has(name) ? undefined : sync.reportStorageProblem(problem)),
      ...(options.fetchSnapshots
        ? { snapshots: { fetch: options.fetchSnapshots, serverId, userId: options.me.userId } }
        : {}),
      onEdit: askToPersist,
      onRemoved: removedForGood,
      onUnsentRemoved: tellOfRemovals,
      onStatus: statusChanged,
      ...(options.webSocket ? { webSocket: options.webSocket } : {}),
      ...(options.random ? { random: options.random } : {}),
    });
    if (isDisposed) {
      await room.close();
      return;
    }
    opened.set(name, room);
    if (parts.space !== TEAM_SPACE) privateRooms.add(room);
    const { year } = parts;
    if (year !== null && parts.space === TEAM_SPACE) setOpenYears((years) => new Set([...years, year]));
    clock.observe(room.records.highestStamp);
    room.records.onChange(() => clock.observe(room.records.highestStamp));
    texts.addRoom({ doc: room.doc, awareness: room.connection.awareness });
    batch(() => {
      takeOffScreen.set(name, tables.addRoom(room.records));
      statusChanged();
    });
  }

  /** After the first edit there is something to keep, and browsers say yes more readily. */
  function askToPersist(): void {
    if (hasAskedToPersist) return;
    hasAskedToPersist = true;
    void globalThis.navigator?.storage?.persist?.().catch(() => undefined);
  }

  function removedForGood(ids: readonly string[]): void {
    history.forget(ids);
    void import('./removed-records.ts').then(({ forgetRecords }) =>
      forgetRecords(ids, {
        memberId: options.me.memberId,
        files: lateFiles.files(),
        formerDatabases: [...left].map((name) => databaseName(serverId, options.me.userId, name)),
      }),
    );
  }

  /** What was moved comes with another room, sooner or later. */
  function tellOfRemovals(unsent: readonly UnsentEdits[]): void {
    setTimeout(async () => {
      if (isDisposed) return;
      const { noteRemovals } = await import('../../shared/commands/removed-commands.ts');
      const gone = unsent.filter(({ id }) => tables.find(id) === undefined);
      if (gone.length > 0 && !isDisposed && canWrite()) runQuietly((tx) => noteRemovals(tx, gone));
    }, MOVED_COMES_WITHIN_MS);
  }

  function openRooms(names: readonly string[]): Promise<unknown> {
    const parsed = names.flatMap((name) => {
      const parts = parseRoomName(name);
      return parts === null ? [] : [{ name, parts }];
    });
    return Promise.all(
      parsed.map(({ name, parts }) => {
        const known = opening.get(name) ?? openRoom(name, parts);
        opening.set(name, known);
        return known;
      }),
    );
  }

  const isFirst = (name: string) => FIRST_KINDS.has(parseRoomName(name)?.kind ?? '');

  function listRooms(names: readonly string[]): void {
    const years = names.map((name) => parseRoomName(name)?.year ?? null).filter((year) => year !== null);
    setListedYears([...new Set(years)].sort((left, right) => right - left));
    // At the turn of the year a device may be offline: the new timeline needs no server to begin.
    const spacesHere = spacesOf(names);
    const current = spacesHere.flatMap((space) =>
      standardRooms(new Date(now()).getUTCFullYear(), space).flatMap((room) =>
        room.kind === 'timeline' ? [formatRoomName(room)] : [],
      ),
    );
    const asked = [...openYears()].flatMap((year) => spacesHere.map((space) => timelineName(space, year)));
    wanted = [...new Set([...names.filter((name) => isWanted(name, now())), ...current, ...asked])];
  }

  function setRooms(names: readonly string[]): void {
    listRooms(names);
    void openInOrder();
  }

  async function openTimeline(year: number): Promise<void> {
    const names = spacesOf(wanted).map((space) => timelineName(space, year));
    wanted = [...new Set([...wanted, ...names])];
    await openRooms(names);
  }

  /** The directory after the screen is painted, then the timelines, one after the other. */
  async function openInOrder(): Promise<void> {
    await openRooms(wanted.filter(isFirst));
    await nextTurn();
    for (const name of inLoadOrder(wanted)) {
      if (isDisposed) return;
      await openRooms([name]);
      if (parseRoomName(name)?.kind === 'directory') void search.prepare();
    }
    void about.prepare().then(setRead);
    await options.whenShown;
    if (!isDisposed) await loadFiles();
  }

  const workspaceRoom = () =>
    [...opened.values()].findLast(({ parts }) => parts.kind === 'workspace' && parts.space === TEAM_SPACE);
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
          rooms: () => opened.values(),
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

  /** Rooms of spaces this person was taken out of. */
  const leaving = new Map<string, ClientRoom>();
  const isUnsent = ({ ownClocks }: ClientRoom) => ownClocks.waiting().size > 0;

  /** Somebody took this person in again before everything of it was gone: it goes on with what is here. */
  function comeBack(space: SpaceInfo): void {
    for (const [name, room] of leaving) {
      if (room.parts.space !== space.id) continue;
      leaving.delete(name);
      void room.close();
    }
    spaces.setLeft(spaces.left().filter(({ id }) => id !== space.id));
  }

  async function leaveSpaces(gone: readonly SpaceInfo[]): Promise<void> {
    const isIn = (space: SpaceInfo) => (name: string) => spaceOfRoom(name) === space.id;
    const parts = gone.map((space) => ({ space, names: wanted.filter(isIn(space)) }));
    wanted = wanted.filter((name) => !gone.some((space) => isIn(space)(name)));
    for (const { space, names } of parts) {
      if (names.length === 0) continue;
      const { leaveSpace } = await import('./leave-space.ts');
      // What waits in them is known when they are open.
      await openRooms(names);
      const its = [...privateRooms].filter(({ parts }) => parts.space === space.id);
      batch(() => {
        for (const room of its) {
          opened.delete(room.name);
          opening.delete(room.name);
          privateRooms.delete(room);
          leaving.set(room.name, room);
          takeOffScreen.get(room.name)?.();
        }
        statusChanged();
      });
      const stays = leaveSpace({
        space,
        rooms: its,
        databaseName: (name) => databaseName(serverId, options.me.userId, name),
        isOver: () => its.some((room) => leaving.get(room.name) !== room),
        exportUnsent: async (unsent) => {
          const { exportLocalData } = await loadExport();
          return exportLocalData(unsent, { what: 'waiting', serverId, me: me(), now: now() });
        },
        onRemoved() {
          for (const { name } of its) leaving.delete(name);
          spaces.setLeft(spaces.left().filter(({ id }) => id !== space.id));
          options.onSpaceRemoved?.(space.id);
        },
      });
      if (stays !== null) spaces.setLeft([...spaces.left(), stays]);
    }
  }

  const stopGuarding = guardUnload(() => [...opened.values()].every(({ store }) => store.unsaved() === 0));
  const stopListening = listenToNetwork({
    lost: () => {
      for (const { connection } of opened.values()) connection.dropLine();
    },
    back: () => connectAll(),
  });

  function connectAll(): void {
    for (const { connection } of opened.values()) connection.connectNow();
    lateFiles.files()?.tryNow();
  }

  /** A line that is open does not ask again by itself: what was refused on it is offered anew on another one. */
  function tryNow(): void {
    for (const room of opened.values()) if (room.refused().length > 0) room.connection.dropLine();
    connectAll();
  }

  const formerCopies = createFormerCopies({
    shelf: options.shelf ?? { getItem: () => null, setItem: () => undefined },
    serverId,
    me: options.me,
    rooms: () => opened.values(),
    databaseName,
  });
  const canWrite = () => may(me().role, 'records');
  const refuse = writeRefusals(() => me().role, tables);
  const undoShelf = createUndoShelf(
    options.tabStorage ?? NOTHING_KEPT,
    `rapport.undo.${serverId}.${options.me.memberId}`,
  );
  const history = createUndoHistory({
    context,
    origin,
    members: () => tables.table('member').each(),
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

  const lateFiles = createLateFiles(databaseName(serverId, options.me.userId, FILES_STORE), () => ({
    run,
    canWrite,
    collection: (name) => tables.table(name),
  }));

  const texts = createTexts({
    roomOf(recordId) {
      const entity = (registry as Registry)[entityNameOf(recordId)];
      if (!entity) return null;
      const { kind, year } = addressOf(entity, recordId);
      const isThere = ({ parts }: ClientRoom) => parts.kind === kind && parts.year === year;
      const room =
        [...privateRooms].find((each) => isThere(each) && each.records.stateOf(recordId)?.base !== undefined) ??
        [...opened.values()].find((each) => isThere(each) && each.parts.space === TEAM_SPACE);
      return room ? { doc: room.doc, awareness: room.connection.awareness } : null;
    },
    keepPlain(recordId, plain) {
      if (isDisposed || !canWrite()) return;
      keepPlainText(runQuietly, registry, { recordId, plain });
    },
  });

  /** Whose code was never loaded here may have been used by an earlier page. */
  async function hasUnsentFiles(): Promise<boolean> {
    const files = await loadFiles();
    return (files?.unsent().length ?? 0) > 0;
  }

  async function stored(): Promise<void> {
    await Promise.all([...opened.values()].map(({ store }) => store.stored()));
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
    clearTimeout(doubtTimer);
    stopListening();
    await Promise.allSettled(opening.values());
    await Promise.all([...opened.values(), ...leaving.values()].map((room) => room.close()));
    stopGuarding();
    sync.dispose();
    disposeRoot();
  }

  const { disposeRoot, isLoaded } = createRoot((dispose) => {
    const memo = createMemo(readableKinds);
    return { disposeRoot: dispose, isLoaded: (kind: RoomKind) => memo().has(kind) };
  });

  listRooms(options.rooms);
  await openRooms(wanted.filter(isFirst));
  void openInOrder();
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
    newestEdits(id) {
      tables.trackRecord(id);
      for (const { records } of opened.values()) {
        if (records.stateOf(id)) return newestEdits(records, id, tables.table('member').each());
      }
      return [];
    },
    stampsSince(id, since) {
      tables.trackRecord(id);
      for (const { records } of opened.values()) {
        const state = records.stateOf(id);
        if (state) return stampsSince(state, since);
      }
      return [];
    },
    undo: history.undo,
    redo: history.redo,
    revert: history.revert,
    undoLabel: history.undoLabel,
    redoLabel: history.redoLabel,
    keptEdits(id) {
      tables.trackRecord(id);
      for (const { records } of opened.values()) if (records.stateOf(id)) return records.keptEdits(id);
      return [];
    },
    isWaiting: sync.isWaiting,
    presence,
    isLoaded,
    earlierYears: () =>
      listedYears().filter((year) => !openYears().has(year) && year < new Date(now()).getUTCFullYear()),
    openTimeline,
    sync: { ...withFiles(sync.status, lateFiles.files), tryNow },
    formerCopies,
    async exportLocalData(what) {
      const { exportLocalData } = await loadExport();
      const files = await loadFiles();
      return exportLocalData([...opened.values(), ...leaving.values()], {
        what,
        serverId,
        me: me(),
        now: now(),
        files,
      });
    },
    async signOut({ discard }) {
      const isWaiting = sync.waitingNow().length > 0 || [...leaving.values()].some(isUnsent);
      if (!discard && (isWaiting || (await hasUnsentFiles()))) return 'changes-wait';
      await close();
      const stores = [...wanted, ...left, ...leaving.keys(), FILES_STORE].map((name) =>
        databaseName(serverId, options.me.userId, name),
      );
      await Promise.all(stores.map(deleteLocalStore));
      clearDrafts(options.me.memberId);
      await options.onSignedOut?.();
      return 'signed-out';
    },
    resume(next) {
      setMe(next);
      connectAll();
    },
    setRooms,
    setSpaces(list, gone) {
      for (const space of list) comeBack(space);
      spaces.setList(list);
      void leaveSpaces(gone);
    },
    unsentCount: () => sync.waitingNow().length + (lateFiles.files()?.unsent().length ?? 0),
    roomsHere: () => opened.values(),
    dispose: close,
  };
}

const loadExport = () => import('./export-local-data.ts');

/** Beside the rooms; no room is called so. */
const FILES_STORE = 'files';

/** Names carry server, person and room, so that nobody ever reads or sends another's data. */
function databaseName(serverId: string, userId: string, room: string): string {
  return `rapport/${serverId}/${userId}/${room}`;
}

/** Everything of the room is sent, and its next generation is here. */
function isReplaced(old: ClientRoom, all: Iterable<ClientRoom>, openedFirst: ReadonlySet<string>): boolean {
  if (!old.connection.hasCaughtUp() || old.ownClocks.waiting().size > 0) return false;
  if (hasTexts(old.doc) && !openedFirst.has(old.name)) return false;
  return [...all].some(
    ({ parts, hasCopy, connection }) => isNextOf(parts, old.parts) && hasCopy() && connection.hasCaughtUp(),
  );
}
