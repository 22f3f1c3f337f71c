import { expect, test } from 'vitest';
import { isUnread, type Notice } from '../entities/notice.ts';
import { aReplica, meet } from '../testing/replica.ts';
import { finishNotices, snoozeNotice } from './notice-commands.ts';
import { markShown, setPreference, tellReminder } from './reminder-commands.ts';

const TASK = 'task_call000000000000';
const NOON = Date.UTC(2026, 10, 22, 12);
const told = (at: number) => ({ record: TASK, at, text: 'Call Oliver Hart' });

function setup(name = 'anna') {
  let now = NOON;
  const replica = aReplica(name, { wall: () => (now += 1_000) });
  const all = () => [...replica.room('work').all('notice')] as unknown as Notice[];
  return { replica, all, run: replica.run };
}

test('two devices of one person that tell a moment apart have told it once', () => {
  const [here, there] = [setup('anna'), setup('anna')];
  here.run((tx) => tellReminder(tx, told(NOON)));
  there.run((tx) => tellReminder(tx, told(NOON)));
  meet(here.replica, there.replica);
  expect(here.all()).toHaveLength(1);
  expect(there.all()).toEqual(here.all());
});

test('a later moment of the same record is new again, one that was told changes nothing', () => {
  const { all, run } = setup();
  const id = run((tx) => tellReminder(tx, told(NOON))).result;
  run((tx) => markShown(tx, [id]));
  run((tx) => finishNotices(tx, { ids: [id], done: true }));
  run((tx) => tellReminder(tx, told(NOON)));
  expect(all()[0]).toMatchObject({ at: NOON });
  expect(all().filter((each) => isUnread(each, NOON))).toHaveLength(0);
  run((tx) => tellReminder(tx, told(NOON + 60_000)));
  expect(all()).toMatchObject([{ at: NOON + 60_000, readAt: null, doneAt: null, shownAt: null }]);
});

test('what is snoozed is to be shown again', () => {
  const { all, run } = setup();
  const id = run((tx) => tellReminder(tx, told(NOON))).result;
  run((tx) => markShown(tx, [id]));
  run((tx) => snoozeNotice(tx, { id, until: NOON + 600_000 }));
  expect(all()[0]).toMatchObject({ shownAt: null, snoozedUntil: NOON + 600_000 });
});

test('each person has one record of how they want to be told', () => {
  const { replica, run } = setup();
  run((tx) => setPreference(tx, { quietFrom: '22:00', quietUntil: '07:00' }));
  run((tx) => setPreference(tx, { dates: 'none' }));
  expect([...replica.room('work').all('preference')]).toMatchObject([
    { owner: replica.memberId, quietFrom: '22:00', dates: 'none' },
  ]);
});
