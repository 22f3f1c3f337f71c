/** Adding an entity is one file and one registry line; what follows by itself is shown here with one nobody has registered. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRecord, deleteRecords, editRecords } from '../commands/record-commands.ts';
import { exportCsv } from '../csv/export.ts';
import { entities, type Registry, recordTitle } from '../entities/registry.ts';
import { defineEntity } from '../model/entity.ts';
import { type AnyField, required } from '../model/field.ts';
import { checkbox, choice, day, instant, longText, money, person, phone, ref, text } from '../model/scalar-fields.ts';
import { address, phones, tags } from '../model/set-fields.ts';
import { LiveQuery } from '../query/live-query.ts';
import { valuesOf } from './arbitraries.ts';
import { describeFieldLaws } from './field-laws.ts';
import { aWorkspace, importFiles, recordsOf } from './importing.ts';
import { aReplica, meet, type Replica } from './replica.ts';

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

describe('its CSV file', () => {
  const CONTACT = 'contact_0123456789abcdef';
  const names = Object.keys(ticket.fields);
  const someTicket = fc.record(
    Object.fromEntries(
      (Object.entries(ticket.fields) as [string, AnyField][]).map(([name, field]) => [
        name,
        field.target === undefined
          ? valuesOf(field).filter((value) => !field.required || field.sortKey(value) !== null)
          : fc.constantFrom(null, ...(field.target === 'contact' ? [CONTACT] : [])),
      ]),
    ),
  );

  function aHelpdesk(): Replica {
    const replica = aWorkspace('Ana', registry);
    replica.run((tx) => tx.insert(entities.contact, { firstName: 'Marta', lastName: 'Halvorsen' }, CONTACT));
    return replica;
  }
  const shown = (replica: Replica) =>
    recordsOf(replica, 'ticket').map((record) => [record.id, ...names.map((name) => record[name])]);

  test('comes back unchanged, where the tickets still are and where there are none', () => {
    fc.assert(
      fc.property(someTicket, (values) => {
        const here = aHelpdesk();
        here.run((tx) => createRecord(tx, { entity: ticket, values: values as never }));
        const file = exportCsv(ticket, recordsOf(here, 'ticket'), {
          nameOf: (id) => (id === CONTACT ? 'Marta Halvorsen' : ''),
        });
        const before = shown(here);
        const elsewhere = aHelpdesk();
        for (const replica of [here, elsewhere]) {
          const { summary } = importFiles(
            replica,
            { 'tickets.csv': file },
            { setups: { 'tickets.csv': { role: 'ticket' } } },
          );
          expect(summary.issues).toEqual([]);
          expect(shown(replica)).toEqual(before);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('of another program makes tickets of its rows, and lists what does not fit', () => {
    const replica = aHelpdesk();
    const file =
      'Subject,Priority,Contact,Due,Labels\nAlarm delay,High,Marta Halvorsen,2026-12-01,night\nLeak,Soon,,,\n,Low,,,\n';
    const { summary } = importFiles(replica, { 'help.csv': file }, { setups: { 'help.csv': { role: 'ticket' } } });
    expect(recordsOf(replica, 'ticket')).toMatchObject([
      { subject: 'Alarm delay', priority: 'p1', contact: CONTACT, dueOn: '2026-12-01', labels: ['night'] },
      { subject: 'Leak', priority: null },
    ]);
    expect(summary.issues.map(({ row, severity }) => [row, severity])).toEqual([
      [3, 'empty'],
      [4, 'skipped'],
    ]);
  });
});

describeFieldLaws(ticket);
