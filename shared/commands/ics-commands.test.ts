import { expect, test } from 'vitest';
import type { Appointment } from '../entities/appointment.ts';
import { readIcs } from '../ics/read-ics.ts';
import { aReplica } from '../testing/replica.ts';
import { takeOverAppointments } from './ics-commands.ts';

const FEMKE = 'contact_femke00000000000';
const DEAL = 'deal_tankers000000000';
const PEOPLE = { contacts: new Map([['femke@example.com', FEMKE]]), members: new Map<string, string>() };
const fileAt = (hour: string) =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:visit',
    'SUMMARY:Visit',
    `DTSTART:20261124T${hour}0000Z`,
    'ATTENDEE;PARTSTAT=ACCEPTED:mailto:femke@example.com',
    'ATTENDEE;CN=Somebody:mailto:somebody@example.com',
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');

test('a file taken over twice is one appointment: the newer time, and what was added here stays', () => {
  let now = Date.UTC(2026, 10, 22);
  const replica = aReplica('anna', { wall: () => (now += 1_000) });
  const take = (hour: string, about: readonly string[]) =>
    replica.run((tx) =>
      takeOverAppointments(tx, { appointments: readIcs(fileAt(hour), 'UTC').appointments, people: PEOPLE, about }),
    ).result;
  const [id = ''] = take('09', [FEMKE]);
  expect(take('11', [DEAL])).toEqual([id]);
  const read = replica.room('work').get(id) as unknown as Appointment;
  expect(read).toMatchObject({
    start: '2026-11-24T11:00[UTC]',
    owner: replica.memberId,
    guests: [{ contact: FEMKE, role: 'accepted' }],
    notes: 'Also invited: Somebody <somebody@example.com>',
  });
  expect([...read.about].sort()).toEqual([FEMKE, DEAL].sort());
});
