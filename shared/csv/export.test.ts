/** Law: what is exported imports back unchanged, for every field of every entity that is a file. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contactName } from '../entities/contact.ts';
import { entities } from '../entities/registry.ts';
import type { AnyRecord } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { valuesOf } from '../testing/arbitraries.ts';
import { aWorkspace, importFiles, recordsOf } from '../testing/importing.ts';
import type { Replica } from '../testing/replica.ts';
import { exportCsv } from './export.ts';

function exported(replica: Replica, name: 'company' | 'contact' | 'deal'): string {
  const titles = new Map<string, string>();
  for (const each of ['member', 'company', 'contact', 'stage', 'pipeline'] as const)
    for (const record of recordsOf(replica, each)) titles.set(record.id, entities[each].title(record as never));
  return exportCsv(entities[name], recordsOf(replica, name), { nameOf: (id) => titles.get(id) ?? '' });
}

/** Everything about a record but when and by which import it was made. */
function comparable(record: AnyRecord, entityName: 'company' | 'contact' | 'deal'): Record<string, unknown> {
  const fields = Object.entries(entities[entityName].fields).filter(([, field]) => !field.hidden);
  return {
    id: record.id,
    sourceId: record.sourceId,
    ...Object.fromEntries(fields.map(([name]) => [name, record[name]])),
  };
}

/** Random values of the fields of an entity; links point to records that are there. */
function valuesFor(
  name: 'company' | 'contact' | 'deal',
  ids: Readonly<Record<string, string>>,
): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.entries(entities[name].fields).filter(([, field]) => !field.hidden) as [string, AnyField][];
  return fc.record(
    Object.fromEntries(
      fields.map(([field, kind]) => {
        if (kind.kind === 'ref' || kind.kind === 'person')
          return [field, fc.constantFrom(null, ids[kind.target ?? ''] ?? null)];
        if (kind.kind === 'people')
          return [
            field,
            fc.constantFrom([], [{ contact: ids.contact, role: 'champion' }], [{ contact: ids.contact, role: '' }]),
          ];
        return [field, valuesOf(kind).filter((value) => !kind.required || kind.sortKey(value) !== null)];
      }),
    ),
  );
}

describe.each(['company', 'contact', 'deal'] as const)('%s', (name) => {
  function filled(values: Record<string, unknown>): Replica {
    const replica = aWorkspace();
    const ids = linked(replica);
    replica.run((tx) => {
      const [, pipelineId, stageId] = [
        '',
        recordsOf(replica, 'pipeline')[0]?.id ?? '',
        recordsOf(replica, 'stage').find((stage) => stage.name === 'Won')?.id ?? '',
      ];
      const all = { ...values, sourceId: 'crm-1', ...(name === 'deal' ? { place: [pipelineId, stageId, 'a0'] } : {}) };
      for (const key of Object.keys(all)) {
        const field = entities[name].fields[key as never] as AnyField | undefined;
        if (field?.target && (values[key] as string) in ids) Object.assign(all, { [key]: ids[values[key] as string] });
      }
      tx.insert(entities[name], all as never, `${name}_ABCDEFGHIJKLMNOP`);
    });
    return replica;
  }

  function linked(replica: Replica): Record<string, string> {
    replica.run((tx) => {
      tx.insert(entities.company, { name: 'Havn Fisk' }, 'company_0123456789abcdef');
      tx.insert(entities.contact, { firstName: 'Marta', lastName: 'Halvorsen' }, 'contact_0123456789abcdef');
    });
    return {};
  }

  const ids = {
    company: 'company_0123456789abcdef',
    contact: 'contact_0123456789abcdef',
    member: aWorkspace().memberId,
  };
  const values = valuesFor(name, ids).filter(
    (each) => name !== 'contact' || contactName(each as never) !== '' || (each.phones as unknown[]).length > 0,
  );

  test('imported back into the same workspace, nothing changes', () => {
    fc.assert(
      fc.property(values, (each) => {
        const replica = filled(each);
        const before = recordsOf(replica, name).map((record) => comparable(record, name));
        const { summary } = importFiles(
          replica,
          { 'export.csv': exported(replica, name) },
          { duplicates: 'update', setups: { 'export.csv': { role: name } } },
        );
        expect(summary.issues).toEqual([]);
        expect(summary.counts.created).toEqual({});
        expect(recordsOf(replica, name).map((record) => comparable(record, name))).toEqual(before);
      }),
      { numRuns: 60 },
    );
  });

  test('imported into an empty workspace, all of it is there', () => {
    fc.assert(
      fc.property(values, (each) => {
        const replica = filled(each);
        const other = aWorkspace();
        const order = ['company', 'contact', 'deal'] as const;
        const files = Object.fromEntries(order.map((file) => [`${file}.csv`, exported(replica, file)]));
        const setups = Object.fromEntries(order.map((file) => [`${file}.csv`, { role: file }]));
        importFiles(other, Object.fromEntries(Object.entries(files).filter(([, text]) => text.trim().includes('\n'))), {
          setups,
        });
        const copied = recordsOf(other, name).map((record) => comparable(record, name));
        expect(copied).toEqual(recordsOf(replica, name).map((record) => comparable(record, name)));
      }),
      { numRuns: 40 },
    );
  });
});

test('a text that a spreadsheet would run is defused, amounts and negative numbers stay numbers', () => {
  const replica = aWorkspace();
  replica.run((tx) => {
    const place = ['', recordsOf(replica, 'stage')[0]?.id ?? '', 'a0'] as const;
    tx.insert(
      entities.deal,
      { title: '=HYPERLINK("http://x")', amount: { minor: -1250, currency: 'EUR' }, place },
      'deal_A',
    );
  });
  const [header = '', line = ''] = exported(replica, 'deal').split('\r\n');
  expect(header.startsWith('\ufeffID,Title,Value,Value currency,Pipeline,Stage,')).toBe(true);
  expect(line.startsWith(`deal_A,"'=HYPERLINK(""http://x"")",-12.50,EUR,`)).toBe(true);
});

test('other companies and relations are found by name in a file of somebody else', () => {
  const replica = aWorkspace();
  const { summary } = importFiles(
    replica,
    {
      'people.csv': [
        'First name,Last name,Positions,Relations',
        'Ingrid,Solberg,Board member (ended): Havn Fisk; Lie Invest,Assistant: Nora Lie',
        'Nora,Lie,,',
      ].join('\n'),
    },
    { setups: { 'people.csv': { role: 'contact' } } },
  );
  expect(summary.issues).toEqual([]);
  const idOf = (name: 'company' | 'contact', title: string) =>
    recordsOf(replica, name).find((record) => entities[name].title(record as never) === title)?.id;
  const ingrid = recordsOf(replica, 'contact').find((record) => record.firstName === 'Ingrid');
  expect(ingrid?.positions).toEqual([
    { company: idOf('company', 'Lie Invest'), title: '', ended: false },
    { company: idOf('company', 'Havn Fisk'), title: 'Board member', ended: true },
  ]);
  expect(ingrid?.relations).toEqual([{ contact: idOf('contact', 'Nora Lie'), role: 'assistant' }]);
});
