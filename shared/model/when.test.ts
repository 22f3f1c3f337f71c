import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDaysTo,
  isWhen,
  makeWhen,
  parseWhen,
  whenDay,
  whenInstant,
  whenOfInstant,
  whenTime,
  whenZone,
} from './when.ts';

const OSLO = 'Europe/Oslo';

test('a time is read in its own zone, wherever the reader is', () => {
  const when = makeWhen('2026-11-27', '15:00', OSLO);
  expect([whenDay(when), whenTime(when), whenZone(when)]).toEqual(['2026-11-27', '15:00', OSLO]);
  expect(whenInstant(when, 'America/New_York')).toBe(Date.UTC(2026, 10, 27, 14));
  expect(whenInstant('2026-07-01T09:00[America/New_York]', OSLO)).toBe(Date.UTC(2026, 6, 1, 13));
});

test('a whole day begins where the reader is', () => {
  expect(whenInstant('2026-11-27', OSLO)).toBe(Date.UTC(2026, 10, 26, 23));
  expect(whenInstant('2026-11-27', 'UTC')).toBe(Date.UTC(2026, 10, 27));
});

test('a time that the clocks skip moves past the gap, one that comes twice is the first', () => {
  expect(whenInstant('2026-03-29T02:30[Europe/Oslo]', 'UTC')).toBe(Date.UTC(2026, 2, 29, 1, 30));
  expect(whenInstant('2026-10-25T02:30[Europe/Oslo]', 'UTC')).toBe(Date.UTC(2026, 9, 25, 0, 30));
});

test('all year a time is the first instant at which the clocks of its zone show it, or later where they skip it', () => {
  for (const zone of [OSLO, 'America/New_York', 'Australia/Lord_Howe', 'Africa/Casablanca', 'Asia/Kolkata']) {
    for (let hour = 0; hour < 365 * 24; hour += 5) {
      const wall = new Date(Date.UTC(2026, 0, 1, hour)).toISOString();
      const when = makeWhen(wall.slice(0, 10), wall.slice(11, 16), zone);
      const instant = whenInstant(when, 'UTC');
      expect(whenOfInstant(instant, zone) >= when, when).toBe(true);
      for (const sooner of [1_800_000, 3_600_000]) expect(whenOfInstant(instant - sooner, zone)).not.toBe(when);
    }
  }
});

test('a zone this machine does not know reads as the reader’s', () => {
  expect(whenInstant('2026-11-27T15:00[Mars/Base]', OSLO)).toBe(Date.UTC(2026, 10, 27, 14));
});

test.each([
  ['2026-11-27', '2026-11-27'],
  ['2026-11-27 15:00', '2026-11-27T15:00[Europe/Oslo]'],
  ['2026-11-27T15:00:00', '2026-11-27T15:00[Europe/Oslo]'],
  ['tomorrow at 3pm', '2026-11-23T15:00[Europe/Oslo]'],
  ['in 3 days 15:00', '2026-11-25T15:00[Europe/Oslo]'],
  ['27 Nov, 9:30', '2026-11-27T09:30[Europe/Oslo]'],
  ['15:00', '2026-11-22T15:00[Europe/Oslo]'],
  ['12am', '2026-11-22T00:00[Europe/Oslo]'],
  ['27.11.2026 14 Uhr', '2026-11-27T14:00[Europe/Oslo]'],
])('%s is %s', (text, expected) => {
  expect(parseWhen(text, { today: '2026-11-22', zone: OSLO })).toBe(expected);
});

test.each(['', 'soon', '25:00', '13pm', '2026-02-30', '2026-02-30T10:00[UTC]', 'tomorrow 10:75'])(
  '%j is no date',
  (text) => {
    expect(parseWhen(text, { today: '2026-11-22', zone: OSLO })).toBeNull();
  },
);

test('an instant and its wall time say the same', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4e12 }),
      fc.constantFrom('UTC', OSLO, 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland'),
      (instant, zone) => {
        const minute = Math.floor(instant / 60_000) * 60_000;
        const when = whenOfInstant(minute, zone);
        expect(isWhen(when)).toBe(true);
        // An hour that comes twice reads as its first.
        expect([0, 3_600_000]).toContain(minute - whenInstant(when, 'UTC'));
      },
    ),
  );
});

test('days are added to the wall, not to the clock', () => {
  expect(addDaysTo('2026-10-24T09:00[Europe/Oslo]', 1)).toBe('2026-10-25T09:00[Europe/Oslo]');
});
