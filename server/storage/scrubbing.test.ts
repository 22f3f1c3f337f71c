import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { type DataFolder, openDataFolder } from './data-folder.ts';
import { createErasures } from './erasures.ts';
import { beginScrubbing, compactIfDue } from './scrubbing.ts';
import { type ChangeRow, createUpdateLog } from './update-log.ts';

const ROOM = 'team.directory.1';
/** In no other word of the program. */
const NAME = 'Quartzfinch';
const opened: { folder: DataFolder | null; path: string }[] = [];

afterEach(() => {
  for (const { folder, path } of opened.splice(0)) {
    folder?.close();
    rmSync(path, { recursive: true, force: true });
  }
});

function setupFolder() {
  const path = mkdtempSync(join(tmpdir(), 'scrubbing-test-'));
  const folder = openDataFolder(path);
  opened.push({ folder, path });
  const log = createUpdateLog(folder.db);
  log.ensureRoom(ROOM);
  const append = (data: Uint8Array) =>
    log.commit({
      updates: [{ room: ROOM, data, userId: null, claims: [] }],
      quarantine: [],
      changes: [],
      historySeqs: new Map(),
    });
  const filesWith = (word: string) => readdirSync(path).filter((name) => readFileSync(join(path, name)).includes(word));
  return { path, folder, log, append, filesWith };
}

/** Sizes that end in the middle of a page, in many pages, and within one. */
const namesEverywhere = (index: number) => Buffer.from(`${NAME} `.repeat([40, 700, 25_000][index % 3] ?? 1));

test('what was deleted is in no file any more, also when the file is too large to be written anew, while others write', async () => {
  const { folder, log, append, filesWith } = setupFolder();
  for (let index = 0; index < 60; index++) append(namesEverywhere(index));
  // Folded twice: the former snapshot lies in free pages.
  log.fold(ROOM, log.lastSeq(ROOM), Buffer.from(NAME.repeat(100_000)));
  const scrubbing = beginScrubbing(folder.db, 0);
  log.fold(ROOM, log.lastSeq(ROOM), Buffer.from('clean'.repeat(1_000)));
  while (log.dropFolded(ROOM)) await scrubbing.settle();
  expect(filesWith(NAME)).not.toEqual([]);
  let [written, isOver] = [0, false];
  const others = (async () => {
    while (!isOver) {
      append(Buffer.from(`change ${written++}`));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
  })();
  await scrubbing.finish();
  isOver = true;
  await others;
  scrubbing.end();
  expect(filesWith(NAME)).toEqual([]);
  expect(folder.db.pragma('integrity_check', { simple: true })).toBe('ok');
  expect(folder.db.prepare('SELECT count(*) FROM blank_pages').pluck().get()).toBe(0);
  expect(log.load(ROOM).updates.map(({ data }) => Buffer.from(data).toString())).toEqual(
    Array.from({ length: written }, (_, index) => `change ${index}`),
  );
});

test('the file is as small as its content again after the next start', async () => {
  const { path, folder, append, log } = setupFolder();
  for (let index = 0; index < 30; index++) append(namesEverywhere(index));
  const scrubbing = beginScrubbing(folder.db, 0);
  log.fold(ROOM, log.lastSeq(ROOM), Buffer.from('clean'));
  while (log.dropFolded(ROOM)) await scrubbing.settle();
  await scrubbing.finish();
  scrubbing.end();
  const sizeOf = () => statSync(join(path, 'rapport.db')).size;
  const before = sizeOf();
  compactIfDue(folder.db);
  const after = sizeOf();
  expect(after).toBeLessThan(before / 2);
  append(namesEverywhere(2));
  compactIfDue(folder.db);
  expect(folder.db.prepare("SELECT value FROM meta WHERE key = 'compact'").get()).toBeUndefined();
});

test('values in the history of a person, and of what quotes them, leave no bytes within pages either', async () => {
  const { folder, log, filesWith } = setupFolder();
  const row = { seq: 1, room: ROOM, userId: null, device: 1, stamp: null, flag: null, at: 1 };
  const changes = Array.from({ length: 6_000 }, (_, index): ChangeRow => {
    const quoted = JSON.stringify(
      `${'x'.repeat(index % 90)} ${index % 3 === 0 ? NAME : 'somebody'} ${'y'.repeat(index % 70)}`,
    );
    const isTheirs = index % 6 === 0;
    return {
      ...row,
      record: isTheirs ? 'contact_1' : `deal_${index}`,
      field: isTheirs ? `emails:${NAME}.${'é'.repeat(index % 40)}@a.test` : 'title',
      old: index % 2 === 0 ? quoted : null,
      new: quoted,
    };
  });
  for (let from = 0; from < changes.length; from += 500) {
    log.commit({ updates: [], quarantine: [], changes: changes.slice(from, from + 500), historySeqs: new Map() });
  }
  const scrubbing = beginScrubbing(folder.db, 0);
  await createErasures(folder.db).blankAll({ records: ['contact_1'], words: [NAME.toUpperCase()] });
  await scrubbing.finish();
  scrubbing.end();
  expect(filesWith(NAME)).toEqual([]);
  const kept = folder.db.prepare('SELECT field, old, new FROM changes').all() as Pick<
    ChangeRow,
    'field' | 'old' | 'new'
  >[];
  expect(kept.length).toBe(6_000);
  expect(kept.filter(({ new: value }) => value === null).length).toBe(2_000);
  expect(new Set(kept.map(({ field }) => field))).toEqual(new Set(['emails', 'title']));
  expect(kept[1]).toEqual({ field: 'title', old: null, new: changes[1]?.new });
});
