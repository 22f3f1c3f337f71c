import { describe, expect, test } from 'vitest';
import type { Appointment } from '../entities/appointment.ts';
import { aReplica, meet } from '../testing/replica.ts';
import {
  addAppointment,
  answerFor,
  cancelAppointment,
  defaultEnd,
  editAppointment,
  moveAppointment,
  reinstateAppointment,
  removeAppointment,
} from './appointment-commands.ts';

const CONTACT = 'contact_femke00000000000';
const MONDAYS = {
  title: 'Stand-up',
  start: '2026-11-23T09:00[Europe/Oslo]',
  end: '2026-11-23T09:30[Europe/Oslo]',
  repeats: 'FREQ=WEEKLY;BYDAY=MO',
};

function setup(name = 'anna') {
  let now = Date.UTC(2026, 10, 22, 9);
  const replica = aReplica(name, { wall: () => (now += 1_000) });
  const all = () =>
    ([...replica.room('work').all('appointment')] as unknown as Appointment[]).filter((each) => !each.deleted);
  const read = (id: string) => replica.room('work').get(id) as unknown as Appointment;
  return { replica, all, read, run: replica.run };
}

test('who adds an appointment owns it, and without an end it lasts an hour or the day', () => {
  const { replica, read, run } = setup();
  const timed = run((tx) => addAppointment(tx, { title: 'Demo', start: '2026-11-24T23:30[Europe/Oslo]' })).result;
  expect(read(timed)).toMatchObject({ owner: replica.memberId, end: '2026-11-25T00:30[Europe/Oslo]' });
  expect(defaultEnd('2026-11-24')).toBe('2026-11-24');
});

describe('refuses', () => {
  const values = (start: string | null, end: string | null) => ({ title: 'Demo', start, end });
  test.each([
    [values(null, null), 'An appointment needs a start.'],
    [
      values('2026-11-24T10:00[Europe/Oslo]', '2026-11-24T09:00[Europe/Oslo]'),
      'The end is before the start. Nothing was changed.',
    ],
    // 10:30 in London is after 11:00 in Oslo.
    [
      values('2026-11-24T11:00[Europe/Oslo]', '2026-11-24T09:30[Europe/London]'),
      'The end is before the start. Nothing was changed.',
    ],
    [values('2026-11-25', '2026-11-24'), 'The end is before the start. Nothing was changed.'],
    [
      values('2026-11-24', '2026-11-24T10:00[Europe/Oslo]'),
      'Give start and end a time, or neither: without times it lasts whole days.',
    ],
    [
      { ...values('2026-11-24', null), repeats: 'SOMETIMES' },
      'This repetition cannot be read. Choose one of the list.',
    ],
    [
      { ...values('2026-11-24', null), repeats: 'FREQ=WEEKLY;UNTIL=20261123' },
      'It would stop repeating on 23 Nov 2026, before its first day. Choose a later last day.',
    ],
  ])('%o', (given, sentence) => {
    const { run, all } = setup();
    expect(() => run((tx) => addAppointment(tx, given))).toThrow(sentence);
    expect(all()).toHaveLength(0);
  });
});

test('an end in another zone is compared as a moment', () => {
  const { read, run } = setup();
  const id = run((tx) =>
    addAppointment(tx, {
      title: 'Flight',
      start: '2026-11-24T11:00[Europe/Oslo]',
      end: '2026-11-24T10:30[Europe/London]',
    }),
  ).result;
  expect(read(id).end).toBe('2026-11-24T10:30[Europe/London]');
});

test('one occurrence is moved out of a repetition and keeps its guests; the others stay', () => {
  const { all, read, run } = setup();
  const guests = [{ contact: CONTACT, role: 'accepted' }];
  const id = run((tx) => addAppointment(tx, { ...MONDAYS, guests })).result;
  const moved = run((tx) =>
    moveAppointment(tx, {
      id,
      only: '2026-11-30',
      start: '2026-12-01T10:00[Europe/Oslo]',
      end: '2026-12-01T10:30[Europe/Oslo]',
    }),
  ).result;
  expect(all()).toHaveLength(2);
  expect(read(id)).toMatchObject({ start: MONDAYS.start, skipped: ['2026-11-30'] });
  expect(read(moved)).toMatchObject({ series: id, repeats: '', start: '2026-12-01T10:00[Europe/Oslo]', guests });
});

