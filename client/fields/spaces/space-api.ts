/** What is asked of the server about private spaces; who is in them and what moves is its business alone. */

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

export interface SpaceMember {
  readonly userId: string;
  readonly memberId: string;
  readonly name: string;
}

export interface SpaceDetails {
  readonly id: string;
  readonly name: string;
  readonly members: readonly SpaceMember[];
}

const OFFLINE = 'This needs a connection to your server. Nothing was changed; try again when you are online.';

export async function readSpaces(): Promise<Answer<readonly SpaceDetails[]>> {
  const answer = await ask('GET', '/api/spaces');
  return answer.ok ? { ok: true, value: listOf(answer.value.spaces).map(readSpace) } : answer;
}

/** Its id. */
export async function makeSpace(name: string): Promise<Answer<string>> {
  const answer = await ask('POST', '/api/spaces', { name });
  return answer.ok ? { ok: true, value: readSpace(answer.value.space).id } : answer;
}

export const renameSpace = (id: string, name: string) => ask('PATCH', `/api/spaces/${id}`, { name });
export const addToSpace = (id: string, userId: string) => ask('POST', `/api/spaces/${id}/members`, { userId });
export const takeOutOfSpace = (id: string, userId: string) => ask('DELETE', `/api/spaces/${id}/members/${userId}`);
export const archiveSpace = (id: string) => ask('POST', `/api/spaces/${id}/archive`, {});

/** Ids of what was moved. */
export async function moveToSpace(to: string, ids: readonly string[]): Promise<Answer<readonly string[]>> {
  const answer = await ask('POST', '/api/spaces/move', { to, ids });
  return answer.ok ? { ok: true, value: listOf(answer.value.moved).map(textOf) } : answer;
}

/** Those who can sign in. */
export async function readPeople(): Promise<Answer<readonly SpaceMember[]>> {
  const answer = await ask('GET', '/api/members');
  return answer.ok ? { ok: true, value: listOf(answer.value.members).map(readMember) } : answer;
}

type Raw = Readonly<Record<string, unknown>>;

async function ask(method: string, path: string, body?: object): Promise<Answer<Raw>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    return { ok: false, message: OFFLINE };
  }
  const answer = objectOf(await response.json().catch(() => null));
  return response.ok
    ? { ok: true, value: answer }
    : { ok: false, message: textOf(objectOf(answer.error).message) || OFFLINE };
}

function readSpace(raw: unknown): SpaceDetails {
  const { id, name, members } = objectOf(raw);
  return { id: textOf(id), name: textOf(name), members: listOf(members).map(readMember) };
}

function readMember(raw: unknown): SpaceMember {
  const { userId, memberId, name } = objectOf(raw);
  return { userId: textOf(userId), memberId: textOf(memberId), name: textOf(name) };
}

const objectOf = (raw: unknown): Raw => (typeof raw === 'object' && raw !== null ? (raw as Raw) : {});
const listOf = (raw: unknown): readonly unknown[] => (Array.isArray(raw) ? raw : []);
const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '');
