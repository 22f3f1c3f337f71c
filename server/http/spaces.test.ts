import { describe, expect, test } from 'vitest';
import { foldRoom } from '../sync/fold-room.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

interface Shown {
  readonly id: string;
  readonly name: string;
  readonly members: readonly { readonly userId: string; readonly name: string }[];
}

const SECRET = 'Nightingale';

/** A workspace of three: Bert and Cara share a private space; Anna owns the workspace and is not in it. */
async function setUpSpaces() {
  const app = setUpMemoryApp();
  const anna = await app.setUp();
  const bert = await app.join(anna, 'Bert');
  const cara = await app.join(anna, 'Cara');
  const idOf = async (cookie: string) =>
    ((await (await app.ask('GET', '/api/me', { cookie })).json()) as { user: { id: string } }).user.id;
  const ids = { anna: await idOf(anna), bert: await idOf(bert), cara: await idOf(cara) };
  const json = async <T>(cookie: string, method: string, path: string, body?: unknown) => {
    const answer = await app.ask(method, path, { cookie, ...(body === undefined ? {} : { body }) });
    return { status: answer.status, body: (await answer.json()) as T };
  };
  const made = await json<{ space: Shown }>(bert, 'POST', '/api/spaces', { name: 'Acquisitions' });
  const space = made.body.space.id;
  await json(bert, 'POST', `/api/spaces/${space}/members`, { userId: ids.cara });
  const createIn = async (cookie: string, where: string, entity: string, values: object) => {
    const answer = await json<{ record: { id: string } }>(
      cookie,
      'POST',
      `/api/records/${entity}?space=${where}`,
      values,
    );
    expect(answer.status).toBe(201);
    return answer.body.record.id;
  };
  const find = (cookie: string, entity: string, id: string) =>
    json<{ record?: Record<string, unknown> }>(cookie, 'GET', `/api/records/${entity}/${id}`);
  return { app, anna, bert, cara, ids, json, space, createIn, find };
}

