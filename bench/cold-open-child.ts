/** One measurement of `cold-open.bench.ts` in a fresh process: prints the CPU milliseconds it took. */
import { readFileSync } from 'node:fs';
import * as Y from 'yjs';
import { entities } from '../shared/entities/registry.ts';
import { RoomRecords } from '../shared/sync/room-records.ts';
import { nestedRecords } from './nested.ts';

const [mode = '', path = ''] = process.argv.slice(2);
const bytes = readFileSync(path);
const rows = mode === 'json' ? bytes.toString().split('\n') : [];

const work: Record<string, () => unknown[]> = {
  json: () => rows.map((row) => JSON.parse(row) as unknown),
  flat: () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, bytes);
    const room = new RoomRecords(doc, entities);
    return ['company', 'contact', 'deal'].flatMap((name) => [...room.all(name)]);
  },
  nested: () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, bytes);
    return [...nestedRecords(doc).values()];
  },
};

const start = process.cpuUsage();
const made = work[mode]?.().length ?? 0;
const { user, system } = process.cpuUsage(start);
if (made === 0) throw new Error(`nothing was measured for ${mode}`);
console.log((user + system) / 1000);
