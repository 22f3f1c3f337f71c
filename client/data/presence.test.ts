import { createEffect, createRoot, on } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate, removeAwarenessStates } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createPresence, type Presence } from './presence.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

interface Tab {
  readonly awareness: Awareness;
  readonly presence: Presence;
  isOnline: boolean;
  messages: number;
}

/** A server that stamps who speaks and tells everybody, the speaker too. */
function setupTeam() {
  const tabs: Tab[] = [];
  function sitDown(memberId: string, { hasLine = true, unseen = false, skewMs = 0 } = {}): Tab {
    const awareness = new Awareness(new Y.Doc());
    awareness.setLocalState(null);
    const tab: Tab = { awareness, presence: undefined as unknown as Presence, isOnline: hasLine, messages: 0 };
    awareness.on('update', (changes: Record<'added' | 'updated' | 'removed', number[]>, origin: unknown) => {
      if (origin !== 'local' || !tab.isOnline) return;
      tab.messages++;
      const clients = [...changes.added, ...changes.updated, ...changes.removed];
      const state = awareness.getLocalState();
      const stamped = state && { ...state, user: { id: `u_${memberId}`, memberId, name: memberId.slice(7) } };
      const states = new Map(clients.map((client) => [client, stamped as Record<string, unknown>]));
      const bytes = encodeAwarenessUpdate(awareness, clients, states);
      for (const other of tabs)
        if (other !== tab && other.isOnline) applyAwarenessUpdate(other.awareness, bytes, 'line');
    });
    const presence = createPresence({
      memberId,
      awareness: () => awareness,
      isOnline: () => tab.isOnline,
      now: () => Date.now() + skewMs,
      random: () => 0,
      shelf: { read: () => unseen, write: () => undefined },
    });
    Object.assign(tab, { presence });
    tabs.push(tab);
    return tab;
  }
  return { sitDown };
}

function setupTwo() {
  const { sitDown } = setupTeam();
  const anna = sitDown('member_Anna');
  const tomas = sitDown('member_Tomas');
  return { sitDown, anna, tomas };
}

test('somebody is seen where they are within a second', () => {
  const { anna, tomas } = setupTwo();
  tomas.presence.tell({ path: '/deals/deal_1?x=1', record: 'deal_1' });
  vi.advanceTimersByTime(1_000);
  expect(anna.presence.peers()).toMatchObject([{ memberId: 'member_Tomas', name: 'Tomas', record: 'deal_1' }]);
  expect(anna.presence.inArea('/deals')).toHaveLength(1);
  expect(anna.presence.inArea('/deal')).toHaveLength(0);
  expect(anna.presence.onRecord('deal_1')).toHaveLength(1);
  expect(tomas.presence.peers().map(({ memberId }) => memberId)).not.toContain('member_Tomas');
});

test('what is typed is seen in its field, cut to 200 characters, at most three times a second', () => {
  const { anna, tomas } = setupTwo();
  vi.advanceTimersByTime(1_000);
  const before = tomas.messages;
  for (let letter = 1; letter <= 100; letter++) {
    tomas.presence.tell({ record: 'deal_1', field: 'title', draft: 'x'.repeat(letter * 3) });
    vi.advanceTimersByTime(100);
  }
  expect(tomas.messages - before).toBeLessThanOrEqual(31);
  expect(tomas.messages - before).toBeGreaterThan(20);
  expect(anna.presence.inField('deal_1', 'title')?.draft).toHaveLength(200);
  expect(anna.presence.inField('deal_1', 'amount')).toBeUndefined();
});

test('a drag is told five times a second, and a cancelled one is gone at once', () => {
  const { anna, tomas } = setupTwo();
  vi.advanceTimersByTime(1_000);
  const before = tomas.messages;
  const drag = { id: 'deal_1', over: 'stage_2', before: '', x: 0.5, y: 0 };
  for (let y = 0; y < 100; y++) {
    tomas.presence.tell({ drag: { ...drag, y } });
    vi.advanceTimersByTime(20);
  }
  expect(tomas.messages - before).toBeLessThanOrEqual(11);
  expect(anna.presence.dragging()).toMatchObject([{ id: 'deal_1', over: 'stage_2', name: 'Tomas' }]);
  tomas.presence.tell({ drag: null });
  expect(anna.presence.dragging()).toEqual([]);
  expect(anna.presence.pointer('member_Tomas')).toBeNull();
});

test('a pointer that moves tells only those who draw it', () => {
  const { anna, tomas } = setupTwo();
  const drag = { id: 'deal_1', over: 'stage_2', before: '', x: 0.5, y: 0 };
  tomas.presence.tell({ record: 'deal_1', drag });
  vi.advanceTimersByTime(1_000);
  const runs = { peers: 0, record: 0, dragging: 0, pointer: 0 };
  createRoot((dispose) => {
    createEffect(
      on(
        () => anna.presence.peers(),
        () => runs.peers++,
      ),
    );
    createEffect(
      on(
        () => anna.presence.onRecord('deal_1'),
        () => runs.record++,
      ),
    );
    createEffect(
      on(
        () => anna.presence.dragging(),
        () => runs.dragging++,
      ),
    );
    createEffect(
      on(
        () => anna.presence.pointer('member_Tomas'),
        () => runs.pointer++,
      ),
    );
    queueMicrotask(dispose);
  });
  const begun = { ...runs };
  tomas.presence.tell({ drag: { ...drag, y: 40 } });
  vi.advanceTimersByTime(1_000);
  expect(runs).toEqual({ ...begun, pointer: begun.pointer + 1 });
});

