import { expect, test } from 'vitest';
import type { Appointment } from '../entities/appointment.ts';
import { lengthened, movedTo, movedToDay, resizedTo, shiftedMinutes } from './calendar-moves.ts';
import { appointmentItems, type CalendarItem } from './calendar-view.ts';

const OSLO = 'Europe/Oslo';

function anItem(start: string, end: string): CalendarItem {
  const record = {
    id: 'appointment_1',
    title: 'Visit',
    start,
    end,
    repeats: '',
    skipped: [],
  } as unknown as Appointment;
  const [item] = appointmentItems(record, ['2026-01-01', '2026-12-31'], OSLO);
  if (!item) throw new Error('not in 2026');
  return item;
}
const morning = anItem('2026-11-24T10:00[Europe/Oslo]', '2026-11-24T11:30[Europe/Oslo]');

test('moved to a minute of another day it lasts as long', () => {
  expect(movedTo(morning, { day: '2026-11-26', minute: 13 * 60 + 15 }, OSLO)).toEqual({
    start: '2026-11-26T13:15[Europe/Oslo]',
    end: '2026-11-26T14:45[Europe/Oslo]',
  });
});

test('what is meant by clocks elsewhere keeps those clocks', () => {
  const abroad = anItem('2026-11-24T04:00[America/New_York]', '2026-11-24T05:00[America/New_York]');
  expect(movedTo(abroad, { day: '2026-11-24', minute: 12 * 60 }, OSLO)).toEqual({
    start: '2026-11-24T06:00[America/New_York]',
    end: '2026-11-24T07:00[America/New_York]',
  });
});

test('moved by days over a change of the clocks it keeps its time on the wall', () => {
  const friday = anItem('2026-10-23T09:00[Europe/Oslo]', '2026-10-23T10:00[Europe/Oslo]');
  expect(movedToDay(friday, '2026-10-26')).toEqual({
    start: '2026-10-26T09:00[Europe/Oslo]',
    end: '2026-10-26T10:00[Europe/Oslo]',
  });
});

test('dropped into the hour that the clocks skip it begins after it, and keeps its length', () => {
  const times = movedTo(morning, { day: '2026-03-29', minute: 2 * 60 + 30 }, OSLO);
  expect(times).toEqual({ start: '2026-03-29T03:30[Europe/Oslo]', end: '2026-03-29T05:00[Europe/Oslo]' });
});

test('whole days move and grow by days, and are never shorter than one', () => {
  const fair = anItem('2026-11-24', '2026-11-26');
  expect(movedToDay(fair, '2026-12-01')).toEqual({ start: '2026-12-01', end: '2026-12-03' });
  expect(shiftedMinutes(fair, 15, OSLO)).toEqual({ start: '2026-11-24', end: '2026-11-26' });
  expect(lengthened(fair, { minutes: 0, days: -9 }, OSLO).end).toBe('2026-11-24');
});

test('resized by its end, to midnight too, and never below a quarter of an hour', () => {
  expect(resizedTo(morning, { day: '2026-11-24', minute: 1_440 }, OSLO).end).toBe('2026-11-25T00:00[Europe/Oslo]');
  expect(resizedTo(morning, { day: '2026-11-24', minute: 60 }, OSLO).end).toBe('2026-11-24T10:15[Europe/Oslo]');
  expect(lengthened(morning, { minutes: 15, days: 0 }, OSLO).end).toBe('2026-11-24T11:45[Europe/Oslo]');
});
