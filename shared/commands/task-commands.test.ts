import { expect, test } from 'vitest';
import { deal } from '../entities/deal.ts';
import { planStep } from '../entities/plan.ts';
import { type Task, task } from '../entities/task.ts';
import { aReplica, meet } from '../testing/replica.ts';
import {
  addTask,
  completeTask,
  editTask,
  moveTask,
  moveTasksTo,
  planNextStep,
  reopenTask,
  savePlan,
  startPlan,
  stepsOf,
} from './task-commands.ts';

const CONTACT = 'contact_femke00000000000';

function setup(name = 'anna', at = Date.UTC(2026, 10, 22, 9)) {
  let now = at;
  const replica = aReplica(name, { wall: () => (now += 1_000) });
  const tasks = () => [...replica.room('work').all('task')] as unknown as Task[];
  const read = (id: string) => replica.room('work').get(id) as unknown as Task;
  return { replica, tasks, read, run: replica.run };
}

test('who adds a task owns it, and it is a to-do unless it says otherwise', () => {
  const { replica, read, run } = setup();
  const id = run((tx) => addTask(tx, { title: 'Send the price list', due: '2026-11-24' })).result;
  expect(read(id)).toMatchObject({ owner: replica.memberId, type: 'todo', due: '2026-11-24', doneAt: null });
});

test('finishing notes who and when, and the next step is about the same people', () => {
  const { replica, read, run } = setup();
  const id = run((tx) => addTask(tx, { title: 'Call back', type: 'call', about: [CONTACT] })).result;
  const [next = ''] = run((tx) =>
    completeTask(tx, { id, outcome: 'She wants two quotes', next: { title: 'Send two quotes', due: '2026-11-25' } }),
  ).result;
  expect(read(id)).toMatchObject({ doneBy: replica.memberId, outcome: 'She wants two quotes' });
  expect(read(id).doneAt).toBeGreaterThan(0);
  expect(read(next)).toMatchObject({ about: [CONTACT], owner: replica.memberId, after: id });
});

test('a repeated task comes back once, however often and wherever it is finished', () => {
  const [anna, bert] = [setup('anna'), setup('bert')];
  const id = anna.run((tx) =>
    addTask(tx, { title: 'Newsletter', due: '2026-11-23T09:00[Europe/Oslo]', repeats: 'FREQ=WEEKLY' }),
  ).result;
  meet(anna.replica, bert.replica);
  anna.run((tx) => completeTask(tx, { id }));
  bert.run((tx) => completeTask(tx, { id }));
  meet(anna.replica, bert.replica);
  const open = anna.tasks().filter((each) => each.doneAt === null);
  expect(open.map((each) => each.due)).toEqual(['2026-11-30T09:00[Europe/Oslo]']);
  expect(bert.tasks()).toEqual(anna.tasks());
});

test('a task done by one and put off by the other, apart, is done and has the other day; of two days the later said stands', () => {
  const [anna, bert] = [setup('anna'), setup('bert', Date.UTC(2026, 10, 22, 10))];
  const id = anna.run((tx) => addTask(tx, { title: 'Send the price list', due: '2026-11-23' })).result;
  meet(anna.replica, bert.replica);
  // Bert's edit comes first by the wire and is the newer.
  bert.run((tx) => moveTasksTo(tx, { ids: [id], day: '2026-11-30' }));
  anna.run((tx) => moveTasksTo(tx, { ids: [id], day: '2026-11-25' }));
  anna.run((tx) => completeTask(tx, { id }));
  meet(anna.replica, bert.replica);
  for (const { read } of [anna, bert]) {
    expect(read(id)).toMatchObject({ due: '2026-11-30', doneBy: anna.replica.memberId });
    expect(read(id).doneAt).toBeGreaterThan(0);
  }
});

test('a program that writes when a task was done finishes it, and its repetition follows as in the app', () => {
  const { replica, tasks, read, run } = setup();
  const open = () => tasks().filter((each) => each.doneAt === null && !each.deleted);
  const id = run((tx) => addTask(tx, { title: 'Newsletter', due: '2026-11-23', repeats: 'FREQ=WEEKLY' })).result;
  const at = Date.UTC(2026, 10, 20, 8);
  run((tx) => editTask(tx, { id, changes: { doneAt: at, outcome: 'Sent' } }));
  expect(read(id)).toMatchObject({ doneAt: at, doneBy: replica.memberId, outcome: 'Sent' });
  expect(open().map(({ due, after }) => [due, after])).toEqual([['2026-11-30', id]]);
  run((tx) => editTask(tx, { id, changes: { doneAt: at + 1 } }));
  expect([read(id).doneAt, open().length]).toEqual([at + 1, 1]);
  run((tx) => editTask(tx, { id, changes: { doneAt: null } }));
  expect(open().map((each) => each.id)).toEqual([id]);

  const values = { title: 'Report', due: '2026-11-23', repeats: 'FREQ=MONTHLY', doneAt: at, doneBy: null };
  const told = run((tx) => addTask(tx, values)).result;
  expect(read(told)).toMatchObject({ doneAt: at, doneBy: null });
  expect(open().find(({ after }) => after === told)?.due).toBe('2026-12-23');
});

