/**
 * A workspace over documents in memory: the real records, queries, commands, undo and search, without a server and
 * without IndexedDB. For tests of screens and of this folder.
 */
import { createSignal } from 'solid-js';
import * as Y from 'yjs';
import { CommandRefused, type Tx } from '../../shared/commands/command.ts';
import { setUpWorkspace } from '../../shared/commands/workspace-commands.ts';
import { type EntityName, entities } from '../../shared/entities/registry.ts';
import { entityNameOf, type Id } from '../../shared/model/id.ts';
import { may } from '../../shared/model/rights.ts';
import { type CommandContext, roomsBy, runCommand } from '../../shared/sync/doc-tx.ts';
import type { Role } from '../../shared/sync/protocol.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { createClock, newWriter } from '../../shared/sync/stamp.ts';
import { createCommandRunner, keepPlainText } from './commands.ts';
import { createEditReaders } from './edits-of-records.ts';
import type { Presence } from './presence.ts';
import { createQueries } from './queries.ts';
import { createRecordAbout } from './record-about.ts';
import { createSearch } from './search.ts';
import { createSpaces } from './spaces.ts';
import { createTables } from './tables.ts';
import { createTexts } from './texts.ts';
import { createUndoHistory } from './undo.ts';
import type { UndoShelf } from './undo-shelf.ts';
import type { Me, Workspace } from './workspace.ts';
import { writeRefusals } from './write-refusals.ts';

export interface MemoryWorkspace extends Workspace {
  /** Runs a command as the server or a teammate would: no step of undo, no check of the role. */
  readonly arrange: <R>(command: (tx: Tx) => R) => R;
  /** Brings two workspaces to the same state, as if both had been connected for a while. */
  readonly exchange: (other: MemoryWorkspace) => void;
  /** Somebody has given this person another role. */
  readonly become: (role: Role) => void;
  /** The documents by kind of room; for `exchange`. */
  readonly docs: Readonly<Record<MemoryRoom, Y.Doc>>;
}

/** The timelines of all years share one document. */
const ROOMS = ['workspace', 'pipeline', 'work', 'directory', 'timeline'] as const;
type MemoryRoom = (typeof ROOMS)[number];

export interface MemoryWorkspaceOptions {
  readonly name?: string;
  readonly memberId?: Id<'member'>;
  readonly role?: Role;
  /** Writes workspace settings, a pipeline with its default stages, and this member. */
  readonly isSetUp?: boolean;
  readonly now?: () => number;
  /** Keeps the steps of undo for the next workspace of the same tab. */
  readonly undoShelf?: UndoShelf;
  /** Nobody else is here unless a test brings them. */
  readonly presence?: Presence;
}

export function createMemoryWorkspace(options: MemoryWorkspaceOptions = {}): MemoryWorkspace {
  const { name = 'Anna', memberId = 'member_anna00000000000', isSetUp = false, now = Date.now, undoShelf } = options;
  const email = `${name.toLowerCase()}@example.com`;
  const [me, setMe] = createSignal<Me>({
    userId: `user_${name}`,
    memberId,
    name,
    email,
    role: options.role ?? 'owner',
  });
  const canWrite = () => may(me().role, 'records');
  const docs = Object.fromEntries(ROOMS.map((kind) => [kind, new Y.Doc()])) as Record<MemoryRoom, Y.Doc>;
  const records = new Map<string, RoomRecords>(ROOMS.map((kind) => [kind, new RoomRecords(docs[kind], entities)]));
  const clock = createClock(now, newWriter(memberId));
  const tables = createTables();
  const queries = createQueries(tables);
  for (const room of records.values()) {
    tables.addRoom(room);
    room.onChange(() => clock.observe(room.highestStamp));
  }
  const [waiting] = createSignal<readonly never[]>([]);
  const context: CommandContext = {
    registry: entities,
    clock,
    actor: memberId,
    rooms: roomsBy(
      entities,
      (kind) => {
        const room = records.get(kind);
        if (!room) throw new CommandRefused('not-ready', 'This room is not here.');
        return room;
      },
      () => [0],
    ),
  };
  const origin = Symbol('command');
  const refuse = writeRefusals(me, tables);
  const history = createUndoHistory({
    context,
    origin,
    members: () => tables.table('member').each(),
    refuse,
    shelf: undoShelf,
  });
  const runner = createCommandRunner({
    context,
    origin,
    canWrite,
    refuse,
    history,
    stored: () => Promise.resolve(),
  });
  const texts = createTexts({
    roomOf: (recordId) => {
      const kind = entities[entityNameOf(recordId) as EntityName]?.room;
      return kind === undefined ? null : { doc: docs[kind], awareness: null };
    },
    keepPlain: (recordId, plain) => keepPlainText(runner.runQuietly, entities, { recordId, plain }),
    random: () => 0,
  });
  for (const doc of Object.values(docs)) texts.addRoom({ doc, awareness: null });
  const arrange = <R>(command: (tx: Tx) => R): R => runCommand({ ...context, actor: '' }, command, 'arranged').result;
  if (isSetUp) {
    arrange((tx) =>
      setUpWorkspace(tx, {
        name: 'Acme',
        currency: 'EUR',
        owner: { id: memberId, name, email, role: 'owner' },
      }),
    );
  }

  return {
    docs,
    arrange,
    exchange(other) {
      for (const kind of ROOMS) {
        const [mine, theirs] = [docs[kind], other.docs[kind]];
        Y.applyUpdate(theirs, Y.encodeStateAsUpdate(mine, Y.encodeStateVector(theirs)));
        Y.applyUpdate(mine, Y.encodeStateAsUpdate(theirs, Y.encodeStateVector(mine)));
      }
    },
    become: (role) => void setMe((now) => ({ ...now, role })),
    me,
    canWrite,
    may: (right) => may(me().role, right),
    collection: (entity) => tables.table(entity),
    createQuery: queries.create,
    prepareQuery: queries.prepare,
    search: createSearch(tables),
    ...runner,
    spaces: createSpaces({ rooms: () => [], trackRecord: tables.trackRecord, list: [] }),
    merges: tables.merges,
    about: createRecordAbout(tables),
    texts,
    files: () => undefined,
    loadFiles: () => Promise.resolve(undefined),
    ...createEditReaders(tables, () => records.values()),
    undo: history.undo,
    redo: history.redo,
    revert: history.revert,
    undoLabel: history.undoLabel,
    redoLabel: history.redoLabel,
    isWaiting: () => false,
    isLoaded: () => true,
    formerCopies: () => [],
    presence: () => options.presence ?? null,
    earlierYears: () => [],
    openTimeline: async () => undefined,
    sync: {
      state: () => 'synced',
      isStored: () => true,
      waitingCount: () => waiting().length,
      waiting,
      offlineSince: () => null,
      lastSyncedAt: () => now(),
      nextAttemptAt: () => null,
      incomingCount: () => 0,
      refused: waiting,
      storageProblem: () => null,
      deviceUsage: () => ({ records: tables.recordCount(), bytes: null }),
      firstLoad: () => null,
      tryNow: () => undefined,
    },
    exportLocalData: async () => new Blob([]),
    signOut: async () => 'signed-out',
  };
}
