/**
 * Which rooms are open on this device: those that are listed, in the order a screen needs them, the next generation of a
 * room that has one, and earlier years.
 */
import { batch, createSignal } from 'solid-js';
import type { Registry } from '../../shared/entities/registry.ts';
import { hasTexts } from '../../shared/sync/fold-records.ts';
import type { ServerHello } from '../../shared/sync/protocol.ts';
import {
  formatRoomName,
  isNextOf,
  parseRoomName,
  type RoomName,
  standardRooms,
  TEAM_SPACE,
} from '../../shared/sync/room-names.ts';
import { type ClientRoom, type ClientRoomOptions, openClientRoom } from './client-room.ts';
import type { OpenWorkspaceOptions } from './open-workspace.ts';
import { inLoadOrder, isWanted, spaceOfRoom, spacesOf, timelineName } from './room-list.ts';
import { nextTurn } from './slices.ts';
import type { Tables } from './tables.ts';

export interface OpenRoomsParts
  extends Pick<ClientRoomOptions, 'onClockOffset' | 'onEdit' | 'onRemoved' | 'onUnsentRemoved' | 'onStatus'> {
  readonly options: OpenWorkspaceOptions;
  readonly registry: Registry;
  readonly tables: Pick<Tables, 'addRoom'>;
  readonly databaseName: (room: string) => string;
  /** The device's wall clock, epoch ms. */
  readonly now: () => number;
  readonly onStorageProblem: (room: string, problem: Parameters<ClientRoomOptions['onStorageProblem']>[0]) => void;
  /** A line was opened. */
  readonly onHello: (hello: ServerHello) => void;
  /** Its copy is read; it is on the screen next. */
  readonly onOpened: (room: ClientRoom) => void;
}

export interface OpenRooms {
  all(): Iterable<ClientRoom>;
  /** Without what is being fetched in silence. */
  told(): readonly ClientRoom[];
  /** Rooms of private spaces; mostly none, and then nothing is looked for there. */
  readonly ofSpaces: ReadonlySet<ClientRoom>;
  /** Open or about to be. */
  names(): readonly string[];
  /** How many of them people are told of. */
  toldCount(): number;
  /** Former generations that everything was sent of. */
  readonly left: ReadonlySet<string>;
  /** Takes note of what the server lists; `openInOrder` opens it. */
  list(names: readonly string[]): void;
  /** Everything a board needs. */
  openFirst(): Promise<void>;
  /** The directory after the screen is painted, then the timelines, one after the other. */
  openInOrder(onOpened: (name: string) => void): Promise<void>;
  open(names: readonly string[]): Promise<void>;
  /** Rooms beside those that are listed. `isQuiet`: until they are here, nobody is told that something is on its way. */
  openAlso(names: readonly string[], options?: { readonly isQuiet: boolean }): Promise<void>;
  openTimeline(year: number): Promise<void>;
  /** Years that are listed and not open; tracks. */
  unopenedYears(): readonly number[];
  /** What is written from now on goes to the next generation. The old copy stays until sign-out: other tabs may be in it. */
  leaveReplaced(): void;
  /** A space's rooms are wanted no more; those that are open stay so until they are taken out. */
  unlist(space: string): readonly string[];
  /** Off the screen and out of this set: they are the caller's to close. */
  takeOut(space: string): readonly ClientRoom[];
  close(): Promise<void>;
}

const FIRST_KINDS: ReadonlySet<string> = new Set(['workspace', 'pipeline', 'work']);

