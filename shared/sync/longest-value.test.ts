import { expect, test } from 'vitest';
import { deal } from '../entities/deal.ts';
import { aWorkspace } from '../testing/importing.ts';

const LONG = 'x'.repeat(1_000_001);

test('a value that the server would not take is refused before it is written', () => {
  const replica = aWorkspace();
  expect(() => replica.run((tx) => tx.insert(deal, { title: 'One', about: LONG }))).toThrow('too long');
  const halves = { about: LONG.slice(0, 600_000), closingNote: LONG.slice(0, 600_000) };
  expect(() => replica.run((tx) => tx.insert(deal, { title: 'One', ...halves }))).toThrow('holds too much text');
  const { result: id } = replica.run((tx) => tx.insert(deal, { title: 'One', about: LONG.slice(0, 900_000) }));
  expect(() => replica.run((tx) => tx.patch(deal, id, { about: LONG }))).toThrow('at most a million characters');
});
