/** A text to begin a note with: questions for a first call, the outline of a site visit. */
import { defineEntity } from '../model/entity.ts';
import { alsoNamed, hidden, required } from '../model/field.ts';
import { longText, text } from '../model/scalar-fields.ts';

export const noteTemplate = defineEntity('noteTemplate', {
  label: 'Note template',
  plural: 'Note templates',
  room: 'workspace',
  fields: {
    name: required(text('Name')),
    /** Markdown. */
    body: alsoNamed(longText('Text'), 'content', 'template'),
    rank: hidden(text('Rank')),
  },
  title: (record) => record.name,
  searchable: ['body'],
});
