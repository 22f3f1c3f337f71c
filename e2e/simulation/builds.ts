/** Two builds at once: today's entities, and those of a later build that has one field and one entity more. */
import { contact } from '../../shared/entities/contact.ts';
import { entities, type Registry } from '../../shared/entities/registry.ts';
import { defineEntity } from '../../shared/model/entity.ts';
import { required } from '../../shared/model/field.ts';
import { instant, text } from '../../shared/model/scalar-fields.ts';
import { tags } from '../../shared/model/set-fields.ts';

export const laterContact = defineEntity('contact', {
  label: contact.label,
  plural: contact.plural,
  room: contact.room,
  searchable: contact.searchable,
  fields: { ...contact.fields, loyalty: text('Loyalty'), badges: tags('Badges') },
  title: (record) => contact.title(record),
});

export const ticket = defineEntity('ticket', {
  label: 'Ticket',
  plural: 'Tickets',
  room: 'timeline',
  fields: { subject: required(text('Subject')), at: instant('At'), labels: tags('Labels') },
  title: (record) => record.subject,
});

export const today: Registry = entities;
export const later: Registry = { ...entities, contact: laterContact as never, ticket };
