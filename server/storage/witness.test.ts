import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeTemporaryFolder } from '../testing/test-server.ts';
import { openWitness, readTestimony, WITNESS_FILE } from './witness.ts';

let folder: string;
beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the newest number is remembered, an older one changes nothing', () => {
  expect(readTestimony(folder)).toBeNull();
  const witness = openWitness(folder, { epoch: 'one', seq: 3 });
  expect(readTestimony(folder)).toEqual({ epoch: 'one', seq: 3 });
  witness.note(12);
  witness.note(7);
  expect(readTestimony(folder)).toEqual({ epoch: 'one', seq: 12 });
  witness.begin({ epoch: 'two', seq: 1 });
  expect(readTestimony(folder)).toEqual({ epoch: 'two', seq: 1 });
  witness.close();
});

test('closing twice closes no other file, and nothing is written after it', () => {
  const witness = openWitness(folder, { epoch: 'one', seq: 3 });
  witness.close();
  const other = join(folder, 'other');
  writeFileSync(other, 'kept');
  witness.close();
  witness.note(9);
  expect(readFileSync(other, 'utf8')).toBe('kept');
  expect(readTestimony(folder)).toEqual({ epoch: 'one', seq: 3 });
});

test.each(['', 'garbage', 'one x\n'])('a file that says nothing proves nothing: %j', (text) => {
  writeFileSync(join(folder, WITNESS_FILE), text);
  expect(readTestimony(folder)).toBeNull();
});
