import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectStock, type StockClient, until } from '../testing/stock-client.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let anna: Person;
const clients: StockClient[] = [];

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.setUp();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

function connect(room: string, who: Person): StockClient {
  const client = connectStock(server.url, room, { cookie: who.cookie });
  clients.push(client);
  return client;
}

test('two stock providers of y-websocket converge over a real server [S3.1]', async () => {
  const ben = await server.invite(anna, { name: 'Ben' });
  const one = connect('team.pipeline.1', anna);
  const two = connect('team.pipeline.1', ben);
  await Promise.all([one.synced(), two.synced()]);
  one.records.set('deal_a', '{"t":"deal","s":""}');
  two.records.set('deal_b', '{"t":"deal","s":""}');
  await until(() => one.records.size === 2 && two.records.size === 2, 'both records on both sides');
  expect(one.records.toJSON()).toEqual(two.records.toJSON());
});

test('a stock provider that edits before the handshake is over loses nothing', async () => {
  const one = connect('team.pipeline.1', anna);
  one.records.set('deal_early', '{}');
  one.provider.on('status', () => one.records.set('deal_at_open', '{}'));
  await one.synced();
  one.records.set('deal_late', '{}');
  const two = connect('team.pipeline.1', anna);
  await two.synced();
  await until(() => two.records.size === 3, 'all three records');
});

test('presence reaches the others with the name the server knows', async () => {
  const one = connect('team.workspace.1', anna);
  const two = connect('team.workspace.1', await server.invite(anna, { name: 'Ben' }));
  await Promise.all([one.synced(), two.synced()]);
  one.provider.awareness.setLocalState({ user: { name: 'Somebody else' }, view: 'board' });
  await until(() => two.provider.awareness.getStates().get(one.doc.clientID)?.view === 'board', 'the state');
  expect(two.provider.awareness.getStates().get(one.doc.clientID)).toEqual({
    view: 'board',
    user: { id: anna.userId, memberId: anna.memberId, name: 'Anna' },
  });
  one.provider.disconnect();
  await until(() => !two.provider.awareness.getStates().has(one.doc.clientID), 'the state to go');
});
