import { expect, test } from 'vitest';
import { findMatches, foldLabel } from './combobox-model.ts';

const LABELS = ['Nordwind Spedition', 'Wind & Sons', 'Rewind Media', 'Łódź Wind', 'Müller'];
const FOLDED = LABELS.map(foldLabel);

test('labels that start with the query come first, then those where a word does, then the rest', () => {
  expect(findMatches(FOLDED, 'wind', 50).indexes.map((index) => LABELS[index])).toEqual([
    'Wind & Sons',
    'Łódź Wind',
    'Nordwind Spedition',
    'Rewind Media',
  ]);
});

test('accents and capitals do not matter on either side', () => {
  expect(findMatches(FOLDED, 'lodz', 50).indexes).toEqual([3]);
  expect(findMatches(FOLDED, 'MÜLL', 50).indexes).toEqual([4]);
  expect(findMatches(FOLDED, 'mull', 50).indexes).toEqual([4]);
});

test('an empty query shows the list as it is, up to the limit, and counts the rest', () => {
  expect(findMatches(FOLDED, '  ', 2)).toEqual({ indexes: [0, 1], total: 5 });
});

test('no match is an empty answer', () => {
  expect(findMatches(FOLDED, 'zzz', 50)).toEqual({ indexes: [], total: 0 });
});

test('50,000 labels keep only the best 50 and count all', () => {
  const many = Array.from({ length: 50_000 }, (_, index) => foldLabel(`Company ${index}`));
  const found = findMatches(many, 'company 4', 50);
  expect(found.indexes).toHaveLength(50);
  expect(found.total).toBe(11_111);
});
