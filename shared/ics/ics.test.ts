import { expect, test } from 'vitest';
import type { Appointment } from '../entities/appointment.ts';
import { zoneOfTzid } from './ics-zones.ts';
import { readIcs } from './read-ics.ts';
import { writeIcs } from './write-ics.ts';

const OSLO = 'Europe/Oslo';
const file = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n');
const one = (...lines: readonly string[]) => readIcs(file('UID:1', 'SUMMARY:Visit', ...lines), OSLO).appointments[0];

const AN_APPOINTMENT = {
  id: 'appointment_1',
  title: 'Visit; with, marks',
  start: '2026-11-24T10:00[Europe/Oslo]',
  end: '2026-11-24T11:00[Europe/Oslo]',
  place: 'Storgata 1\nOslo',
  notes: 'Bring the price list',
  owner: 'member_anna',
  guests: [{ contact: 'contact_femke', role: 'accepted' }],
  team: [],
  reminders: ['m15', 'd1'],
  repeats: '',
  skipped: [],
  cancelled: false,
} as unknown as Appointment;
const NAMES = {
  now: Date.UTC(2026, 10, 22),
  zone: OSLO,
  personOf: (id: string) =>
    id === 'contact_femke'
      ? { name: 'Femke de Boer', email: 'femke@example.com' }
      : { name: 'Anna', email: 'anna@example.com' },
};

test.each([
  ['DTSTART:20261124T090000Z', '2026-11-24T10:00[Europe/Oslo]'],
  ['DTSTART:20261124T090000', '2026-11-24T09:00[Europe/Oslo]'],
  ['DTSTART;TZID=America/New_York:20261124T090000', '2026-11-24T09:00[America/New_York]'],
  ['DTSTART;TZID=W. Europe Standard Time:20261124T090000', '2026-11-24T09:00[Europe/Berlin]'],
  ['DTSTART;VALUE=DATE:20261124', '2026-11-24'],
])('reads %s', (line, start) => {
  expect(one(line)?.start).toBe(start);
});

test('an end is taken from DTEND, of whole days the day before it, or from the duration', () => {
  expect(one('DTSTART;VALUE=DATE:20261124', 'DTEND;VALUE=DATE:20261127')?.end).toBe('2026-11-26');
  expect(one('DTSTART:20261124T090000', 'DURATION:PT90M')?.end).toBe('2026-11-24T10:30[Europe/Oslo]');
  expect(one('DTSTART:20261124T090000')?.end).toBe('2026-11-24T10:00[Europe/Oslo]');
});

