/** One edit among 50,000 rows of an open, sorted list: against sorting anew. CPU time, median of five. */
import { textSortKey } from '../shared/model/text-order.ts';
import { LiveQuery } from '../shared/query/live-query.ts';
import { cpuMs, measured } from './measure.ts';
import { seededRecords } from './seeded.ts';

const EDITS = 200;

interface Row {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: null;
  readonly name: string;
}

const rows: Row[] = seededRecords({ contacts: 50_000, deals: 0 })
  .filter(({ entity }) => entity.name === 'contact')
  .map(({ id, values }) => ({
    id,
    deleted: false,
    mergedInto: null,
    name: `${values.lastName as string} ${values.firstName as string}`,
  }));
const spec = { sortBy: (row: Row) => textSortKey(row.name) };
const edited = rows[25_000] as Row;
const query = new LiveQuery(spec, rows);
let flip = 0;

const anew = await cpuMs(() => new LiveQuery(spec, rows));
const incremental = await cpuMs(() => {
  for (let index = 0; index < EDITS; index++) {
    flip += 1;
    const next = { ...edited, name: flip % 2 === 0 ? 'Aaa' : 'Zzz' };
    query.update(
      [edited.id],
      () => next,
      () => rows,
    );
    if (query.group('').ids.length !== rows.length) throw new Error('a row was lost');
  }
});
console.log(
  measured({
    name: 'one edit in a list of 50,000',
    value: incremental / EDITS,
    unit: 'ms',
    against: anew,
    what: 'sorting anew',
    atMost: 0.02,
  }),
);
