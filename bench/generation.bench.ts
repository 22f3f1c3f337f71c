/**
 * What a generation switch gives back: 5,000 deals edited 40 times each, folded into the next generation, against a room in
 * which they were never edited. Sizes in kB, loading in ms of CPU, median of five.
 */
import * as Y from 'yjs';
import { entities } from '../shared/entities/registry.ts';
import { foldRecords } from '../shared/sync/fold-records.ts';
import { RECORDS } from '../shared/sync/record-keys.ts';
import { RoomRecords } from '../shared/sync/room-records.ts';
import { formatStamp } from '../shared/sync/stamp.ts';
import { measured, percentile } from './measure.ts';

const RECORD_COUNT = 5_000;
const EDITS = 40;
const FIELDS = ['title', 'product', 'nextStep', 'source'];
const RUNS = 5;

let time = 1_750_000_000_000;
const stamp = () => formatStamp(time++, 0, 'bench00000');

const fresh = new Y.Doc();
fresh.transact(() => {
  for (let index = 0; index < RECORD_COUNT; index++) {
    const base = {
      t: 'deal',
      s: stamp(),
      title: `Deal number ${index}`,
      product: 'Vans',
      source: 'Fair',
      about: 'x'.repeat(120),
    };
    fresh.getMap(RECORDS).set(`deal_${String(index).padStart(16, '0')}`, JSON.stringify(base));
  }
});
const edited = new Y.Doc();
Y.applyUpdate(edited, Y.encodeStateAsUpdate(fresh));
const seen = new Map<string, string>();
for (let round = 0; round < EDITS; round++) {
  // Every device and day writes under a client id of its own.
  edited.clientID = 1_000 + round;
  edited.transact(() => {
    const map = edited.getMap(RECORDS);
    for (let index = 0; index < RECORD_COUNT; index++) {
      const path = `deal_${String(index).padStart(16, '0')}/${FIELDS[round % FIELDS.length]}`;
      const key = `${path}/${stamp()}`;
      map.set(key, `Value ${round}`);
      const before = seen.get(path);
      if (before !== undefined) map.delete(before);
      seen.set(path, key);
    }
  });
}
const began = process.cpuUsage();
const folded = foldRecords(edited, entities);
const foldMs = cpuMs(process.cpuUsage(began));

const [freshBytes, editedBytes, foldedBytes] = [fresh, edited, folded].map((doc) => Y.encodeStateAsUpdate(doc)) as [
  Uint8Array,
  Uint8Array,
  Uint8Array,
];
const name = `${RECORD_COUNT.toLocaleString('en')} deals edited ${EDITS} times each`;
const kilobytes = ({ length }: Uint8Array) => length / 1_000;
console.log(
  measured({
    name: `${name}, size before`,
    value: kilobytes(editedBytes),
    unit: 'kB',
    against: kilobytes(freshBytes),
    what: 'never edited',
  }),
);
console.log(
  measured({
    name: 'size in the next generation',
    value: kilobytes(foldedBytes),
    unit: 'kB',
    against: kilobytes(freshBytes),
    what: 'never edited',
    atMost: 2.2,
  }),
);
const [freshMs, editedMs, foldedMs] = inRounds([freshBytes, editedBytes, foldedBytes]);
console.log(
  measured({ name: 'loading before', value: editedMs ?? 0, unit: 'ms', against: freshMs ?? 0, what: 'never edited' }),
);
console.log(
  measured({
    name: 'loading the next generation',
    value: foldedMs ?? 0,
    unit: 'ms',
    against: freshMs ?? 0,
    what: 'never edited',
    atMost: 2.2,
  }),
);
console.log(measured({ name: 'folding on the server', value: foldMs, unit: 'ms' }));

/** Turn by turn, so that a busy moment hits all of them. */
function inRounds(all: readonly Uint8Array[]): readonly number[] {
  const times = all.map((): number[] => []);
  for (let run = 0; run < RUNS; run++) for (const [index, bytes] of all.entries()) times[index]?.push(load(bytes));
  return times.map((each) => percentile(each, 0.5));
}

function load(bytes: Uint8Array): number {
  const start = process.cpuUsage();
  const doc = new Y.Doc();
  Y.applyUpdate(doc, bytes);
  const records = new RoomRecords(doc, entities);
  for (const id of records.ids('deal')) records.get(id);
  return cpuMs(process.cpuUsage(start));
}

function cpuMs({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1_000;
}
