/**
 * A record somebody wants at hand, the same on all their devices. One record per star and with an id made of both, so
 * that two devices that give it offline give one; a member's own record is the account's and the server writes that.
 */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { person } from '../model/scalar-fields.ts';
import { links } from '../model/set-fields.ts';
import { SUBJECTS } from './activity.ts';

export const star = defineEntity('star', {
  label: 'Star',
  plural: 'Stars',
  room: 'work',
  fields: {
    owner: person('Owner'),
    /** Always one. */
    records: links('Record', ...SUBJECTS),
  },
  title: () => '',
});

export type Star = RecordOf<typeof star>;

export function starIdFor(memberId: string, recordId: string): Id<'star'> {
  return idFromCause('star', `${memberId}:${recordId}`);
}
