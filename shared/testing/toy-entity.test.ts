/** Adding an entity is one file and one registry line; what follows by itself is shown here with one nobody has registered. */
import { describe, expect, test } from 'vitest';
import { createRecord, deleteRecords, editRecords } from '../commands/record-commands.ts';
import { entities, type Registry, recordTitle } from '../entities/registry.ts';
import { defineEntity } from '../model/entity.ts';
import { required } from '../model/field.ts';
import { checkbox, choice, day, instant, longText, money, person, phone, ref, text } from '../model/scalar-fields.ts';
import { address, phones, tags } from '../model/set-fields.ts';
import { LiveQuery } from '../query/live-query.ts';
import { describeFieldLaws } from './field-laws.ts';
import { aReplica, meet } from './replica.ts';

const ticket = defineEntity('ticket', {
  label: 'Ticket',
  plural: 'Tickets',
  room: 'work',
  fields: {
    subject: required(text('Subject')),
    priority: choice('Priority', { p1: 'High', p2: 'Medium', p3: 'Low' }),
    contact: ref('Contact', 'contact'),
    owner: person('Owner'),
    openedAt: instant('Opened'),
    dueOn: day('Due'),
    refund: money('Refund'),
    hotline: phone('Hotline'),
    callback: phones('Call back'),
    site: address('Site'),
    labels: tags('Labels'),
    urgent: checkbox('Urgent'),
    story: longText('Story'),
  },
  title: (record) => record.subject,
});

const registry: Registry = { ...entities, ticket };
const wall = () => Date.UTC(2026, 10, 22);

describe('an entity that was only just defined', () => {
  test('is stored, read and merged like any other', () => {
    const [anna, bert] = [aReplica('anna', { wall, registry }), aReplica('bert', { wall, registry })];
    const { result: id } = anna.run((tx) =>
      createRecord(tx, { entity: ticket, values: { subject: 'Alarm delay', labels: ['room 7'] } }),
    );
    meet(anna, bert);
    anna.run((tx) => editRecords(tx, { entity: ticket, ids: [id], changes: { priority: 'p1' } }));
    bert.run((tx) =>
      editRecords(tx, { entity: ticket, ids: [id], changes: { labels: ['room 7', 'night shift'], urgent: true } }),
    );
    meet(anna, bert);
    for (const replica of [anna, bert]) {
      expect(replica.room('work').get(id)).toMatchObject({
        subject: 'Alarm delay',
        priority: 'p1',
        urgent: true,
        labels: ['night shift', 'room 7'],
      });
    }
  });

  test('has its required fields checked by commands', () => {
    const anna = aReplica('anna', { wall, registry });
    expect(() => anna.run((tx) => createRecord(tx, { entity: ticket, values: { subject: '' } }))).toThrow(
      'Subject cannot be empty.',
    );
  });

  test('can be queried, sorted, named and put into the trash', () => {
    const anna = aReplica('anna', { wall, registry });
    const [late, soon] = ['2026-12-24', '2026-11-24'].map(
      (dueOn) => anna.run((tx) => createRecord(tx, { entity: ticket, values: { subject: dueOn, dueOn } })).result,
    ) as [string, string];
    const query = () =>
      new LiveQuery(
        { sortBy: (record) => ticket.fields.dueOn.sortKey(record.dueOn as string) },
        anna.room('work').all('ticket'),
      );
    expect(query().group('').ids).toEqual([soon, late]);
    const record = anna.room('work').get(soon);
    expect(record && recordTitle(registry, record)).toBe('2026-11-24');
    anna.run((tx) => deleteRecords(tx, { entity: ticket, ids: [soon] }));
    expect(query().group('').ids).toEqual([late]);
  });

  test('cannot have a field that would hide what every record has', () => {
    for (const name of ['deleted', 'id', 'a/b', 'constructor']) {
      const fields = { [name]: text('Name') };
      expect(() => defineEntity('broken', { label: '', plural: '', room: 'work', fields, title: () => '' })).toThrow(
        'is not a usable field name',
      );
    }
  });
});

describeFieldLaws(ticket);