export function createOpenRooms(parts: OpenRoomsParts): OpenRooms {
  const { options, registry, tables, databaseName, now } = parts;
  const { serverId } = options;
  const { userId } = options.me;
  const opened = new Map<string, ClientRoom>();
  const opening = new Map<string, Promise<void>>();
  const takeOffScreen = new Map<string, () => void>();
  /** Rooms this session began with: nobody has an editor open in them that could be left behind. */
  const openedFirst: ReadonlySet<string> = new Set(options.rooms);
  const left = new Set<string>(options.leftRooms ?? []);
  const ofSpaces = new Set<ClientRoom>();
  /** What nobody asked for. */
  const quiet = new Set<string>();
  let wanted: readonly string[] = [];
  let isClosed = false;
  const [listedYears, setListedYears] = createSignal<readonly number[]>([]);
  const [openYears, setOpenYears] = createSignal<ReadonlySet<number>>(new Set());

  /** A room's next generation is opened beside it; until everything of the old one is sent, people go on in the old. */
  function goOver(next: string): void {
    if (opening.has(next)) return;
    wanted = [...wanted, next];
    void open([next]);
  }

  function lineOpened(room: string, hello: ServerHello): void {
    parts.onHello(hello);
    if (hello.replacedBy) goOver(hello.replacedBy);
    // Where one line works the others will too.
    for (const other of opened.values()) {
      if (other.name !== room && other.connection.finalClose() === null) other.connection.connectNow();
    }
  }

  async function openRoom(name: string, nameParts: RoomName): Promise<void> {
    const { onClockOffset, onEdit, onRemoved, onUnsentRemoved, onStatus } = parts;
    const room = await openClientRoom({
      name,
      parts: nameParts,
      registry,
      databaseName: databaseName(name),
      url: options.websocketUrl,
      build: options.build,
      isOurs: (hello) => hello.serverId === serverId && hello.userId === userId,
      onOpen: (hello) => lineOpened(name, hello),
      onClockOffset,
      onStorageProblem: (problem) => parts.onStorageProblem(name, problem),
      ...(options.fetchSnapshots
        ? {
            snapshots: {
              fetch: quiet.has(name) ? behind(options.fetchSnapshots) : options.fetchSnapshots,
              serverId,
              userId,
            },
          }
        : {}),
      onEdit,
      onRemoved,
      onUnsentRemoved,
      onStatus,
      ...(options.webSocket ? { webSocket: options.webSocket } : {}),
      ...(options.random ? { random: options.random } : {}),
    });
    if (isClosed) {
      await room.close();
      return;
    }
    opened.set(name, room);
    const { space, year } = nameParts;
    if (space !== TEAM_SPACE) ofSpaces.add(room);
    else if (year !== null) setOpenYears((years) => new Set([...years, year]));
    parts.onOpened(room);
    batch(() => {
      takeOffScreen.set(name, tables.addRoom(room.records));
      onStatus();
    });
  }

  async function open(names: readonly string[]): Promise<void> {
    // What was removed at sign-out must not be made again.
    if (isClosed) return;
    const parsed = names.flatMap((name) => {
      const nameParts = parseRoomName(name);
      return nameParts === null ? [] : [{ name, nameParts }];
    });
    await Promise.all(
      parsed.map(({ name, nameParts }) => {
        const known = opening.get(name) ?? openRoom(name, nameParts);
        opening.set(name, known);
        return known;
      }),
    );
  }

  async function openAlso(names: readonly string[], { isQuiet = false } = {}): Promise<void> {
    for (const name of names) {
      if (!isQuiet) quiet.delete(name);
      else if (!opening.has(name)) quiet.add(name);
    }
    wanted = [...new Set([...wanted, ...names])];
    await open(names);
  }

  const isOnItsWay = ({ name, hasCopy, ownClocks }: ClientRoom) =>
    quiet.has(name) && !hasCopy() && ownClocks.waiting().size === 0;

  const openFirst = () => open(wanted.filter((name) => FIRST_KINDS.has(parseRoomName(name)?.kind ?? '')));

  return {
    all: () => opened.values(),
    told: () => [...opened.values()].filter((room) => !isOnItsWay(room)),
    toldCount() {
      const hidden = [...quiet].filter((name) => {
        const room = opened.get(name);
        return room === undefined || isOnItsWay(room);
      });
      return wanted.length - hidden.filter((name) => wanted.includes(name)).length;
    },
    ofSpaces,
    names: () => wanted,
    left,
    list(names) {
      const years = names.map((name) => parseRoomName(name)?.year ?? null).filter((year) => year !== null);
      setListedYears([...new Set(years)].sort((one, other) => other - one));
      // At the turn of the year a device may be offline: the new timeline needs no server to begin.
      const spacesHere = spacesOf(names);
      const current = spacesHere.flatMap((space) =>
        standardRooms(new Date(now()).getUTCFullYear(), space).flatMap((room) =>
          room.kind === 'timeline' ? [formatRoomName(room)] : [],
        ),
      );
      const asked = [...openYears()].flatMap((year) => spacesHere.map((space) => timelineName(space, year)));
      wanted = [...new Set([...names.filter((name) => isWanted(name, now())), ...current, ...asked])];
    },
    openFirst,
    async openInOrder(onOpened) {
      await openFirst();
      await nextTurn();
      for (const name of inLoadOrder(wanted)) {
        if (isClosed) return;
        await open([name]);
        onOpened(name);
      }
    },
    open,
    openAlso,
    openTimeline: (year) => openAlso(spacesOf(wanted).map((space) => timelineName(space, year))),
    unopenedYears: () => listedYears().filter((year) => !openYears().has(year)),
    leaveReplaced() {
      for (const old of [...opened.values()]) {
        if (!isReplaced(old, opened.values(), openedFirst)) continue;
        opened.delete(old.name);
        ofSpaces.delete(old);
        wanted = wanted.filter((name) => name !== old.name);
        left.add(old.name);
        takeOffScreen.get(old.name)?.();
        void old.close();
        options.onRoomLeft?.(old.name);
      }
    },
    unlist(space) {
      const names = wanted.filter((name) => spaceOfRoom(name) === space);
      wanted = wanted.filter((name) => spaceOfRoom(name) !== space);
      return names;
    },
    takeOut(space) {
      const rooms = [...ofSpaces].filter((room) => room.parts.space === space);
      batch(() => {
        for (const room of rooms) {
          opened.delete(room.name);
          opening.delete(room.name);
          ofSpaces.delete(room);
          takeOffScreen.get(room.name)?.();
        }
        parts.onStatus();
      });
      return rooms;
    },
    async close() {
      isClosed = true;
      await Promise.allSettled(opening.values());
      await Promise.all([...opened.values()].map((room) => room.close()));
    },
  };
}

/** Gives way to what somebody waits for. */
function behind(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return (input, init) => fetch(input, { ...init, priority: 'low' });
}

/** Everything of the room is sent, and its next generation is here. */
function isReplaced(old: ClientRoom, all: Iterable<ClientRoom>, openedFirst: ReadonlySet<string>): boolean {
  if (!old.connection.hasCaughtUp() || old.ownClocks.waiting().size > 0) return false;
  if (hasTexts(old.doc) && !openedFirst.has(old.name)) return false;
  return [...all].some(
    ({ parts, hasCopy, connection }) => isNextOf(parts, old.parts) && hasCopy() && connection.hasCaughtUp(),
  );
}