describe('a space and its members', () => {
  test('everybody who works with records may make one, and only its members see it', async () => {
    const { anna, bert, cara, json, space } = await setUpSpaces();
    const seen = async (cookie: string) =>
      (await json<{ spaces: Shown[] }>(cookie, 'GET', '/api/spaces')).body.spaces.map(({ name, members }) => [
        name,
        members.map((each) => each.name),
      ]);
    expect(await seen(bert)).toEqual([['Acquisitions', ['Bert', 'Cara']]]);
    expect(await seen(cara)).toEqual([['Acquisitions', ['Bert', 'Cara']]]);
    expect(await seen(anna)).toEqual([]);
    const rooms = async (cookie: string) =>
      (await json<{ rooms: { name: string }[] }>(cookie, 'GET', '/api/rooms')).body.rooms.map(({ name }) => name);
    expect((await rooms(bert)).filter((name) => name.startsWith(`${space}.`))).toHaveLength(5);
    expect(await rooms(bert)).not.toContain(`${space}.workspace.1`);
    expect((await rooms(anna)).every((name) => name.startsWith('team.'))).toBe(true);
  });

  test('a viewer makes none', async () => {
    const { app, anna, json } = await setUpSpaces();
    const viewer = await app.join(anna, 'Vera', 'viewer');
    expect(await json(viewer, 'POST', '/api/spaces', { name: 'Mine' })).toMatchObject({ status: 403 });
  });

  test('an owner of the workspace does not get in by any address, and is told what a stranger is told', async () => {
    const { anna, ids, json, space } = await setUpSpaces();
    const attempts: readonly [string, string, unknown?][] = [
      ['PATCH', `/api/spaces/${space}`, { name: 'Ours' }],
      ['POST', `/api/spaces/${space}/members`, { userId: ids.anna }],
      ['DELETE', `/api/spaces/${space}/members/${ids.bert}`],
      ['POST', `/api/spaces/${space}/archive`],
      ['POST', '/api/spaces/move', { to: space, ids: [] }],
      ['POST', `/api/records/contact?space=${space}`, { firstName: 'Eve' }],
    ];
    for (const [method, path, body] of attempts) {
      const stranger = await json(anna, method, path.replace(space, 's-0000000000000000'), replaced(body, space));
      const answer = await json(anna, method, path, body);
      expect([path, answer]).toEqual([path, stranger]);
      expect(answer.status).toBe(404);
    }
  });

  test('who was removed is told so by name, and sees nothing any more', async () => {
    const { bert, cara, ids, json, space, createIn, find } = await setUpSpaces();
    const id = await createIn(bert, space, 'contact', { firstName: SECRET });
    expect((await find(cara, 'contact', id)).status).toBe(200);
    expect((await json(bert, 'DELETE', `/api/spaces/${space}/members/${ids.cara}`)).status).toBe(200);
    expect((await find(cara, 'contact', id)).status).toBe(404);
    const { body } = await json<{ spaces: Shown[]; left: { id: string; name: string }[] }>(cara, 'GET', '/api/spaces');
    expect(body).toMatchObject({ spaces: [], left: [{ id: space, name: 'Acquisitions' }] });
    await json(bert, 'POST', `/api/spaces/${space}/members`, { userId: ids.cara });
    expect((await json<{ left: unknown[] }>(cara, 'GET', '/api/spaces')).body.left).toEqual([]);
  });

  test('the last member hands over or archives', async () => {
    const { bert, cara, ids, json, space } = await setUpSpaces();
    expect((await json(bert, 'POST', `/api/spaces/${space}/archive`)).status).toBe(409);
    await json(cara, 'DELETE', `/api/spaces/${space}/members/${ids.cara}`);
    const refused = await json<{ error: { code: string; message: string } }>(
      bert,
      'DELETE',
      `/api/spaces/${space}/members/${ids.bert}`,
    );
    expect([refused.status, refused.body.error.code]).toEqual([409, 'last-member']);
    expect((await json(bert, 'POST', `/api/spaces/${space}/archive`)).status).toBe(200);
    expect((await json<{ spaces: unknown[] }>(bert, 'GET', '/api/spaces')).body.spaces).toEqual([]);
  });

  test('who is removed from the workspace is in no space any more', async () => {
    const { anna, bert, ids, json, space, app } = await setUpSpaces();
    const removed = await json<{ archivedSpaces?: number }>(anna, 'DELETE', `/api/members/${ids.cara}`, { heir: null });
    expect(removed.body.archivedSpaces).toBeUndefined();
    expect(app.services.spaces.members(space)).toEqual([ids.bert]);
    expect((await json<{ spaces: unknown[] }>(bert, 'GET', '/api/spaces')).body.spaces).toHaveLength(1);
  });
});

describe('records of a space', () => {
  test('nobody outside finds them: by id, in lists, in the history, as of a moment, by changing or removing them', async () => {
    const { app, anna, bert, space, createIn, json } = await setUpSpaces();
    const before = Date.now() - 1_000;
    const contact = await createIn(bert, space, 'contact', { firstName: SECRET });
    const deal = await createIn(bert, space, 'deal', { title: `${SECRET} deal`, contacts: [contact] });
    await json(bert, 'PATCH', `/api/records/deal/${deal}`, { title: `${SECRET} takeover` });
    app.services.rooms.services.committer.flush();
    const stamp = (
      (await (await app.ask('GET', `/api/history?record=${deal}`, { cookie: bert })).json()) as {
        changes: { stamp: string }[];
      }
    ).changes[0]?.stamp;
    const addresses: readonly (readonly [string, string, unknown?])[] = [
      ['GET', '/api/records/contact?limit=1000'],
      ['GET', '/api/records/deal?limit=1000'],
      ['GET', `/api/records/deal/${deal}`],
      ['PATCH', `/api/records/deal/${deal}`, { title: 'Mine' }],
      ['DELETE', `/api/records/deal/${deal}`],
      ['GET', '/api/history'],
      ['GET', `/api/history?record=${deal}`],
      ['GET', `/api/history/actions/${stamp}`],
      ['GET', `/api/history/as-of?kind=pipeline&at=${before}`],
      ['POST', '/api/trash/purge', { ids: [deal, contact] }],
      ['POST', '/api/spaces/move', { to: 'team', ids: [deal, contact] }],
      ['GET', '/api/rooms'],
      ['GET', '/api/spaces'],
    ];
    for (const [method, path, body] of addresses) {
      const answer = await app.ask(method, path, { cookie: anna, ...(body === undefined ? {} : { body }) });
      const text = await answer.text();
      for (const secret of [SECRET, contact, deal, space]) expect([path, text.includes(secret)]).toEqual([path, false]);
    }
    const { body } = await json<{ record: { title: string } }>(bert, 'GET', `/api/records/deal/${deal}`);
    expect(body.record.title).toBe(`${SECRET} takeover`);
    const asOf = await (await app.ask('GET', `/api/history/as-of?kind=pipeline&at=${before}`, { cookie: bert })).text();
    expect(asOf).toContain(deal);
  });

  test('what is about a private record goes where that record is', async () => {
    const { bert, anna, space, createIn, find } = await setUpSpaces();
    const deal = await createIn(bert, space, 'deal', { title: SECRET });
    const task = await createIn(bert, 'team', 'task', { title: `Call about ${SECRET}`, about: [deal] });
    expect((await find(bert, 'task', task)).status).toBe(200);
    expect((await find(anna, 'task', task)).status).toBe(404);
  });

  test('an owner’s trash empties what is in their spaces only', async () => {
    const { anna, bert, ids, json, space, createIn, find } = await setUpSpaces();
    const id = await createIn(bert, space, 'contact', { firstName: SECRET });
    await json(bert, 'DELETE', `/api/records/contact/${id}`);
    expect((await json(anna, 'POST', '/api/trash/purge', { ids: [id] })).body).toEqual({ purged: 0 });
    await json(bert, 'POST', `/api/spaces/${space}/members`, { userId: ids.anna });
    expect((await json(anna, 'POST', '/api/trash/purge', { ids: [id] })).body).toEqual({ purged: 1 });
    expect((await find(bert, 'contact', id)).status).toBe(404);
  });
});

