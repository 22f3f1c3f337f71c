/** What is asked of the server about private spaces; who is in them and what moves is its business alone. */
import { type Answer, ask, listOf, objectOf, type Question, textOf } from '../../data/ask.ts';

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

const unreached = 'This needs a connection to your server. Nothing was changed; try again when you are online.';

const change = (method: Question['method'], path: string, body?: object) => ask(path, { method, body, unreached });

export async function readSpaces(): Promise<Answer<readonly SpaceDetails[]>> {
  const answer = await ask('/api/spaces', { unreached });
  return answer.ok ? { ok: true, value: listOf(answer.value, 'spaces').map(readSpace) } : answer;
}

/** Its id. */
export async function makeSpace(name: string): Promise<Answer<string>> {
  const answer = await change('POST', '/api/spaces', { name });
  return answer.ok ? { ok: true, value: readSpace(objectOf(answer.value).space).id } : answer;
}

export const renameSpace = (id: string, name: string) => change('PATCH', `/api/spaces/${id}`, { name });
export const addToSpace = (id: string, userId: string) => change('POST', `/api/spaces/${id}/members`, { userId });
export const takeOutOfSpace = (id: string, userId: string) => change('DELETE', `/api/spaces/${id}/members/${userId}`);
export const archiveSpace = (id: string) => change('POST', `/api/spaces/${id}/archive`, {});

/** Ids of what was moved. */
export async function moveToSpace(to: string, ids: readonly string[]): Promise<Answer<readonly string[]>> {
  const answer = await change('POST', '/api/spaces/move', { to, ids });
  return answer.ok ? { ok: true, value: listOf(answer.value, 'moved').map(textOf) } : answer;
}

/** Those who can sign in. */
export async function readPeople(): Promise<Answer<readonly SpaceMember[]>> {
  const answer = await ask('/api/members', { unreached });
  return answer.ok ? { ok: true, value: listOf(answer.value, 'members').map(readMember) } : answer;
}

function readSpace(raw: unknown): SpaceDetails {
  const { id, name } = objectOf(raw);
  return { id: textOf(id), name: textOf(name), members: listOf(raw, 'members').map(readMember) };
}

function readMember(raw: unknown): SpaceMember {
  const { userId, memberId, name } = objectOf(raw);
  return { userId: textOf(userId), memberId: textOf(memberId), name: textOf(name) };
}