test('a zone that only the file describes is read by its description', () => {
  const text = [
    'BEGIN:VCALENDAR',
    'BEGIN:VTIMEZONE',
    'TZID:Ours',
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    'TZOFFSETFROM:+0300',
    'TZOFFSETTO:+0300',
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:1',
    'DTSTART;TZID=Ours:20261124T120000',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  expect(readIcs(text, OSLO).appointments[0]?.start).toBe('2026-11-24T10:00[Europe/Oslo]');
});

test('people, alarms, a rule with days left out, and who called it off', () => {
  const read = one(
    'DTSTART;TZID=Europe/Oslo:20261123T090000',
    'RRULE:FREQ=WEEKLY;BYDAY=MO',
    'EXDATE;TZID=Europe/Oslo:20261130T090000',
    'STATUS:CANCELLED',
    'ORGANIZER:mailto:Anna@example.com',
    'ATTENDEE;CN=Femke de Boer;PARTSTAT=ACCEPTED:MAILTO:femke@example.com',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'TRIGGER:-PT10M',
    'END:VALARM',
  );
  expect(read).toMatchObject({
    repeats: 'FREQ=WEEKLY;BYDAY=MO',
    skipped: ['2026-11-30'],
    cancelled: true,
    organizer: 'anna@example.com',
    people: [{ name: 'Femke de Boer', email: 'femke@example.com', answer: 'accepted' }],
    reminders: ['m15'],
  });
});

test('an occurrence the file has moved is left out of the repetition', () => {
  const text = [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:a',
    'SUMMARY:Stand-up',
    'DTSTART;TZID=Europe/Oslo:20261123T090000',
    'RRULE:FREQ=WEEKLY',
    'END:VEVENT',
    'BEGIN:VEVENT',
    'UID:a',
    'SUMMARY:Stand-up',
    'RECURRENCE-ID;TZID=Europe/Oslo:20261130T090000',
    'DTSTART;TZID=Europe/Oslo:20261201T100000',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');
  const { appointments } = readIcs(text, OSLO);
  expect(appointments.map(({ uid, skipped }) => [uid, skipped])).toEqual([
    ['a', ['2026-11-30']],
    ['a:2026-11-30', []],
  ]);
});

test.each([
  ['', 'This is no calendar file: it does not begin with BEGIN:VCALENDAR. Nothing was added.'],
  ['BEGIN:VCALENDAR\r\nEND:VCALENDAR', 'The file holds no events. Nothing was added.'],
  ['\uFEFFBEGIN:VCALENDAR\r\nEND:VCALENDAR', 'The file holds no events. Nothing was added.'],
  [file('SUMMARY:Visit', 'DTSTART:INVALID-DATE'), '“Visit” was left out: its start cannot be read.'],
  [file('SUMMARY:Visit', 'DTSTART;VALUE=DATE:20261399'), '“Visit” was left out: its start cannot be read.'],
  [file('UID:1'), 'An event was left out: it has no start.'],
  [
    file('SUMMARY:Visit', 'DTSTART:20261124T090000', 'DTEND:20261124T080000'),
    '“Visit” ends before it starts. It was added with one hour.',
  ],
  [
    file('SUMMARY:Visit', 'DTSTART:20261124T090000', 'RRULE:FREQ=HOURLY'),
    '“Visit” repeats in a way that cannot be followed here. It was added once.',
  ],
])('says what is wrong with %j', (text, sentence) => {
  expect(readIcs(text, OSLO).problems).toEqual([sentence]);
});

test('a file that breaks off says so', () => {
  const { appointments, problems } = readIcs('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:Visit', OSLO);
  expect(appointments).toEqual([]);
  expect(problems[0]).toBe('The file breaks off before its end. Nothing was added. Export or download it again.');
});

test('what is written is read back, people, marks and line breaks included', () => {
  const text = writeIcs([AN_APPOINTMENT], NAMES);
  expect(text).toContain('DTSTART:20261124T090000Z');
  expect(readIcs(text, OSLO)).toMatchObject({
    problems: [],
    appointments: [
      {
        title: AN_APPOINTMENT.title,
        start: AN_APPOINTMENT.start,
        end: AN_APPOINTMENT.end,
        place: AN_APPOINTMENT.place,
        notes: AN_APPOINTMENT.notes,
        reminders: ['m15', 'd1'],
        organizer: 'anna@example.com',
        people: [{ name: 'Femke de Boer', email: 'femke@example.com', answer: 'accepted' }],
      },
    ],
  });
});

test('what repeats is written with the clocks of its zone, and whole days with the day after the last', () => {
  const text = writeIcs([{ ...AN_APPOINTMENT, repeats: 'FREQ=WEEKLY', skipped: ['2026-12-01'] } as Appointment], NAMES);
  expect(text).toContain('DTSTART;TZID=Europe/Oslo:20261124T100000');
  // The last Sunday of March 2027: from +01:00 to +02:00 at two.
  expect(text).toMatch(/BEGIN:DAYLIGHT\r\nDTSTART:20270328T020000\r\nTZOFFSETFROM:\+0100\r\nTZOFFSETTO:\+0200/);
  expect(readIcs(text, 'UTC').appointments[0]).toMatchObject({
    start: AN_APPOINTMENT.start,
    repeats: 'FREQ=WEEKLY',
    skipped: ['2026-12-01'],
  });
  const days = writeIcs([{ ...AN_APPOINTMENT, start: '2026-11-24', end: '2026-11-26' } as Appointment], NAMES);
  expect(days).toContain('DTEND;VALUE=DATE:20261127');
});

test.each([
  ['/mozilla.org/20050126_1/Europe/Oslo', 'Europe/Oslo'],
  ['custom_America/New_York', 'America/New_York'],
  ['Romance Standard Time', 'Europe/Paris'],
  ['Somewhere', null],
])('the zone %s is %s', (tzid, zone) => {
  expect(zoneOfTzid(tzid)).toBe(zone);
});
