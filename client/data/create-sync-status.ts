/**
 * The sync pill's answers, worked out from the rooms: what waits, what the server would not take, which line is open,
 * what this device could not store. Looked at again whenever any of that may have changed, and told to Solid only
 * where an answer differs.
 */
import { type Accessor, createMemo, createRoot, createSignal } from 'solid-js';
import { entities } from '../../shared/entities/registry.ts';
import { CLOSE } from '../../shared/sync/protocol.ts';
import type { ClientRoom } from './client-room.ts';
import type { StorageProblem } from './local-store.ts';
import type { RefusedChange, SyncState, SyncStatus } from './sync-status.ts';
import type { Tables } from './tables.ts';
import { describeRefused, describeWaiting, type WaitingEdit, waitingEdits } from './waiting.ts';

export interface SyncStatusInputs {
  readonly rooms: () => Iterable<ClientRoom>;
  /** How many rooms there are to open; the first download's progress is measured against it. */
  readonly roomCount: () => number;
  readonly tables: Tables;
  /** True when the server has said that nobody is signed in here. Tracks. */
  readonly isSignedOut: Accessor<boolean>;
  /** What the last session knew, epoch ms. */
  readonly lastSyncedAt: number | null;
  readonly rememberSynced: (at: number) => void;
  readonly now: () => number;
}

export interface SyncStatusParts {
  readonly status: Omit<SyncStatus, 'tryNow'>;
  /** Something may have changed. Cheap; looks once per turn however often it is called. */
  readonly refresh: () => void;
  readonly reportStorageProblem: (problem: StorageProblem) => void;
  readonly isWaiting: (id: string) => boolean;
  /** Everything that waits, also what was refused; looked up at once. */
  readonly waitingNow: () => readonly WaitingEdit[];
  readonly dispose: () => void;
}

/** "Sending" is shown from here on; most changes are through sooner and the pill stays quiet. */
const SENDING_SHOWN_AFTER_MS = 2_000;
/** Walking 50,000 waiting changes takes 30 ms: not for every slice of an import. */
const SLOW_LOOK_MS = 4;
const SLOW_LOOK_PAUSE_MS = 300;
/** What takes longer to store than this is said; no pill blinks at every edit. */
const STORING_SHOWN_AFTER_MS = 150;
const REMEMBER_EVERY_MS = 10_000;
const USAGE_EVERY_MS = 60_000;
/** Share of the browser's quota from which on we warn. */
const NEARLY_FULL = 0.95;

const PROBLEMS: Readonly<Record<StorageProblem, string>> = {
  full: 'This device is full. What you change from now on is only in this window: download your changes, then free some space and reload.',
  broken:
    'This browser has stopped saving. What you change from now on is only in this window: download your changes, then reload.',
  removed:
    'The data on this device was removed, perhaps by signing out in another tab. What you change from now on is only in this window: download it, or reload to start again.',
};

interface Snapshot {
  readonly waiting: readonly WaitingEdit[];
  readonly refused: readonly RefusedChange[];
  readonly state: SyncState;
  readonly offlineSince: number | null;
  readonly nextAttemptAt: number | null;
  readonly incoming: number;
  readonly firstLoad: number | null;
}

const NOTHING: readonly never[] = Object.freeze([]);

