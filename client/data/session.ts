/**
 * Who is here, and which workspace that opens. The last answers of the server are kept on the device, so that the app
 * opens at once and also with the server gone. A network or server failure never signs anybody out; only the server's
 * own "nobody is signed in" does, and even then the local data stays open, readable and editable.
 */
import { type Accessor, createSignal } from 'solid-js';
import { isNextOf, parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import { REMEMBERED, rememberFormer } from './former-shelf.ts';
import { deleteLocalStores } from './local-store.ts';
import { type OpenWorkspace, openWorkspace } from './open-workspace.ts';
import type { Removal } from './removal.ts';
import type { RemovalNotice } from './removal-notice.ts';
import { spaceOfRoom } from './room-list.ts';
import { type Answers, askServer, endSession } from './server-api.ts';
import type { SpaceInfo } from './spaces.ts';
import type { Me } from './workspace.ts';

export type SessionState =
  /** Nothing is known yet; lasts one answer of the server. */
  | { readonly kind: 'starting' }
  /** First visit and the server does not answer. Tried again by itself; `check()` tries now. */
  | { readonly kind: 'unreachable' }
  /** A server without a workspace: the first visitor makes it. */
  | { readonly kind: 'setup'; readonly needsCode: boolean }
  /** Nobody is signed in and nothing is on this device. */
  | { readonly kind: 'signed-out'; readonly workspaceName: string }
  /** The server says that this person was removed from the workspace. */
  | { readonly kind: 'removed'; readonly removal: Removal }
  /** `useWorkspace()` works. Whether the server still knows this person is in `workspace.sync.state()`. */
  | { readonly kind: 'open'; readonly workspace: OpenWorkspace };

export interface Session {
  readonly state: Accessor<SessionState>;
  /**
   * The server has no workspace although one is open here: it was wiped, or another one answers at its address. Whoever
   * sets it up can refill it from what this device keeps.
   */
  readonly emptyServer: Accessor<{ readonly needsCode: boolean } | null>;
  /**
   * Asks the server who is signed in. To be called after setting up, signing in and accepting an invitation; resolves
   * when `state` says what came of it. Never throws.
   */
  readonly check: () => Promise<void>;
  readonly dispose: () => Promise<void>;
}

export interface SessionOptions {
  readonly build: string;
  /** The first page is shown: what it does without is loaded from then on; at once when left out. */
  readonly whenShown?: Promise<void>;
  readonly fetch?: typeof fetch;
  /** `wss://host/sync`; this page's own server when left out. */
  readonly websocketUrl?: string;
  readonly storage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** What a reload keeps and closing the tab does not: steps of undo. */
  readonly tabStorage?: Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'clear'> | undefined;
  readonly webSocket?: typeof WebSocket;
  /** How long the device is left alone before each earlier year; a quarter of a minute when left out. */
  readonly earlierYearsAfterMs?: number;
}

/** What a person does right after the start goes first. */
const EARLIER_YEARS_AFTER_MS = 15_000;

/** What the device keeps of the server's answers. */
interface Remembered {
  readonly me: Me;
  readonly serverId: string;
  readonly rooms: readonly string[];
  /** Former generations of rooms that this device has nothing to send of. */
  readonly left?: readonly string[];
  /** Private spaces this person is in. */
  readonly spaces?: readonly SpaceInfo[];
}

const LAST_SYNCED = 'rapport.last-synced';
/** Set when somebody signed out while the server was out of reach: the cookie is still good and must not be used. */
const OWES_SIGN_OUT = 'rapport.owes-sign-out';
const RETRY_MS = 5_000;

/**
 * Starts the app's data. With a remembered person the workspace opens before the server is asked.
 *
 * ```ts
 * const session = startSession({ build: BUILD });
 * // <Switch> over session.state().kind; around the screens of 'open':
 * // <WorkspaceProvider value={state.workspace}>
 * // sign-in page: await POST /api/auth/sign-in/email, then await session.check()
 * ```
 */
export function startSession(options: SessionOptions): Session {
  const {
    fetch: fetchFrom = (...args) => fetch(...args),
    storage = localStorage,
    tabStorage = globalThis.sessionStorage,
  } = options;
  const [state, setState] = createSignal<SessionState>({ kind: 'starting' });
  const [isSignedOut, setSignedOut] = createSignal(false);
  const [emptyServer, setEmptyServer] = createSignal<{ readonly needsCode: boolean } | null>(null);
  let current: { readonly remembered: Remembered; readonly workspace: OpenWorkspace } | null = null;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let isDisposed = false;
  /** One at a time, so that answers are dealt with in the order of the questions. */
  let queue: Promise<void> = Promise.resolve();

  const inTurn = (work: () => Promise<void>): Promise<void> => {
    queue = queue.then(work);
    return queue;
  };

  async function open(remembered: Remembered): Promise<void> {
    if (current) {
      await current.workspace.dispose();
      rememberFormer(
        { getItem: (key) => storage.getItem(key), setItem: keep },
        { ...current.remembered, at: Date.now() },
      );
    }
    const workspace = await openWorkspace({
      ...remembered,
      build: options.build,
      websocketUrl: options.websocketUrl ?? ownWebsocketUrl(),
      isSignedOut,
      fetchSnapshots: fetchFrom,
      hasFiles: true,
      earlierYearsAfterMs: options.earlierYearsAfterMs ?? EARLIER_YEARS_AFTER_MS,
      ...(options.whenShown ? { whenShown: options.whenShown } : {}),
      leftRooms: remembered.left ?? [],
      onRoomLeft(name) {
        if (current === null) return;
        const { rooms, left = [] } = current.remembered;
        const next = { ...current.remembered, rooms: rooms.filter((each) => each !== name), left: [...left, name] };
        current = { ...current, remembered: next };
        keep(REMEMBERED, JSON.stringify(next));
      },
      onSpaceRemoved(space) {
        if (current === null) return;
        const rooms = current.remembered.rooms.filter((name) => spaceOfRoom(name) !== space);
        current = { ...current, remembered: { ...current.remembered, rooms } };
        keep(REMEMBERED, JSON.stringify(current.remembered));
      },
      onSessionDoubt: () => void check(),
      onSignedOut: () => signedOutHere(),
      shelf: { getItem: (key) => storage.getItem(key), setItem: keep },
      ...(tabStorage ? { tabStorage } : {}),
      lastSyncedAt: Number(storage.getItem(LAST_SYNCED)) || null,
      rememberSynced: (at) => keep(LAST_SYNCED, String(at)),
      ...(options.webSocket ? { webSocket: options.webSocket } : {}),
    });
    if (isDisposed) {
      await workspace.dispose();
      return;
    }
    current = { remembered, workspace };
    setState({ kind: 'open', workspace });
  }

  async function signedOutHere(): Promise<void> {
    current = null;
    storage.removeItem(REMEMBERED);
    storage.removeItem(LAST_SYNCED);
    tabStorage?.clear();
    keep(OWES_SIGN_OUT, 'yes');
    setSignedOut(false);
    // The page that says why stays until the person leaves it.
    if (state().kind === 'removed') return;
    setState({ kind: 'signed-out', workspaceName: '' });
    await check();
  }

  const check = () => inTurn(askAndAct);

  async function askAndAct(): Promise<void> {
    clearTimeout(retryTimer);
    if (isDisposed) return;
    let answers: Answers;
    try {
      if (storage.getItem(OWES_SIGN_OUT) !== null) {
        await endSession(fetchFrom);
        storage.removeItem(OWES_SIGN_OUT);
      }
      answers = await askServer(fetchFrom);
    } catch {
      // Not reached, or not a server's answer: what is open stays open.
      if (!current && state().kind !== 'signed-out') setState({ kind: 'unreachable' });
      if (!isDisposed) retryTimer = setTimeout(check, RETRY_MS);
      return;
    }
    // Somebody signed out meanwhile: this was the answer to who they were, and would bring their data back here.
    if (storage.getItem(OWES_SIGN_OUT) !== null) return;
    await act(answers);
  }

  /** Only what the server says about this person and this server counts; for anybody else's copy it is a sign-out. */
  async function removed(notice: RemovalNotice): Promise<void> {
    if (state().kind === 'removed') return;
    const mine = current;
    if (
      mine !== null &&
      (mine.remembered.me.userId !== notice.userId || mine.remembered.serverId !== notice.serverId)
    ) {
      setSignedOut(true);
      return;
    }
    const { startRemoval } = await import('./removal.ts');
    const removal = startRemoval({
      notice,
      unsent: mine === null ? 0 : mine.workspace.unsentCount(),
      exportUnsent: async () => (mine === null ? new Blob(['{}']) : mine.workspace.exportLocalData('waiting')),
      async wipeDevice() {
        if (mine === null) await signedOutHere();
        else await mine.workspace.signOut({ discard: true });
        await deleteLocalStores(`rapport/${notice.serverId}/${notice.userId}/`);
        // The session has done its last service; failing that it is ended with the next question.
        await endSession(fetchFrom).then(
          () => storage.removeItem(OWES_SIGN_OUT),
          () => undefined,
        );
      },
      fetch: fetchFrom,
      storage: { getItem: (key) => storage.getItem(key), setItem: keep },
    });
    setState({ kind: 'removed', removal });
  }

  async function act({ status, me, rooms, removal, spaces, leftSpaces }: Answers): Promise<void> {
    if (removal !== null && removal.serverId === status.serverId) {
      // When its code cannot be had, nothing happens, and the next question leads here again.
      await removed(removal).catch(() => undefined);
      return;
    }
    if (me === null || rooms === null) {
      setEmptyServer(status.needsSetup ? { needsCode: status.needsSetupCode } : null);
      if (current) setSignedOut(true);
      else
        setState(
          status.needsSetup
            ? { kind: 'setup', needsCode: status.needsSetupCode }
            : { kind: 'signed-out', workspaceName: status.workspaceName },
        );
      return;
    }
    const known = current?.remembered;
    const isSame = known?.serverId === status.serverId && known.me.userId === me.userId;
    const remembered: Remembered = {
      me,
      serverId: status.serverId,
      // Until a former generation is left, it may hold what nobody else has.
      rooms: isSame ? [...formerGenerations(known, rooms), ...unlistedPrivate(known, rooms), ...rooms] : rooms,
      spaces,
      ...(isSame && known.left !== undefined ? { left: known.left } : {}),
    };
    keep(REMEMBERED, JSON.stringify(remembered));
    setSignedOut(false);
    if (current && isSame) {
      current = { ...current, remembered };
      const isLeft = (name: string) => leftSpaces.some(({ id }) => id === spaceOfRoom(name));
      current.workspace.setSpaces(spaces, leftSpaces);
      current.workspace.setRooms(remembered.rooms.filter((name) => !isLeft(name)));
      current.workspace.resume(me);
      setEmptyServer(null);
      return;
    }
    await open(remembered);
    // Not before: the page that set the server up gives way to the new workspace, not to the old one.
    setEmptyServer(null);
  }

  /** A full or forbidden localStorage costs the quick start, nothing else. */
  function keep(key: string, value: string): void {
    try {
      storage.setItem(key, value);
    } catch {
      return;
    }
  }

  const onOnline = () => void check();
  globalThis.window?.addEventListener('online', onOnline);

  void inTurn(async () => {
    const remembered = readRemembered(storage.getItem(REMEMBERED));
    if (remembered) await open(remembered);
  });
  void check();

  return {
    state,
    emptyServer,
    check,
    async dispose() {
      isDisposed = true;
      clearTimeout(retryTimer);
      globalThis.window?.removeEventListener('online', onOnline);
      await queue;
      await current?.workspace.dispose();
    },
  };
}

function formerGenerations({ rooms, left = [] }: Remembered, listed: readonly string[]): readonly string[] {
  const next = listed.flatMap((name) => parseRoomName(name) ?? []);
  return rooms.filter((name) => {
    const parts = parseRoomName(name);
    return (
      parts !== null && !listed.includes(name) && !left.includes(name) && next.some((each) => isNextOf(each, parts))
    );
  });
}

/**
 * Rooms of private spaces the server does not list any more. What is here of them stays until it says that this person was
 * taken out: a server that was set back to an older backup knows nothing of them.
 */
function unlistedPrivate({ rooms }: Remembered, listed: readonly string[]): readonly string[] {
  const next = listed.flatMap((name) => parseRoomName(name) ?? []);
  return rooms.filter((name) => {
    const parts = parseRoomName(name);
    if (parts === null || parts.space === TEAM_SPACE || listed.includes(name)) return false;
    return !next.some((each) => isNextOf(each, parts));
  });
}

function readRemembered(text: string | null): Remembered | null {
  if (text === null) return null;
  try {
    const raw = JSON.parse(text) as Partial<Remembered>;
    const isWhole = raw.me?.userId && raw.me.memberId && raw.serverId && Array.isArray(raw.rooms);
    return isWhole ? (raw as Remembered) : null;
  } catch {
    return null;
  }
}

function ownWebsocketUrl(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss:' : 'ws:'}//${host}/sync`;
}
