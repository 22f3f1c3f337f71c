/** A time kept for people: a meeting, a visit, a call at a fixed hour, or a whole day. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed, hidden, required } from '../model/field.ts';
import { checkbox, longText, person, ref, text, when } from '../model/scalar-fields.ts';
import { links, multiChoice, people, tags } from '../model/set-fields.ts';
import { SUBJECTS } from './activity.ts';
import { REMINDERS } from './task.ts';

/** iCalendar's PARTSTAT in words. */
export const ATTENDANCE = {
  needsAction: 'Not answered',
  accepted: 'Coming',
  tentative: 'Maybe',
  declined: 'Not coming',
} as const;

export const appointment = defineEntity('appointment', {
  label: 'Appointment',
  plural: 'Appointments',
  room: 'work',
  fields: {
    title: alsoNamed(required(text('Title')), 'subject', 'summary', 'event', 'termin'),
    start: alsoNamed(when('Start'), 'start date', 'begin', 'von'),
    /** After the start. Of whole days the last one, not the day after. */
    end: alsoNamed(when('End'), 'end date', 'bis'),
    place: alsoNamed(text('Place'), 'location', 'ort'),
    notes: alsoNamed(longText('Notes'), 'description', 'note'),
    owner: alsoNamed(person('Owner'), 'organizer', 'assigned to'),
    guests: alsoNamed(people('Guests', ATTENDANCE), 'attendees', 'participants'),
    team: links('Team', 'member'),
    about: links('About', ...SUBJECTS),
    reminders: multiChoice('Reminders', REMINDERS),
    /** As a task's: an RRULE without a start; '' for once. */
    repeats: hidden(text('Repeats')),
    /** Days of the repetition, in the appointment's own zone, on which it is not: cancelled, or moved out as a record of its own. */
    skipped: hidden(tags('Left out')),
    /** Of an occurrence that was moved out: the appointment that repeats. */
    series: hidden(ref('Series', 'appointment')),
    cancelled: checkbox('Cancelled'),
  },
  title: (record) => record.title,
  searchable: ['place', 'notes'],
});

export type Appointment = RecordOf<typeof appointment>;