export function createSyncStatus(inputs: SyncStatusInputs): SyncStatusParts {
  return createRoot((dispose) => {
    const { tables, isSignedOut, now } = inputs;
    const [storageProblem, setStorageProblem] = createSignal<StorageProblem | null>(null);
    const [usage, setUsage] = createSignal<{ readonly bytes: number | null; readonly isNearlyFull: boolean }>(
      { bytes: null, isNearlyFull: false },
      { equals: (a, b) => a.bytes === b.bytes && a.isNearlyFull === b.isNearlyFull },
    );
    const [lastSyncedAt, setLastSyncedAt] = createSignal(inputs.lastSyncedAt);
    /** Everything is in IndexedDB; and whether it has not been for so long that the pill says so. */
    const [isStored, setStored] = createSignal(true);
    const [isStoringLong, setStoringLong] = createSignal(false);
    /** Something waits that the list does not show yet. */
    const [isListOld, setListOld] = createSignal(false);
    let storingTimer: ReturnType<typeof setTimeout> | undefined;
    const startedAt = now();
    let offlineSince: number | null = null;
    let sendingSince: number | null = null;
    let rememberedAt = 0;
    let isScheduled = false;
    let lastCostMs = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const look = (): Snapshot => {
      const rooms = [...inputs.rooms()];
      const began = performance.now();
      const edits = rooms.flatMap((room) => [...waitingEdits(room)]);
      lastCostMs = performance.now() - began;
      const waiting = edits.some((edit) => edit.isRefused) ? edits.filter((edit) => !edit.isRefused) : edits;
      const refused = refusedChanges(rooms, edits);
      const isDown = rooms.some(({ connection }) => !connection.isOpen() && connection.nextAttemptAt() !== null);
      const isConnecting = rooms.length === 0 || rooms.some(({ connection }) => !connection.hasCaughtUp());
      offlineSince = isDown
        ? (offlineSince ?? Math.max(startedAt, lastSyncedAt() ?? 0))
        : isConnecting
          ? offlineSince
          : null;
      sendingSince = waiting.length > 0 ? (sendingSince ?? now()) : null;
      const attempts = rooms.map(({ connection }) => connection.nextAttemptAt()).filter((at) => at !== null);
      const withCopy = rooms.filter((room) => room.hasCopy()).length;
      const arrived = rooms.reduce((sum, room) => sum + room.arrived(), 0);
      const isSending = sendingSince !== null && now() - sendingSince >= SENDING_SHOWN_AFTER_MS;
      const codes = rooms.map(({ connection }) => connection.finalClose()?.code);
      return {
        waiting: waiting.length === 0 ? NOTHING : waiting,
        refused: refused.length === 0 ? NOTHING : refused,
        state: codes.includes(CLOSE.tooOld)
          ? 'reload-needed'
          : codes.includes(CLOSE.signedOut) || codes.includes(CLOSE.forbidden)
            ? 'signed-out'
            : refused.length > 0
              ? 'needs-you'
              : isDown || offlineSince !== null
                ? 'offline'
                : isConnecting
                  ? 'catching-up'
                  : isSending
                    ? 'sending'
                    : 'synced',
        offlineSince,
        nextAttemptAt: attempts.length === 0 ? null : Math.min(...attempts),
        incoming: rooms.reduce((sum, { connection }) => sum + connection.incoming(), 0),
        firstLoad: withCopy === rooms.length ? null : arrived / Math.max(inputs.roomCount(), rooms.length),
      };
    };

    const [snapshot, setSnapshot] = createSignal<Snapshot>(look());

    const refreshNow = () => {
      isScheduled = false;
      clearTimeout(timer);
      const next = look();
      setSnapshot(next);
      setListOld(false);
      if (next.state === 'synced' && next.waiting.length === 0 && isStored()) noteSynced();
      if (next.state === 'synced' && next.waiting.length > 0 && sendingSince !== null) {
        timer = setTimeout(refresh, Math.max(0, sendingSince + SENDING_SHOWN_AFTER_MS - now()));
      }
    };

    const noteSynced = () => {
      const at = now();
      setLastSyncedAt(at);
      if (at - rememberedAt < REMEMBER_EVERY_MS) return;
      rememberedAt = at;
      inputs.rememberSynced(at);
    };

    const lookAtStorage = () => {
      const isStoredNow = [...inputs.rooms()].every(({ store }) => store.unsaved() === 0);
      if (isStoredNow === isStored()) return;
      clearTimeout(storingTimer);
      if (isStoredNow) setStoringLong(false);
      else storingTimer = setTimeout(() => setStoringLong(true), STORING_SHOWN_AFTER_MS);
      setStored(isStoredNow);
    };

    const refresh = () => {
      lookAtStorage();
      const isSlow = lastCostMs >= SLOW_LOOK_MS;
      if (isSlow && !isListOld()) setListOld([...inputs.rooms()].some(({ ownClocks }) => ownClocks.waiting().size > 0));
      if (isScheduled) return;
      isScheduled = true;
      if (!isSlow) queueMicrotask(refreshNow);
      else timer = setTimeout(refreshNow, Math.max(SLOW_LOOK_PAUSE_MS, 10 * lastCostMs));
    };

    const measure = async () => {
      const estimate = await globalThis.navigator?.storage?.estimate?.().catch(() => undefined);
      if (estimate?.usage === undefined) return;
      const isNearlyFull = estimate.quota !== undefined && estimate.usage > estimate.quota * NEARLY_FULL;
      setUsage({ bytes: estimate.usage, isNearlyFull });
    };
    void measure();
    const measuring = setInterval(measure, USAGE_EVERY_MS);

    const state = createMemo((): SyncState => {
      if (storageProblem() !== null) return 'not-saved';
      if (usage().isNearlyFull) return 'device-full';
      const { state: fromRooms } = snapshot();
      if (isSignedOut() && fromRooms !== 'reload-needed') return 'signed-out';
      return fromRooms === 'synced' && isStoringLong() ? 'sending' : fromRooms;
    });
    const waiting = createMemo(() => snapshot().waiting, NOTHING, { equals: sameEdits });
    const waitingIds = createMemo(() => new Set(waiting().map(({ id }) => id)));
    const incomingCount = createMemo(() => snapshot().incoming);
    const offline = createMemo(() => snapshot().offlineSince);
    const nextAttemptAt = createMemo(() => snapshot().nextAttemptAt);
    const refused = createMemo(() => snapshot().refused);
    const firstLoad = createMemo(() => snapshot().firstLoad);

    return {
      status: {
        state,
        isStored,
        waitingCount: () => Math.max(waiting().length, isListOld() && refused().length === 0 ? 1 : 0),
        // Worded when somebody looks: 10,000 changes take 20 ms.
        waiting: () => describeWaiting(waiting(), tables.find, entities),
        offlineSince: offline,
        lastSyncedAt,
        nextAttemptAt,
        incomingCount,
        refused,
        storageProblem: () => {
          const problem = storageProblem();
          return problem === null ? null : PROBLEMS[problem];
        },
        deviceUsage: () => ({ records: tables.recordCount(), bytes: usage().bytes }),
        firstLoad,
      },
      refresh,
      reportStorageProblem: (problem) => void setStorageProblem(problem),
      isWaiting: (id) => waitingIds().has(id),
      waitingNow: () => [...inputs.rooms()].flatMap((room) => [...waitingEdits(room)]),
      dispose: () => {
        clearTimeout(timer);
        clearTimeout(storingTimer);
        clearInterval(measuring);
        dispose();
      },
    };

    function refusedChanges(rooms: readonly ClientRoom[], edits: readonly WaitingEdit[]): readonly RefusedChange[] {
      const refusals = rooms.flatMap((room) => [...room.refused()]);
      const lines =
        refusals.length === 0
          ? []
          : describeRefused(
              edits.filter((edit) => edit.isRefused),
              refusals,
              tables.find,
              entities,
            );
      const closed = rooms.flatMap(({ connection }) => connection.finalClose() ?? []);
      const stuck = closed
        .filter(({ code }) => !ELSEWHERE.has(code))
        .map(({ reason }) => ({ text: 'Changes on this device', reason }));
      const held = rooms.flatMap(({ connection }) => connection.held() ?? []);
      const waits = held.slice(0, 1).map((reason) => ({ text: 'Nothing is sent for now', reason }));
      return [...lines, ...stuck.slice(0, 1), ...waits];
    }
  });
}

/** Looking again mostly finds the same. */
function sameEdits(before: readonly WaitingEdit[], after: readonly WaitingEdit[]): boolean {
  return (
    before === after ||
    (before.length === after.length &&
      before.every(({ id, path, stamp }, index) => {
        const other = after[index];
        return other?.stamp === stamp && other.id === id && other.path === path;
      }))
  );
}

/** Final closes that have a state of their own. */
const ELSEWHERE: ReadonlySet<number> = new Set([CLOSE.tooOld, CLOSE.signedOut, CLOSE.forbidden]);
