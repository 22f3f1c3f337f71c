// @vitest-environment node
/** Four people's presence over lines to a real server. */
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WebSocket as WebSocketOfNode } from 'ws';
import * as Y from 'yjs';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';
import { createPresence, type Presence } from './presence.ts';
import { openRoomConnection, type RoomConnection } from './room-connection.ts';

// The browser's resolve conditions of this project make `ws` a stub; its file is the real one.
const NodeWebSocket = createRequire(import.meta.url)(
  resolve('node_modules/ws/lib/websocket.js'),
) as typeof WebSocketOfNode;

const ROOM = 'team.workspace.1';
const server = new TeamServer();
const people: Person[] = [];
const seats: Seat[] = [];

interface Seat {
  readonly name: string;
  readonly presence: Presence;
  readonly connection: RoomConnection;
}

beforeAll(async () => {
  await server.start();
  const anna = await server.setUp('Anna');
  people.push(anna);
  for (const name of ['Bert', 'Carla', 'Dan']) people.push(await server.newcomer(anna, name));
}, 60_000);
afterEach(() => {
  for (const { presence, connection } of seats.splice(0)) {
    presence.dispose();
    connection.destroy();
  }
});
afterAll(() => server.remove());

/** Somebody opens the app; `presence` may be used at once, the line comes when it comes. */
function sitDown({ cookie, me }: Person): Seat {
  const doc = new Y.Doc();
  let presence: Presence | undefined;
  const connection = openRoomConnection({
    url: server.websocketUrl,
    room: ROOM,
    doc,
    build: 'test',
    clientIds: () => [doc.clientID],
    isOurs: ({ userId }) => userId === me.userId,
    onOpen: () => undefined,
    onClockOffset: () => undefined,
    onSaved: () => undefined,
    onRefused: () => undefined,
    onCaughtUp: () => undefined,
    onChange: () => presence?.refresh(),
    random: () => 0,
    webSocket: class extends NodeWebSocket {
      constructor(address: string | URL) {
        super(address, [], { headers: { cookie } });
      }
    } as unknown as typeof WebSocket,
  });
  presence = createPresence({
    memberId: me.memberId,
    awareness: () => connection.awareness,
    isOnline: () => connection.isOpen(),
  });
  const seat = { name: me.name, presence, connection };
  seats.push(seat);
  return seat;
}

/** What somebody sees the others type, by name. */
const seenBy = ({ name, presence }: Seat) =>
  Object.fromEntries(
    seats
      .filter((other) => other.name !== name)
      .map((other) => [other.name, presence.inField(`deal_${other.name}`, 'amount')?.draft]),
  );
const typedBeside = ({ name }: Seat) =>
  Object.fromEntries(
    seats.filter((other) => other.name !== name).map((other) => [other.name, `9000 by ${other.name}`]),
  );
const seeAll = (seat: Seat) => JSON.stringify(seenBy(seat)) === JSON.stringify(typedBeside(seat));

function typeAll(): void {
  for (const { name, presence } of seats) {
    for (const draft of ['9', '90', '900', '9000', `9000 by ${name}`]) {
      presence.tell({ path: '/deals', record: `deal_${name}`, field: 'amount', draft });
    }
  }
}

test('four people who type at the same time are each seen by the three others, also while their lines still open', async () => {
  people.map(sitDown);
  typeAll();
  await until('everybody is seen typing', () => seats.every(seeAll));
}, 30_000);

test('whoever loses the line for a moment sees what the others type when it is back, before they say it again', async () => {
  people.map(sitDown);
  typeAll();
  await until('everybody is seen typing', () => seats.every(seeAll));
  const [bert, ...others] = [...seats].sort(({ name }) => (name === 'Bert' ? -1 : 1)) as [Seat, ...Seat[]];
  // They keep their words, and say nothing any more.
  for (const { presence } of others) presence.dispose();
  bert.connection.dropLine();
  expect(bert.presence.peers()).toEqual([]);
  await until('the line is back', () => bert.connection.isOpen());
  await until('Bert sees the others', () => seeAll(bert));
}, 30_000);
