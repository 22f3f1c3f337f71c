import { expect, test } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { RoomAwareness } from './awareness.ts';

const ANNA = { id: 'anna', memberId: 'member_a', name: 'Anna' };
const BEN = { id: 'ben', memberId: 'member_b', name: 'Ben' };

function aClient(state: Record<string, unknown> | null = {}) {
  const awareness = new Awareness(new Y.Doc());
  clearInterval((awareness as unknown as { _checkInterval: NodeJS.Timeout })._checkInterval);
  awareness.setLocalState(state);
  return { awareness, id: awareness.clientID, update: () => encodeAwarenessUpdate(awareness, [awareness.clientID]) };
}

/** What stock clients make of an update. */
function seenBy(update: Uint8Array | null): Map<number, unknown> {
  const viewer = aClient().awareness;
  viewer.setLocalState(null);
  if (update !== null) applyAwarenessUpdate(viewer, update, 'test');
  return viewer.getStates();
}

test('the user of a state is the server’s, whatever the client wrote [S7.3]', () => {
  const room = new RoomAwareness<object>();
  const client = aClient({ user: { id: 'ben', name: 'Ben' }, view: 'board' });
  const states = seenBy(room.receive({}, ANNA, client.update()));
  expect(states.get(client.id)).toEqual({ user: ANNA, view: 'board' });
});

test('a connection speaks for one client id; entries about others are ignored [S7.2]', () => {
  const room = new RoomAwareness<object>();
  const [anna, ben] = [{}, {}];
  const [clientA, clientB] = [aClient({ view: 'a' }), aClient({ view: 'b' })];
  room.receive(anna, ANNA, clientA.update());
  room.receive(ben, BEN, clientB.update());
  expect(room.receive(ben, BEN, clientA.update())).toBeNull();
  expect(seenBy(room.everybody()).get(clientA.id)).toEqual({ view: 'a', user: ANNA });
});

test('somebody new cannot take over the client id of somebody who is there [S7.2]', () => {
  const room = new RoomAwareness<object>();
  const client = aClient({ view: 'a' });
  room.receive({}, ANNA, client.update());
  client.awareness.setLocalState({ view: 'forged' });
  expect(room.receive({}, BEN, client.update())).toBeNull();
});

test('the same person may come back under the same id before the dead line has ended [S7.2]', () => {
  const room = new RoomAwareness<object>();
  const [dead, alive] = [{}, {}];
  const client = aClient({ view: 'a' });
  room.receive(dead, ANNA, client.update());
  client.awareness.setLocalState({ view: 'b' });
  expect(room.receive(alive, ANNA, client.update())).not.toBeNull();
  expect(room.leave(dead)).toBeNull();
  expect(seenBy(room.everybody()).get(client.id)).toMatchObject({ view: 'b' });
});

test('leaving takes the state away, also in clients that saw the newest [S7.4]', () => {
  const room = new RoomAwareness<object>();
  const anna = {};
  const client = aClient({ view: 'a' });
  const viewer = aClient().awareness;
  applyAwarenessUpdate(viewer, room.receive(anna, ANNA, client.update()) ?? Uint8Array.of(0), 'test');
  expect(viewer.getStates().has(client.id)).toBe(true);
  applyAwarenessUpdate(viewer, room.leave(anna) ?? Uint8Array.of(0), 'test');
  expect(viewer.getStates().has(client.id)).toBe(false);
  expect(room.everybody()).toBeNull();
});

test('a state that is no object, or longer than presence needs, is not relayed', () => {
  const room = new RoomAwareness<object>();
  const list = aClient([1] as unknown as Record<string, unknown>);
  room.receive({}, ANNA, list.update());
  expect(room.everybody()).toBeNull();
  const long = aClient({ text: 'x'.repeat(20_000) });
  expect(() => room.receive({}, ANNA, long.update())).toThrow('too long');
});
