/** Records as a program makes them over REST, signed in as a person: what a test needs to be there, not what it is about. */
import { expect } from '@playwright/test';
import type { Person } from './person.ts';

/** Makes a record and returns its id. */
export function makeRecord(person: Person, entity: string, data: object): Promise<string> {
  return ask(person, 'post', entity, data);
}

/** Changes fields of a record. */
export async function patchRecord(person: Person, entity: string, id: string, data: object): Promise<void> {
  await ask(person, 'patch', `${entity}/${id}`, data);
}

/** The id of a person's member record. */
export async function memberOf({ context }: Person): Promise<string> {
  return ((await (await context.request.get('/api/me')).json()) as { memberId: string }).memberId;
}

async function ask({ context, line }: Person, method: 'post' | 'patch', path: string, data: object): Promise<string> {
  const response = await context.request[method](`/api/records/${path}`, { data, headers: { origin: line.url } });
  expect(response.ok(), await response.text()).toBe(true);
  return ((await response.json()) as { record: { id: string } }).record.id;
}