test('a peer is gone 15 s after the last word, and heartbeats keep one who does nothing', () => {
  const { anna, tomas } = setupTwo();
  tomas.presence.tell({ path: '/deals' });
  vi.advanceTimersByTime(40_000);
  expect(anna.presence.peers()).toHaveLength(1);
  tomas.isOnline = false;
  vi.advanceTimersByTime(15_100);
  expect(anna.presence.peers()).toHaveLength(0);
});

test('one fades after a minute without input, is away after five, and is back with a key', () => {
  const { anna, tomas } = setupTwo();
  tomas.presence.tell({ path: '/deals' });
  const idle = () => anna.presence.peer('member_Tomas')?.idle;
  vi.advanceTimersByTime(59_000);
  expect(idle()).toBe('active');
  vi.advanceTimersByTime(2_000);
  expect(idle()).toBe('idle');
  vi.advanceTimersByTime(240_000);
  expect(idle()).toBe('away');
  tomas.presence.touched();
  vi.advanceTimersByTime(1_000);
  expect(idle()).toBe('active');
});

test('a hidden tab and one that works unseen say nothing, also not that they live', () => {
  const { anna, tomas, sitDown } = setupTwo();
  const samuel = sitDown('member_Samuel', { unseen: true });
  samuel.presence.tell({ path: '/deals' });
  tomas.presence.tell({ path: '/deals' });
  vi.advanceTimersByTime(1_000);
  expect(anna.presence.peers()).toHaveLength(1);
  tomas.presence.setHidden(true);
  expect(anna.presence.peers()).toHaveLength(0);
  const before = tomas.messages;
  tomas.presence.tell({ path: '/contacts' });
  vi.advanceTimersByTime(60_000);
  expect(tomas.messages).toBe(before);
  expect(samuel.messages).toBe(0);
  tomas.presence.setHidden(false);
  samuel.presence.setUnseen(false);
  expect(anna.presence.peers()).toHaveLength(2);
});

test('nobody is shown while offline, and all come back with the line', () => {
  const { anna, tomas } = setupTwo();
  tomas.presence.tell({ path: '/deals' });
  vi.advanceTimersByTime(1_000);
  anna.isOnline = false;
  anna.presence.refresh();
  expect(anna.presence.peers()).toEqual([]);
  expect(anna.presence.onRecord('deal_1')).toEqual([]);
  anna.isOnline = true;
  anna.presence.refresh();
  expect(anna.presence.peers()).toHaveLength(1);
});

test('what the team writes makes nobody say again where they are', () => {
  const { anna } = setupTwo();
  vi.advanceTimersByTime(1_000);
  const before = anna.messages;
  for (let change = 0; change < 20; change++) {
    anna.presence.refresh();
    vi.advanceTimersByTime(100);
  }
  expect(anna.messages).toBe(before);
});

test('a clock that is days off changes nothing', () => {
  const { sitDown } = setupTeam();
  const anna = sitDown('member_Anna', { skewMs: -3 * 86_400_000 });
  const tomas = sitDown('member_Tomas', { skewMs: 9 * 86_400_000 });
  tomas.presence.tell({ path: '/deals' });
  vi.advanceTimersByTime(20_000);
  expect(anna.presence.peers()).toHaveLength(1);
  tomas.isOnline = false;
  vi.advanceTimersByTime(15_100);
  expect(anna.presence.peers()).toHaveLength(0);
});

test('two tabs of a person are one entry, and the one that was used last counts', () => {
  const { anna, tomas, sitDown } = setupTwo();
  tomas.presence.tell({ path: '/deals' });
  vi.advanceTimersByTime(1_000);
  const second = sitDown('member_Tomas');
  second.presence.tell({ path: '/contacts' });
  vi.advanceTimersByTime(1_000);
  expect(anna.presence.peers()).toMatchObject([{ path: '/contacts' }]);
  tomas.presence.tell({ path: '/today' });
  vi.advanceTimersByTime(8_000);
  expect(anna.presence.peers()).toMatchObject([{ path: '/today' }]);
  removeAwarenessStates(tomas.awareness, [tomas.awareness.clientID], 'local');
  expect(anna.presence.peers()).toMatchObject([{ path: '/contacts' }]);
});

test('what a peer says in an unknown shape is left out field by field', () => {
  const { anna } = setupTwo();
  const odd = new Awareness(new Y.Doc());
  const told = (state: object) => {
    odd.setLocalState(state as Record<string, unknown>);
    applyAwarenessUpdate(anna.awareness, encodeAwarenessUpdate(odd, [odd.clientID]), 'line');
    return anna.presence.peers().find(({ memberId }) => memberId === 'member_Odd');
  };
  const user = { memberId: 'member_Odd', name: 7 };
  const drags = [{ id: 'deal_1', over: 's', x: Number.NaN, y: 0 }, { id: 4 }, 'deal_1', [], { id: 'd', x: 1, y: '2' }];
  for (const drag of drags) {
    expect(told({ user, path: '//evil.example', record: {}, field: 'title', idle: 'asleep', drag })).toEqual({
      memberId: 'member_Odd',
      name: '',
      path: '',
      record: null,
      field: null,
      idle: 'active',
      carries: null,
    });
  }
  expect(told({ user, path: '/\\evil.example', record: 'deal_1', field: 'title' })).toMatchObject({
    path: '',
    record: 'deal_1',
    field: 'title',
  });
  for (const nobody of [{}, { user: null }, { user: 'Anna' }, { user: { memberId: '' } }]) {
    expect(told(nobody)).toBeUndefined();
  }
});
