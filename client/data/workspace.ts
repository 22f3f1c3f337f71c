/**
 * What the rest of the client knows of its data: records, live queries, commands, undo and the state of sync.
 * Everything reads and writes locally and answers at once; nothing here ever waits for the network.
 * `open-workspace.ts` makes one; screens get it with `useWorkspace()`.
 */
import { createContext, useContext } from 'solid-js';
import type { Tx } from '../../shared/commands/command.ts';
import type { EntityName, RecordNamed } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import type { Right } from '../../shared/model/rights.ts';
import type { SortKey } from '../../shared/model/text-order.ts';
import type { QueryGroup, QuerySpec } from '../../shared/query/live-query.ts';
import type { KnownEdit } from '../../shared/query/timeline.ts';
import type { Merges } from '../../shared/sync/merges.ts';
import type { Edit } from '../../shared/sync/record-state.ts';
import type { StampedPath } from '../../shared/sync/stamps-since.ts';
import type { Files } from './files.ts';
import type { Presence } from './presence.ts';
import type { RecordAbout } from './record-about.ts';
import type { Search } from './search.ts';
import type { Spaces } from './spaces.ts';
import type { SyncStatus, WaitingChange } from './sync-status.ts';
import type { Texts } from './texts.ts';
import type { PastChange } from './undo.ts';

/** The signed-in person as the server last confirmed; kept on the device, so that it is known offline. */
export interface Me {
  readonly userId: string;
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'owner' | 'admin' | 'member' | 'viewer';
}

/**
 * The records of one entity. All reads track in Solid. Those that were merged into others are in no list; asked for by their
 * id, the one that stands for them answers.
 */
export interface Collection<N extends EntityName> {
  /** Tracks this one record; undefined when there is none, also for those in the trash. */
  byId(id: string | null | undefined): RecordNamed<N> | undefined;
  /** As `byId`, the trash included: for links that must say "deleted". */
  byIdInTrash(id: string | null | undefined): RecordNamed<N> | undefined;
  /** Tracks membership and every value: use inside a memo, and only for small entities (stages, members, pipelines). */
  all(): readonly RecordNamed<N>[];
  /** Number of records not in the trash; tracks. */
  count(): number;
  /** Every record that is not in the trash, untracked, without building an array. */
  each(): Iterable<RecordNamed<N>>;
  /** As `each`, the trash included. */
  eachWithTrash(): Iterable<RecordNamed<N>>;
  /** One record as it is stored, merged or not; untracked. */
  peek(id: string): RecordNamed<N> | undefined;
}

/** A live query: its answers track, and change in the same frame as the records do. */
export interface Query {
  /** Ids in order, of the group '' unless the spec groups. */
  ids(): readonly string[];
  /** Ids and sums of one group; empty when there is none. */
  group(key: string): QueryGroup;
  groupKeys(): readonly string[];
  /** Number of matching records over all groups. */
  size(): number;
}

export interface QueryOptions<N extends EntityName> extends QuerySpec<RecordNamed<N>> {
  /**
   * Instead of all of the above, for all records in the order of one key. A kept one stands for both directions, takes about
   * half the memory, and turning it round takes milliseconds.
   */
  readonly orderBy?: (record: RecordNamed<N>) => SortKey;
  /** Other entities whose change may alter `where`, `sortBy` or `orderBy` (a company's name); then all is computed again. */
  readonly dependsOn?: readonly (EntityName | Dependence)[];
  /**
   * A name that says everything the query goes by, beside the records themselves and what `dependsOn` tells. Queries of an
   * entity with the same name are one, which stays for a while when nobody reads it: a page that is opened again need not
   * look through all records. Its functions must not keep a component alive.
   */
  readonly keep?: string | undefined;
}

/** For who knows which changes of another entity alter the query: of 6,000 companies somebody always edits one. */
export interface Dependence {
  readonly entity: EntityName;
  /** Told of every change, in order, as long as the query is there; false when it alters nothing. */
  readonly matters: (change: ReadonlySet<string> | 'all') => boolean;
}

export interface UndoReport {
  /** The label of the step that was taken back or done again. */
  readonly label: string;
  /** Fields left alone because somebody changed them since, and who did. */
  readonly skipped: number;
  readonly skippedBy: string | null;
}

export interface StepProgress {
  readonly done: number;
  readonly total: number;
}

/** What a former copy has and this workspace lacks. */
export interface FormerNews {
  readonly entries: number;
  readonly records: number;
  readonly changes: readonly WaitingChange[];
  /** Records of private spaces that this server does not have, or of years it could not be asked about: only the copy has them. */
  readonly homeless: number;
}

/** The data of a workspace that this device kept when the server was set back to a backup or began anew. */
export interface FormerCopy {
  readonly id: string;
  /** Since when it is a former one, epoch ms. */
  readonly at: number;
  /** True unless only the account is another one. */
  readonly isOtherServer: boolean;
  /** `mine`: what this person wrote. */
  news(whose: 'mine' | 'everything'): Promise<FormerNews>;
  /** Adds it to this workspace; returns how many entries. */
  takeOver(whose: 'mine' | 'everything'): Promise<number>;
  download(): Promise<Blob>;
  /** Removes it from this device for good. */
  discard(): Promise<void>;
}

export type FormerCopies = () => readonly FormerCopy[];

