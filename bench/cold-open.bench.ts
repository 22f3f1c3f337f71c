/**
 * From an encoded document to tables one can query, for 50,000 contacts, their companies and 10,000 deals: against
 * JSON.parse of the same rows (nothing can be quicker) and against the usual way, a nested Y.Map per record. As on a
 * real start, each is measured in a process of its own (`cold-open-child.ts`); CPU time, median of five.
 */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as Y from 'yjs';
import { entities } from '../shared/entities/registry.ts';
import { runCommand } from '../shared/sync/doc-tx.ts';
import { RoomRecords } from '../shared/sync/room-records.ts';
import { createClock } from '../shared/sync/stamp.ts';
import { measured, percentile } from './measure.ts';
import { nestedDocument, nestedRecords } from './nested.ts';
import { seededRecords } from './seeded.ts';

const RUNS = 5;
const seeds = seededRecords({ contacts: 50_000, deals: 10_000 });
const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));

try {
  const flatRoom = flatDocument();
  const nestedDoc = nestedDocument(rowsOf(flatRoom));
  for (const [id, record] of nestedRecords(nestedDoc)) assert.deepEqual({ ...flatRoom.get(id) }, record);
  writeFileSync(join(folder, 'flat'), Y.encodeStateAsUpdate(flatRoom.doc));
  writeFileSync(join(folder, 'nested'), Y.encodeStateAsUpdate(nestedDoc));
  const rows = Array.from(rowsOf(flatRoom), ({ values, ...row }) => JSON.stringify({ ...row, ...values }));
  writeFileSync(join(folder, 'json'), rows.join('\n'));

  const [json, flat, nested] = inRounds(['json', 'flat', 'nested']) as [number, number, number];
  const name = `cold open, ${seeds.length.toLocaleString('en')} records`;
  console.log(measured({ name, value: flat, unit: 'ms', against: json, what: 'JSON.parse', atMost: 4 }));
  console.log(
    measured({ name: 'the same as nested Y.Maps', value: nested, unit: 'ms', against: flat, what: 'ours', atLeast: 5 }),
  );
} finally {
  rmSync(folder, { recursive: true });
}

function flatDocument(): RoomRecords {
  const doc = new Y.Doc();
  const room = new RoomRecords(doc, entities);
  const context = {
    registry: entities,
    rooms: { homeOf: () => room, holding: () => [room] },
    clock: createClock(Date.now, 'bench00000'),
    actor: '',
  };
  for (let start = 0; start < seeds.length; start += 2_000) {
    runCommand(
      context,
      (tx) => {
        for (const { entity, id, values } of seeds.slice(start, start + 2_000)) tx.insert(entity, values, id);
      },
      'bench',
    );
  }
  return room;
}

/** What is in a room's documents, base by base: the rows that the other two ways store as well. */
function* rowsOf(room: RoomRecords): Generator<{ id: string; createdAt: number; values: Record<string, unknown> }> {
  for (const [id, stored] of room.map.entries()) {
    const { t: _entity, s: _stamp, ...values } = JSON.parse(stored as string) as Record<string, unknown>;
    yield { id, createdAt: room.get(id)?.createdAt ?? 0, values };
  }
}

/** One after the other in each round, so that what else the machine does falls on all of them; the median of each. */
function inRounds(modes: readonly string[]): readonly number[] {
  const rounds = Array.from({ length: RUNS }, () => modes.map(once));
  return modes.map((_, mode) =>
    percentile(
      rounds.map((times) => times[mode] as number),
      0.5,
    ),
  );
}

function once(mode: string): number {
  const child = fileURLToPath(new URL('./cold-open-child.ts', import.meta.url));
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', child, mode, join(folder, mode)], {
    encoding: 'utf8',
  });
  if (!Number.isFinite(Number.parseFloat(stdout))) throw new Error(stderr);
  return Number.parseFloat(stdout);
}