test('taking a finished task up again takes its repetition back, and finishing it brings that back', () => {
  const { tasks, run } = setup();
  const id = run((tx) => addTask(tx, { title: 'Newsletter', due: '2026-11-23', repeats: 'FREQ=WEEKLY' })).result;
  const shown = () => tasks().filter((each) => !each.deleted && each.doneAt === null);
  run((tx) => completeTask(tx, { id }));
  expect(shown().map((each) => each.due)).toEqual(['2026-11-30']);
  run((tx) => reopenTask(tx, id));
  expect(shown().map((each) => each.id)).toEqual([id]);
  run((tx) => completeTask(tx, { id }));
  expect(shown().map((each) => each.due)).toEqual(['2026-11-30']);
});

test('a repetition that counts ends when it has counted', () => {
  const { tasks, run } = setup();
  let [id = ''] = [
    run((tx) => addTask(tx, { title: 'Dunning', due: '2026-11-23', repeats: 'FREQ=DAILY;COUNT=3' })).result,
  ];
  for (let round = 0; round < 5 && id !== ''; round++)
    [id = ''] = run((tx) => completeTask(tx, { id })).result as string[];
  expect(tasks()).toHaveLength(3);
});

test('a repetition needs a date and a rule that can be read', () => {
  const { run } = setup();
  const add = (repeats: string, due: string | null) => () => run((tx) => addTask(tx, { title: 'x', repeats, due }));
  expect(add('FREQ=WEEKLY', null)).toThrow('A task that repeats needs a due date to count from.');
  expect(add('every monday', '2026-11-23')).toThrow('This repetition cannot be read.');
  const id = run((tx) => addTask(tx, { title: 'x', due: '2026-11-23', repeats: 'FREQ=WEEKLY' })).result;
  expect(() => run((tx) => editTask(tx, { id, changes: { due: null } }))).toThrow('needs a due date');
});

test('a repetition may not end before it is due; a stored one that does leaves the rest of the task to be changed', () => {
  const { replica, read, run } = setup();
  const add = (repeats: string) => run((tx) => addTask(tx, { title: 'x', due: '2026-11-23', repeats })).result;
  expect(() => add('FREQ=WEEKLY;UNTIL=20261122')).toThrow('before its first day');
  expect(() => add('FREQ=WEEKLY;COUNT=0')).toThrow('a whole number of times');
  const id = add('FREQ=WEEKLY;UNTIL=20261130');
  expect(() => run((tx) => editTask(tx, { id, changes: { due: '2026-12-01' } }))).toThrow('before its first day');
  replica.run((tx) => tx.patch(task, id, { repeats: 'FREQ=WEEKLY;UNTIL=20261101' }));
  const kept = { due: '2026-11-23', repeats: 'FREQ=WEEKLY;UNTIL=20261101' };
  run((tx) => editTask(tx, { id, changes: { title: 'y', ...kept } }));
  expect(read(id)).toMatchObject({ title: 'y', ...kept });
});

test('a repetition with a last day ends with it', () => {
  const { tasks, run } = setup();
  const values = { title: 'Dunning', due: '2026-11-23', repeats: 'FREQ=WEEKLY;UNTIL=20261206' };
  let [id = ''] = [run((tx) => addTask(tx, values)).result];
  for (let round = 0; round < 4 && id !== ''; round++)
    [id = ''] = run((tx) => completeTask(tx, { id })).result as string[];
  expect(tasks().map((each) => each.due)).toEqual(['2026-11-23', '2026-11-30']);
});

test('moved to a day a task keeps its time, and one without a date gets the day', () => {
  const { read, run } = setup();
  const late = run((tx) => addTask(tx, { title: 'a', due: '2026-11-19T14:00[Europe/Oslo]' })).result;
  const none = run((tx) => addTask(tx, { title: 'b' })).result;
  run((tx) => moveTasksTo(tx, { ids: [late, none], day: '2026-12-01' }));
  expect([read(late).due, read(none).due]).toEqual(['2026-12-01T14:00[Europe/Oslo]', '2026-12-01']);
});

