import { expect, test } from 'vitest';
import type { Contact } from '../entities/contact.ts';
import type { Deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import type { Task } from '../entities/task.ts';
import { daysLate, groupOf, nextSteps } from './task-view.ts';
import { celebrations, dealNudges, headline, inTouchBy, keepInTouchNudges, subjectsOf } from './today-view.ts';

const TODAY = '2026-11-22';
const OSLO = 'Europe/Oslo';
const here = { today: TODAY, zone: OSLO };

test.each([
  ['2026-11-21', 'late'],
  ['2026-11-22', 'today'],
  ['2026-11-22T00:30[Europe/Oslo]', 'today'],
  // 22:00 in New York on Saturday is Sunday morning in Oslo.
  ['2026-11-21T22:00[America/New_York]', 'today'],
  ['2026-11-29', 'week'],
  ['2026-11-30', 'later'],
  [null, 'none'],
] as const)('a task due %s is in "%s"', (due, group) => {
  expect(groupOf({ due, doneAt: null }, here)).toBe(group);
  expect(groupOf({ due, doneAt: 1 }, here)).toBe('done');
});

test('late is a number of days', () => {
  expect(daysLate({ due: '2026-11-20', doneAt: null }, here)).toBe(2);
  expect(daysLate({ due: '2026-11-22T09:00[Europe/Oslo]', doneAt: null }, here)).toBe(0);
});

const aTask = (values: Partial<Task>): Task =>
  ({
    id: 'task_1',
    title: 'Call',
    due: null,
    doneAt: null,
    deleted: false,
    about: [],
    priority: null,
    ...values,
  }) as Task;

test('the next step of a record is its open task that is due first', () => {
  const tasks = [
    aTask({ id: 'task_1', about: ['deal_a'] }),
    aTask({ id: 'task_2', about: ['deal_a', 'contact_b'], due: '2026-11-30' }),
    aTask({ id: 'task_3', about: ['deal_a'], due: '2026-11-25' }),
    aTask({ id: 'task_4', about: ['deal_a'], due: '2026-11-01', doneAt: 5 }),
  ];
  const steps = nextSteps(tasks);
  expect([steps.get('deal_a')?.id, steps.get('contact_b')?.id, steps.get('deal_c')]).toEqual([
    'task_3',
    'task_2',
    undefined,
  ]);
});

const stageOf = (): Stage => ({ type: 'open', quietAfterDays: 14 }) as Stage;
const aDeal = (id: string, values: Partial<Deal>): Deal =>
  ({
    id,
    title: id,
    place: ['p', 's', 'a'],
    nextStep: '',
    updatedAt: Date.UTC(2026, 10, 21),
    amount: null,
    ...values,
  }) as Deal;

test('quiet deals come before deals without a next step, and those with a task are left in peace', () => {
  const deals = [
    aDeal('deal_small', { amount: { minor: 100, currency: 'EUR' } }),
    aDeal('deal_large', { amount: { minor: 900, currency: 'EUR' } }),
    aDeal('deal_quiet', { updatedAt: Date.UTC(2026, 10, 1), nextStep: 'Send the quote' }),
    aDeal('deal_planned', { nextStep: 'Send the quote' }),
    aDeal('deal_task', {}),
  ];
  const nudges = dealNudges(deals, { today: TODAY, stageOf, hasStep: (id) => id === 'deal_task' });
  expect(nudges.map((nudge) => [nudge.kind, 'deal' in nudge && nudge.deal.id])).toEqual([
    ['quiet', 'deal_quiet'],
    ['no-step', 'deal_large'],
    ['no-step', 'deal_small'],
  ]);
});

test('people come up when their interval is over', () => {
  const people = ['a', 'b', 'c', 'd'].map((name) => ({
    id: `contact_${name}` as Contact['id'],
    keepInTouchWeeks: name === 'c' ? null : 4,
    firstContactOn: null,
  }));
  const last: Record<string, string> = { contact_a: '2026-10-25', contact_b: '2026-11-01' };
  const due = keepInTouchNudges(people, { today: TODAY, lastContact: (id) => last[id] ?? null, hasStep: () => false });
  expect(due).toEqual([
    { kind: 'keep-in-touch', contactId: 'contact_a', daysOver: 0 },
    { kind: 'keep-in-touch', contactId: 'contact_d', daysOver: 0 },
  ]);
});

test('birthdays, important dates and years as a customer come in the order of their days', () => {
  const contacts = [
    { id: 'contact_a' as const, birthday: '1986-11-22', dates: [{ label: 'Wedding', on: '--11-28' }] },
    { id: 'contact_b' as const, birthday: '1990-12-24', dates: [] },
  ];
  const won = [
    { company: 'company_k', closedOn: '2025-03-01' },
    { company: 'company_k', closedOn: '2024-11-23' },
    { company: 'company_new', closedOn: '2026-11-22' },
    { company: null, closedOn: '2020-11-23' },
  ];
  expect(celebrations(contacts, won, { today: TODAY, days: 7 })).toEqual([
    { recordId: 'contact_a', day: '2026-11-22', kind: 'birthday', label: '', years: 40 },
    { recordId: 'company_k', day: '2026-11-23', kind: 'customer', label: '', years: 2 },
    { recordId: 'contact_a', day: '2026-11-28', kind: 'date', label: 'Wedding', years: null },
  ]);
});

test('a birthday on 29 February is kept on the 28th, and on its day where there is one', () => {
  const born = [{ id: 'contact_leap', birthday: '1988-02-29', dates: [] }] as const;
  const days = (today: string) => celebrations(born, [], { today, days: 7 }).map(({ day }) => day);
  expect(days('2027-02-24')).toEqual(['2027-02-28']);
  expect(days('2027-03-01')).toEqual([]);
  expect(days('2028-02-24')).toEqual(['2028-02-29']);
  expect(days('2026-12-28')).toEqual([]);
});

test('the person, the company and the deal of a task are found through each other', () => {
  const lookup = {
    contact: () => ({ company: 'company_x' }),
    deal: () => ({ company: 'company_y', contacts: [{ contact: 'contact_z', role: '' }] }),
  };
  expect(subjectsOf(['contact_a'], lookup)).toEqual({ contact: 'contact_a', company: 'company_x', deal: null });
  expect(subjectsOf(['deal_d'], lookup)).toEqual({ contact: 'contact_z', company: 'company_y', deal: 'deal_d' });
  expect(subjectsOf([], lookup)).toEqual({ contact: null, company: null, deal: null });
});

test('the heading counts people, or things where nobody is named', () => {
  const subjects = (task: Task) => ({ contact: task.about[0] ?? null, company: null, deal: null });
  const two = [aTask({ about: ['contact_a'] }), aTask({ about: ['contact_a'] })];
  expect(headline(two, subjects)).toBe('One person to follow up with');
  expect(headline([...two, aTask({ about: ['contact_b'] })], subjects)).toBe('Two people to follow up with');
  expect(headline([...two, aTask({})], subjects)).toBe('Three things to do today');
  expect(headline([], subjects)).toBe('Nobody is waiting for you');
});

test('the day to be in touch again counts from the last contact, else from the first, and is none without an interval', () => {
  const every2 = { keepInTouchWeeks: 2, firstContactOn: '2026-11-01' };
  expect(inTouchBy(every2, '2026-11-20', TODAY)).toBe('2026-12-04');
  expect(inTouchBy(every2, null, TODAY)).toBe('2026-11-15');
  expect(inTouchBy({ ...every2, firstContactOn: null }, null, TODAY)).toBe(TODAY);
  expect(inTouchBy({ ...every2, keepInTouchWeeks: null }, null, TODAY)).toBeNull();
});