describe('moving records', () => {
  test('a record keeps its id, its values and its past, and is gone for those outside', async () => {
    const { app, anna, bert, space, createIn, find, json } = await setUpSpaces();
    const id = await createIn(anna, 'team', 'contact', { firstName: 'Femke', lastName: 'Visser', tags: ['VIP'] });
    await json(anna, 'PATCH', `/api/records/contact/${id}`, { lastName: SECRET });
    const before = (await find(bert, 'contact', id)).body.record;
    expect((await json(bert, 'POST', '/api/spaces/move', { to: space, ids: [id] })).body).toEqual({ moved: [id] });
    expect((await find(bert, 'contact', id)).body.record).toEqual(before);
    expect((await find(anna, 'contact', id)).status).toBe(404);
    const past = async (cookie: string) =>
      ((await (await app.ask('GET', `/api/history?record=${id}`, { cookie })).json()) as { changes: unknown[] }).changes
        .length;
    expect(await past(anna)).toBe(0);
    expect(await past(bert)).toBe(2);
    expect((await json(bert, 'POST', '/api/spaces/move', { to: 'team', ids: [id] })).body).toEqual({ moved: [id] });
    expect((await find(anna, 'contact', id)).body.record).toEqual(before);
  });

  test('nobody moves what they cannot see', async () => {
    const { anna, bert, space, createIn, find, json } = await setUpSpaces();
    const id = await createIn(bert, space, 'contact', { firstName: SECRET });
    expect((await json(anna, 'POST', '/api/spaces/move', { to: 'team', ids: [id] })).body).toEqual({ moved: [] });
    expect((await find(anna, 'contact', id)).status).toBe(404);
  });

  test('nothing of a moved record is left in the room it came from', async () => {
    const { app, anna, bert, space, createIn, json } = await setUpSpaces();
    const id = await createIn(anna, 'team', 'contact', { firstName: SECRET });
    await json(anna, 'PATCH', `/api/records/contact/${id}`, { lastName: `${SECRET} Smith` });
    await json(bert, 'POST', '/api/spaces/move', { to: space, ids: [id] });
    const room = app.services.rooms.open('team.directory.1');
    foldRoom(app.services.rooms.services, room);
    const { snapshot } = app.services.log.load('team.directory.1');
    expect(Buffer.from(snapshot ?? []).includes(SECRET)).toBe(false);
    expect(snapshot).not.toBeNull();
  });
});

function replaced(body: unknown, space: string): unknown {
  return body === undefined ? undefined : JSON.parse(JSON.stringify(body).replaceAll(space, 's-0000000000000000'));
}