test.each([
  ['put off from Friday to Monday', ['2026-11-23'], '2026-11-27'],
  ['put off twice', ['2026-11-23', '2026-11-25'], '2026-11-27'],
  ['done ahead of its day', ['2026-11-19'], '2026-11-27'],
  ['moved and moved back', ['2026-11-24', '2026-11-20'], '2026-11-27'],
])('a weekly task that was %s keeps its rhythm', (_how, days, next) => {
  const { tasks, run } = setup('anna', Date.UTC(2026, 10, 19, 9));
  const id = run((tx) => addTask(tx, { title: 'Report', due: '2026-11-20', repeats: 'FREQ=WEEKLY' })).result;
  for (const day of days) run((tx) => moveTasksTo(tx, { ids: [id], day }));
  run((tx) => completeTask(tx, { id }));
  const [open] = tasks().filter((each) => each.doneAt === null);
  expect([open?.due, open?.repeatsFrom]).toEqual([next, null]);
});

test('a new date in the form is what a repetition is counted from; another time of the day is its time from then on', () => {
  const { tasks, run } = setup('anna', Date.UTC(2026, 10, 19, 9));
  const id = run((tx) =>
    addTask(tx, { title: 'Report', due: '2026-11-20T09:00[Europe/Oslo]', repeats: 'FREQ=WEEKLY' }),
  ).result;
  run((tx) => moveTasksTo(tx, { ids: [id], day: '2026-11-23' }));
  run((tx) => editTask(tx, { id, changes: { due: '2026-11-24T09:00[Europe/Oslo]' } }));
  run((tx) => moveTask(tx, { id, due: '2026-11-24T10:30[Europe/Oslo]' }));
  run((tx) => completeTask(tx, { id }));
  expect(tasks().find((each) => each.doneAt === null)?.due).toBe('2026-12-01T10:30[Europe/Oslo]');
});

test('what is due on the 31st of each month leaves no month out', () => {
  const { tasks, run } = setup('anna', Date.UTC(2026, 0, 31, 9));
  run((tx) => addTask(tx, { title: 'Invoice', due: '2026-01-31', repeats: 'FREQ=MONTHLY' }));
  const dues: (string | null)[] = [];
  for (let month = 0; month < 3; month++) {
    const open = tasks().find((each) => each.doneAt === null);
    dues.push(open?.due ?? null);
    run((tx) => completeTask(tx, { id: open?.id ?? '' }));
  }
  expect(dues).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
});

test('a next step that was only written on a deal becomes a task about it', () => {
  const { replica, tasks, run } = setup();
  const dealId = run((tx) =>
    tx.insert(deal, {
      title: 'Route planner',
      nextStep: 'Send the quote',
      nextStepOn: '2026-11-27',
      contacts: [{ contact: CONTACT, role: '' }],
    }),
  ).result;
  run((tx) => planNextStep(tx, dealId));
  expect(tasks()[0]).toMatchObject({ title: 'Send the quote', due: '2026-11-27', about: [CONTACT, dealId] });
  expect(replica.room('pipeline').get(dealId)).toMatchObject({ nextStep: '', nextStepOn: null });
});

test('a plan makes its tasks in one step, and undo takes all of them back', () => {
  const { replica, tasks, run } = setup();
  const planId = run((tx) =>
    savePlan(tx, {
      name: 'New customer',
      steps: [
        { title: 'Welcome call', type: 'call' },
        { title: 'Check in', afterDays: 14 },
      ],
    }),
  ).result;
  const started = run((tx) => startPlan(tx, { planId, about: [CONTACT] }));
  expect(tasks().map(({ title, due, about }) => [title, due, about])).toEqual([
    ['Welcome call', '2026-11-22', [CONTACT]],
    ['Check in', '2026-12-06', [CONTACT]],
  ]);
  replica.undo(started);
  expect(tasks().every((each) => each.deleted)).toBe(true);
  run((tx) => startPlan(tx, { planId, about: [CONTACT], from: '2026-12-24' }));
  expect(tasks().flatMap(({ deleted, due }) => (deleted ? [] : [due]))).toEqual(['2026-12-24', '2027-01-07']);
});

test('a plan keeps the steps that stay, in the new order', () => {
  const { run } = setup();
  const planId = run((tx) => savePlan(tx, { name: 'P', steps: [{ title: 'one' }, { title: 'two' }] })).result;
  const steps = () => run((tx) => stepsOf(tx.all(planStep), planId).map(({ id, title }) => ({ id, title }))).result;
  const [, two] = steps();
  run((tx) =>
    savePlan(tx, { id: planId, name: 'P', steps: [{ id: two?.id ?? '', title: 'two' }, { title: 'three' }] }),
  );
  expect(steps().map(({ title }) => title)).toEqual(['two', 'three']);
  expect(() => run((tx) => savePlan(tx, { name: 'empty', steps: [] }))).toThrow('A plan needs at least one step.');
});
