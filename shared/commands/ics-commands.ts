/** Taking over what a calendar file says. The same file taken twice changes what is there and adds nothing. */
import { appointment } from '../entities/appointment.ts';
import type { IcsAppointment } from '../ics/read-ics.ts';
import { type Id, idFromCause } from '../model/id.ts';
import type { Tx } from './command.ts';

export interface IcsPeople {
  /** Contact and member ids by address, in lower case. */
  readonly contacts: ReadonlyMap<string, string>;
  readonly members: ReadonlyMap<string, string>;
}

/** Adds appointments of a file, about the given records. Guests nobody knows by their address stand in the notes. */
export function takeOverAppointments(
  tx: Tx,
  {
    appointments,
    people,
    about,
  }: { appointments: readonly IcsAppointment[]; people: IcsPeople; about: readonly string[] },
): Id<'appointment'>[] {
  return appointments.map((each) => {
    const id = idFromCause('appointment', `ics:${each.uid}`);
    const known = tx.get(appointment, id);
    const values = valuesOf(each, people);
    if (known) {
      // What was linked or answered here since stays.
      const { guests, notes: _ownWords, team: _ownTeam, ...rest } = values;
      const answered = new Set(known.guests.map((guest) => guest.contact));
      const added = guests.filter((guest) => !answered.has(guest.contact));
      tx.patch(appointment, id, {
        ...rest,
        guests: [...known.guests, ...added],
        about: [...new Set([...known.about, ...about])],
        deleted: false,
      });
      return id;
    }
    const owner = people.members.get(each.organizer) ?? (tx.actor || null);
    return tx.insert(appointment, { ...values, owner, about }, id);
  });
}

function valuesOf(each: IcsAppointment, people: IcsPeople) {
  const { title, start, end, place, repeats, skipped, reminders, cancelled } = each;
  const strangers = each.people.filter(({ email }) => !people.contacts.has(email) && !people.members.has(email));
  const names = strangers.map(({ name, email }) => (name === '' ? email : `${name} <${email}>`));
  const notes = [each.notes, ...(names.length === 0 ? [] : [`Also invited: ${names.join(', ')}`])]
    .filter(Boolean)
    .join('\n\n');
  return {
    title,
    start,
    end,
    place,
    notes,
    repeats,
    skipped,
    reminders,
    cancelled,
    series: each.seriesUid === null ? null : idFromCause('appointment', `ics:${each.seriesUid}`),
    team: each.people.flatMap(({ email }) => people.members.get(email) ?? []),
    guests: each.people.flatMap(({ email, answer }) => {
      const contact = people.contacts.get(email);
      return contact === undefined ? [] : [{ contact, role: answer }];
    }),
  };
}