test('the same occurrence moved by two people apart is one record', () => {
  const [anna, bert] = [setup('anna'), setup('bert')];
  const id = anna.run((tx) => addAppointment(tx, MONDAYS)).result;
  meet(anna.replica, bert.replica);
  const to = (hour: string) => ({
    id,
    only: '2026-11-30',
    start: `2026-11-30T${hour}:00[Europe/Oslo]`,
    end: `2026-11-30T${hour}:30[Europe/Oslo]`,
  });
  anna.run((tx) => moveAppointment(tx, to('11')));
  bert.run((tx) => moveAppointment(tx, to('13')));
  meet(anna.replica, bert.replica);
  expect(anna.all()).toHaveLength(2);
  expect(bert.all()).toEqual(anna.all());
});

test('a whole repetition moves as far as the occurrence that was taken, its weekday and what was left out too', () => {
  const { read, run } = setup();
  const id = run((tx) => addAppointment(tx, { ...MONDAYS, skipped: ['2026-12-07'] })).result;
  run((tx) =>
    moveAppointment(tx, {
      id,
      from: '2026-11-30',
      start: '2026-12-01T14:00[Europe/Oslo]',
      end: '2026-12-01T15:00[Europe/Oslo]',
    }),
  );
  expect(read(id)).toMatchObject({
    start: '2026-11-24T14:00[Europe/Oslo]',
    end: '2026-11-24T15:00[Europe/Oslo]',
    repeats: 'FREQ=WEEKLY;BYDAY=TU',
    skipped: ['2026-12-08'],
  });
});

test('a repetition on the first Monday of a month is not moved to a Tuesday as a whole, only in time', () => {
  const { read, run } = setup();
  const id = run((tx) => addAppointment(tx, { ...MONDAYS, repeats: 'FREQ=MONTHLY;BYDAY=1MO' })).result;
  const to = (day: string) => ({
    id,
    from: '2026-11-23',
    start: `${day}T14:00[Europe/Oslo]`,
    end: `${day}T15:00[Europe/Oslo]`,
  });
  expect(() => run((tx) => moveAppointment(tx, to('2026-11-24')))).toThrow('fixed days of the month');
  run((tx) => moveAppointment(tx, to('2026-11-23')));
  expect(read(id).start).toBe('2026-11-23T14:00[Europe/Oslo]');
});

test('calling one occurrence off leaves it out, calling all off keeps them to be seen', () => {
  const { read, run } = setup();
  const id = run((tx) => addAppointment(tx, MONDAYS)).result;
  run((tx) => cancelAppointment(tx, { id, only: '2026-11-30' }));
  run((tx) => removeAppointment(tx, { id, only: '2026-12-07' }));
  expect(read(id)).toMatchObject({ cancelled: false, skipped: ['2026-11-30', '2026-12-07'] });
  run((tx) => cancelAppointment(tx, { id }));
  expect(read(id).cancelled).toBe(true);
});

test('a guest answers, and the title can be corrected of an appointment without an end', () => {
  const { read, run } = setup();
  const id = run((tx) => addAppointment(tx, { title: 'Demo', start: '2026-11-24' })).result;
  run((tx) => answerFor(tx, { id, contact: CONTACT, answer: 'accepted' }));
  run((tx) => editAppointment(tx, { id, changes: { title: 'Demonstration' } }));
  expect(read(id)).toMatchObject({ title: 'Demonstration', guests: [{ contact: CONTACT, role: 'accepted' }] });
});

test('what is on the 31st of each month is on the last day of shorter ones, and moves as a whole', () => {
  const { read, run } = setup();
  const id = run((tx) => addAppointment(tx, { title: 'Close', start: '2026-01-31', repeats: 'FREQ=MONTHLY' })).result;
  expect(read(id).repeats).toBe('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1');
  run((tx) => moveAppointment(tx, { id, from: '2026-01-31', start: '2026-01-30', end: '2026-01-30' }));
  expect(read(id).repeats).toBe('FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1');
  run((tx) => moveAppointment(tx, { id, from: '2026-01-30', start: '2026-01-15', end: '2026-01-15' }));
  expect(read(id)).toMatchObject({ start: '2026-01-15', repeats: 'FREQ=MONTHLY' });
});

test('what was called off can take place after all', () => {
  const { read, run } = setup();
  const id = run((tx) => addAppointment(tx, { title: 'Visit', start: '2026-11-24' })).result;
  run((tx) => cancelAppointment(tx, { id }));
  run((tx) => reinstateAppointment(tx, { id }));
  expect(read(id).cancelled).toBe(false);
});
