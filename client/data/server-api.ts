/** The three questions the client asks the server over HTTP about itself, and the answers as far as they can be read. */
import { isRole } from '../../shared/sync/protocol.ts';
import { type RemovalNotice, readRemoval } from './removal-notice.ts';
import type { SpaceInfo } from './spaces.ts';
import type { Me } from './workspace.ts';

export interface ServerStatus {
  /** Nobody has made a workspace here yet: the next visitor becomes the owner. */
  readonly needsSetup: boolean;
  /** Making it takes the code the server printed where it was started. */
  readonly needsSetupCode: boolean;
  readonly workspaceName: string;
  readonly serverId: string;
}

/** `serverId` says whose data it is, `me` is null when nobody is signed in. */
export interface Answers {
  readonly status: ServerStatus;
  readonly me: Me | null;
  /** Full room names; null when nobody is signed in. */
  readonly rooms: readonly string[] | null;
  /** Private spaces this person is in. */
  readonly spaces: readonly SpaceInfo[];
  /** Private spaces this person was taken out of. */
  readonly leftSpaces: readonly SpaceInfo[];
  /** Somebody is signed in who was removed from the workspace. */
  readonly removal: RemovalNotice | null;
}

/** Throws when the server cannot be reached or does not answer as one: then nothing was learnt, least of all a sign-out. */
export async function askServer(fetchFrom: typeof fetch): Promise<Answers> {
  const ask = (path: string) => fetchFrom(path, { headers: { accept: 'application/json' }, cache: 'no-store' });
  const [status, me] = await Promise.all([ask('/api/status').then(readStatus), ask('/api/me').then(readMe)]);
  const nothing = { rooms: null, spaces: [], leftSpaces: [] };
  if (me === null) return { status, me, ...nothing, removal: null };
  if ('removedAt' in me) return { status, me: null, ...nothing, removal: me };
  return { status, me, ...((await ask('/api/rooms').then(readRooms)) ?? nothing), removal: null };
}

export async function endSession(fetchFrom: typeof fetch): Promise<void> {
  const answer = await fetchFrom('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  });
  if (!answer.ok && answer.status !== 401) throw new Error(`sign-out answered ${answer.status}`);
}

async function readStatus(answer: Response): Promise<ServerStatus> {
  const raw = await readObject(answer);
  if (typeof raw.serverId !== 'string' || raw.serverId === '') throw new Error('no Rapport server');
  return {
    needsSetup: raw.needsSetup === true,
    needsSetupCode: raw.needsSetupCode === true,
    workspaceName: textOf(raw.workspaceName),
    serverId: raw.serverId,
  };
}

async function readMe(answer: Response): Promise<Me | RemovalNotice | null> {
  if (answer.status === 401) return null;
  if (answer.status === 403) {
    const removal = readRemoval(await answer.json().catch(() => null));
    if (removal !== null) return removal;
  }
  const raw = await readObject(answer);
  const user = (raw.user ?? {}) as Record<string, unknown>;
  const me = {
    userId: textOf(user.id),
    memberId: textOf(raw.memberId),
    name: textOf(user.name),
    email: textOf(user.email),
    role: isRole(raw.role) ? raw.role : ('viewer' as const),
  };
  if (me.userId === '' || me.memberId === '') throw new Error('an answer without a person');
  return me;
}

async function readRooms(answer: Response): Promise<Pick<Answers, 'rooms' | 'spaces' | 'leftSpaces'> | null> {
  if (answer.status === 401) return null;
  const { rooms, spaces, leftSpaces } = await readObject(answer);
  if (!Array.isArray(rooms)) throw new Error('an answer without rooms');
  return {
    rooms: rooms.map((room: { name?: unknown }) => textOf(room?.name)).filter((name) => name !== ''),
    spaces: readSpaces(spaces),
    leftSpaces: readSpaces(leftSpaces),
  };
}

/** A server from before there were spaces says nothing about them. */
function readSpaces(raw: unknown): readonly SpaceInfo[] {
  const list: readonly Record<string, unknown>[] = Array.isArray(raw) ? raw : [];
  return list.map(({ id, name }) => ({ id: textOf(id), name: textOf(name) })).filter(({ id }) => id !== '');
}

async function readObject(answer: Response): Promise<Record<string, unknown>> {
  if (!answer.ok) throw new Error(`the server answered ${answer.status}`);
  const raw: unknown = await answer.json();
  if (typeof raw !== 'object' || raw === null) throw new Error('not an object');
  return raw as Record<string, unknown>;
}

const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '');
