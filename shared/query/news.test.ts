import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Tx } from '../commands/command.ts';
import { createDeal, moveDeals } from '../commands/deal-commands.ts';
import { addPipeline } from '../commands/pipeline-commands.ts';
import { activity } from '../entities/activity.ts';
import { contact } from '../entities/contact.ts';
import { entities } from '../entities/registry.ts';
import { stage } from '../entities/stage.ts';
import { roomsBy, runCommand } from '../sync/doc-tx.ts';
import { RoomRecords } from '../sync/room-records.ts';
import { createClock, newWriter } from '../sync/stamp.ts';
import { stampsSince } from '../sync/stamps-since.ts';
import { newsLines, newsOf, newsSentence } from './news.ts';
import { stagesOf, statusOf } from './pipeline-view.ts';

const ANNA = 'member_anna00000000000';
const BERT = 'member_bert00000000000';

function setup() {
  const rooms = new Map<string, RoomRecords>();
  const room = (kind: string, year: number | null = null) => {
    const name = `${kind}${year ?? ''}`;
    const found = rooms.get(name) ?? new RoomRecords(new Y.Doc(), entities);
    rooms.set(name, found);
    return found;
  };
  let now = Date.UTC(2026, 10, 22);
  const tick = () => {
    now += 1_000;
    return now;
  };
  const as = (actor: string) => {
    const where = roomsBy(entities, room, () => [2026]);
    const context = { registry: entities, rooms: where, clock: createClock(tick, newWriter(actor)), actor };
    return <R>(command: (tx: Tx) => R): R => runCommand(context, command, 'test').result;
  };
  const [anna, bert] = [as(ANNA), as(BERT)];
  const pipeline = anna((tx) => addPipeline(tx, { name: 'New business' }));
  const stages = anna((tx) => stagesOf(tx.all(stage), pipeline));
  const news = (since: number) =>
    [...rooms.values()].flatMap((records) =>
      Object.keys(entities).flatMap((name) =>
        [...records.ids(name)].flatMap((id) => {
          const [state, record] = [records.stateOf(id), records.get(id)];
          const item =
            state &&
            record &&
            newsOf(record, stampsSince(state, since), {
              members: [ANNA, BERT],
              me: ANNA,
              statusOf: (stageId) => statusOf(stages.find((each) => each.id === stageId)),
            });
          return item && ['deal', 'contact', 'activity'].includes(item.entity) ? [item] : [];
        }),
      ),
    );
  const stageOf = (type: string) => stages.find((each) => statusOf(each) === type)?.id ?? '';
  return { anna, bert, stages, stageOf, news, now: () => now };
}

test('what others did since is told in the words of the work, what I did is not', () => {
  const { anna, bert, stages, stageOf, news, now } = setup();
  const [first, second] = stages.map(({ id }) => id);
  const add = (title: string) =>
    anna((tx) =>
      createDeal(tx, { stageId: first ?? '', values: { title, amount: { minor: 100, currency: 'EUR' } } as never }),
    );
  const [moved, won, mine] = [add('Moved'), add('Won'), add('Mine')];
  const person = anna((tx) => tx.insert(contact, { firstName: 'Ingrid' }));
  const since = now();
  expect(news(since)).toEqual([]);
  bert((tx) => moveDeals(tx, { ids: [moved], stageId: second ?? '' }));
  bert((tx) => moveDeals(tx, { ids: [won], stageId: stageOf('won') }));
  anna((tx) => moveDeals(tx, { ids: [mine], stageId: second ?? '' }));
  bert((tx) => tx.patch(contact, person, { jobTitle: 'CFO' }));
  const note = bert((tx) =>
    tx.insert(activity, { kind: 'note', at: now(), about: [person], body: 'Likes tea' } as never),
  );
  const found = news(since);
  expect(found.map(({ what, id, on, by }) => [what, id, on, by]).toSorted()).toEqual(
    [
      ['moved', moved, moved, BERT],
      ['won', won, won, BERT],
      ['changed', person, person, BERT],
      ['note', note, person, BERT],
    ].toSorted(),
  );
  expect(newsSentence(found)).toBe('1 deal won, 1 deal moved, 1 note, 1 contact changed');
  expect(news(now())).toEqual([]);
});

test('an import is one line, a few of a kind are lines of their own, the newest first', () => {
  const { bert, news } = setup();
  for (let index = 0; index < 12; index++) bert((tx) => tx.insert(contact, { firstName: `Person ${index}` }));
  bert((tx) => tx.insert(activity, { kind: 'call', at: 1_780_000_000_000, about: [] } as never));
  const found = news(0).filter(({ entity }) => entity !== 'deal');
  const lines = newsLines(found);
  expect(lines.map(({ what, items }) => [what, items.length])).toEqual([
    ['call', 1],
    ['made', 12],
  ]);
  expect(newsSentence(found)).toBe('1 call, 12 contacts added');
});
