import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createDeal, moveDealsTo } from '../../shared/commands/deal-commands.ts';
import { editRecords } from '../../shared/commands/record-commands.ts';
import { deal } from '../../shared/entities/deal.ts';
import { entities } from '../../shared/entities/registry.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { createJustChanged, type Overtaken } from './just-changed.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

const ANNA = { name: 'Anna', memberId: 'member_anna00000000000' } as const;
const BERT = { name: 'Bert', memberId: 'member_bert00000000000' } as const;
const HOLD_MS = 2_400;

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Two people with one deal, in step; each with what the other has just changed. */
function setupTwo() {
  const anna = createMemoryWorkspace({ ...ANNA, isSetUp: true });
  const bert = createMemoryWorkspace(BERT);
  const stages = [...anna.collection('stage').each()].filter(({ type }) => type === 'open').map(({ id }) => id);
  const add = (title: string) =>
    anna.arrange((tx) => createDeal(tx, { stageId: stages[0] ?? '', values: { title, owner: null } }));
  const id = add('Cold rooms');
  const exchange = () => {
    anna.exchange(bert);
    vi.advanceTimersByTime(1);
  };
  exchange();
  const seenBy = (who: typeof anna, me: string) => {
    const records = new RoomRecords(who.docs.pipeline, entities);
    const told: Overtaken[] = [];
    const changes = createJustChanged({
      me,
      rooms: () => [{ records }],
      members: () => [{ id: ANNA.memberId }, { id: BERT.memberId }],
      now: () => Date.now(),
      holdMs: () => HOLD_MS,
    });
    changes.refresh();
    changes.onOvertaken((overtaken) => told.push(overtaken));
    return { changes, told };
  };
  const move = (who: typeof anna, to: number) =>
    who.run('Moved', (tx) => moveDealsTo(tx, { ids: [id], to: { stageId: stages[to] ?? '' } }));
  const rename = (who: typeof anna, title: string) =>
    who.run('Renamed', (tx) => editRecords(tx, { entity: deal, ids: [id], changes: { title } }));
  return {
    anna: { ...anna, ...seenBy(anna, ANNA.memberId) },
    bert: { ...bert, ...seenBy(bert, BERT.memberId) },
    ...{ id, stages, add, exchange, move, rename },
  };
}

test('what a teammate changed is tinted as long as it is news: the field and its record', () => {
  const { anna, bert, id, exchange, rename } = setupTwo();
  rename(bert, 'Cold rooms, 12');
  exchange();
  expect(anna.changes.field(id, 'title')).toBe(BERT.memberId);
  expect(anna.changes.field(id, 'amount')).toBeUndefined();
  expect(anna.changes.record(id)).toMatchObject({ memberId: BERT.memberId, how: 'changed' });
  expect(bert.changes.record(id)).toBeUndefined();
  vi.advanceTimersByTime(HOLD_MS);
  expect(anna.changes.field(id, 'title')).toBeUndefined();
  expect(anna.changes.record(id)).toBeUndefined();
});

test('a card that was moved or added says so', () => {
  const { anna, bert, id, add, exchange, move } = setupTwo();
  move(bert, 1);
  exchange();
  expect(anna.changes.record(id)?.how).toBe('moved');
  const added = add('Warm rooms');
  exchange();
  expect(bert.changes.record(added)).toMatchObject({ memberId: ANNA.memberId, how: 'added' });
});

test('what arrives late, and what one did oneself elsewhere, is no news', () => {
  const { anna, bert, id, exchange, rename } = setupTwo();
  rename(bert, 'Written without a line');
  vi.advanceTimersByTime(60_000);
  exchange();
  expect(anna.changes.record(id)).toBeUndefined();
  const elsewhere = createMemoryWorkspace(ANNA);
  anna.exchange(elsewhere);
  rename(elsewhere, 'From my phone');
  anna.exchange(elsewhere);
  expect(anna.collection('deal').peek(id)?.title).toBe('From my phone');
  expect(anna.changes.record(id)).toBeUndefined();
});

test('of two who move a card apart, the earlier is told whose move stands and where it was put', () => {
  const { anna, bert, id, stages, exchange, move } = setupTwo();
  move(anna, 1);
  vi.advanceTimersByTime(60_000);
  move(bert, 2);
  exchange();
  for (const who of [anna, bert]) expect(who.collection('deal').peek(id)?.place[1]).toBe(stages[2]);
  expect(anna.told).toMatchObject([{ memberId: BERT.memberId, moves: [{ id }] }]);
  expect(anna.told[0]?.moves[0]?.to[1]).toBe(stages[1]);
  expect(bert.told).toEqual([]);
});

test('nobody is told of a move that was made knowing theirs, or to the same stage', () => {
  const { anna, bert, exchange, move } = setupTwo();
  move(anna, 1);
  exchange();
  vi.advanceTimersByTime(1_000);
  move(bert, 2);
  exchange();
  move(anna, 3);
  vi.advanceTimersByTime(1_000);
  move(bert, 3);
  exchange();
  expect(anna.told).toEqual([]);
  expect(bert.told).toEqual([]);
});