export interface Workspace {
  readonly me: () => Me;
  /** False for viewers: the interface offers no writing. */
  readonly canWrite: () => boolean;
  /** What this person's role allows beyond that: settings, people. Tracks. */
  readonly may: (right: Right) => boolean;
  readonly collection: <N extends EntityName>(name: N) => Collection<N>;
  /**
   * Opens a live query for the life of the current Solid owner. `options` tracks: when what it reads changes,
   * the query is computed again.
   */
  readonly createQuery: <N extends EntityName>(name: N, options: () => QueryOptions<N>) => Query;
  /** Makes a kept query ready in slices between frames, once all that is on this device has been read. */
  readonly prepareQuery: <N extends EntityName>(name: N, options: QueryOptions<N>) => Promise<void>;
  /**
   * Finds records by words of their names and main fields: all words must occur, accents and case do not matter; the
   * best come first. Tracks the searched entities. Deals, contacts and companies when none are named.
   */
  readonly search: Search;
  /**
   * Runs a command: all of it or nothing, in this frame, as one step of undo. `label` is what undo and the toast
   * say ("Route planner moved to Qualified"). Throws `CommandRefused` with a sentence for the person.
   */
  readonly run: <R>(label: string, command: (tx: Tx) => R) => R;
  /**
   * As `run` for what a device derives from what a person did elsewhere (the plain text of a note that is written
   * together): no step of undo and no toast.
   */
  readonly runQuietly: <R>(command: (tx: Tx) => R) => R;
  /**
   * Runs many commands as one step of undo, giving the screen a frame between them (imports). Stops at `signal`;
   * what was done until then is undone. Resolves when everything is stored on this device. `total` is in the unit of
   * `onProgress`.
   */
  readonly runSteps: (
    label: string,
    steps: Iterable<(tx: Tx) => void>,
    options: {
      readonly signal?: AbortSignal;
      readonly total: number;
      readonly onProgress?: (progress: StepProgress) => void;
    },
  ) => Promise<'done' | 'cancelled'>;
  readonly undo: () => Promise<UndoReport | null>;
  readonly redo: () => Promise<UndoReport | null>;
  /**
   * Takes back changes of anybody, as the history tells them: only where the change's own value still stands. What was
   * changed since stays and is reported. A step of undo itself.
   */
  readonly revert: (label: string, changes: readonly PastChange[]) => Promise<UndoReport>;
  /** Labels of what undo and redo would do next; null = nothing. Track. */
  readonly undoLabel: () => string | null;
  readonly redoLabel: () => string | null;
  /** The newest step run here, for the toast; a new object each time. Tracks. */
  readonly lastStep: () => { readonly label: string } | null;
  /** Paths of a record that people edited apart, with all values kept; tracks the record. */
  readonly keptEdits: (id: string) => readonly { readonly path: string; readonly edits: readonly Edit[] }[];
  /** The newest edit of each field that this device knows of, set elements included; tracks the record. */
  readonly newestEdits: (id: string) => readonly KnownEdit[];
  /** What was written of a record after a moment (epoch ms), with who and when in the stamps; tracks the record. */
  readonly stampsSince: (id: string, since: number) => readonly StampedPath[];
  /** Private spaces: which there are, which one is shown, which one a record is in. */
  readonly spaces: Spaces;
  /** Which records were merged into which: for comparing ids that other records point to. Tracks merging, and nothing else. */
  readonly merges: () => Merges;
  /** Activities, tasks and appointments by the record they are about; last contact and next step. */
  readonly about: RecordAbout;
  /** Texts that several people write at once: notes and briefs. */
  readonly texts: Texts;
  /** The bytes of files; undefined until their code is loaded, and in a browser that stores nothing. Tracks. */
  readonly files: () => Files | undefined;
  /** Asks for them now: somebody wants a file. Undefined as above, and without a line to their code. Never rejects. */
  readonly loadFiles: () => Promise<Files | undefined>;
  /** Whether a record has changes that are not on the server yet; tracks. */
  readonly isWaiting: (id: string) => boolean;
  /** Whether the rooms of this kind are readable (their local copy is loaded); tracks. */
  readonly isLoaded: (kind: RoomKind) => boolean;
  /** Years whose timelines exist but are not on this screen's device yet, newest first; tracks. */
  readonly earlierYears: () => readonly number[];
  /** Makes a year's timeline readable and writable; resolves when its local copy is. Also for years nobody wrote in yet. */
  readonly openTimeline: (year: number) => Promise<void>;
  readonly sync: SyncStatus;
  /** Who else is here and what they do; null until its code is there, after the first paint. Tracks. */
  readonly presence: () => Presence | null;
  /** What this device kept of a workspace the server no longer has in this form; tracks. */
  readonly formerCopies: FormerCopies;
  /** Everything on this device as a file: for "download my changes" and "save a copy". */
  readonly exportLocalData: (what: 'everything' | 'waiting') => Promise<Blob>;
  /** Signs out: closes the rooms and removes the local data. Refuses while changes wait, unless `discard`. */
  readonly signOut: (options: { readonly discard: boolean }) => Promise<'signed-out' | 'changes-wait'>;
}

const WorkspaceContext = createContext<Workspace>();

export const WorkspaceProvider = WorkspaceContext.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error('useWorkspace needs a WorkspaceProvider above it');
  return workspace;
}
