/** How somebody wants to be told of things, the same on all their devices. Whether a device may notify belongs to the device. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { hidden } from '../model/field.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { checkbox, choice, instant, person, text } from '../model/scalar-fields.ts';

/** Whose birthdays and important dates somebody is reminded of. */
export const DATE_REMINDERS = { mine: 'Contacts I own', starred: 'Contacts I starred', none: 'Nobody’s' } as const;

export const preference = defineEntity('preference', {
  label: 'Preference',
  plural: 'Preferences',
  room: 'work',
  fields: {
    owner: person('Owner'),
    /** `22:00`; '' for no quiet hours. Until `quietUntil`, maybe of the next day, nothing makes a sound. */
    quietFrom: hidden(text('Quiet from')),
    quietUntil: hidden(text('Quiet until')),
    quietWeekends: checkbox('Quiet at weekends'),
    /** What others did until then has been seen; what came later is news. */
    lookedAt: hidden(instant('Last looked')),
    dates: choice('Birthdays and dates', DATE_REMINDERS),
  },
  title: () => '',
});

export type Preference = RecordOf<typeof preference>;

export function preferenceIdFor(memberId: string): Id<'preference'> {
  return idFromCause('preference', memberId);
}
