/**
 * A file somebody put on a record, or on an entry of its timeline. The record says what it is; the bytes are found by their
 * hash: on the device that added it, on the server once they were sent, and wherever somebody opened it. Whether they
 * were sent is not written down: each device knows what it still has to send.
 */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { hidden, required } from '../model/field.ts';
import { instant, number, person, ref, text } from '../model/scalar-fields.ts';
import { links } from '../model/set-fields.ts';
import { SUBJECTS } from './activity.ts';

export const file = defineEntity('file', {
  label: 'File',
  plural: 'Files',
  room: 'timeline',
  fields: {
    name: required(text('Name')),
    /** The MIME type as the device that added it claimed; '' when it knew none. Never believed, see server/http/safe-file-headers.ts. */
    type: text('Type'),
    bytes: number('Bytes', { min: 0, integer: true }),
    /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
    hash: text('SHA-256'),
    at: instant('At'),
    about: links('About', ...SUBJECTS),
    /** The entry of the timeline it came with: the note it was dropped on, the e-mail it was attached to. */
    activity: hidden(ref('Activity', 'activity')),
    by: person('By'),
  },
  title: (record) => record.name,
  searchable: [],
});

export type FileRecord = RecordOf<typeof file>;

export function isFileHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}
