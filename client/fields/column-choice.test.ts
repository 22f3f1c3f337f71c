import { expect, test } from 'vitest';
import { type ColumnState, moveColumn, nextSort, restoreState, toggleColumn } from './column-choice.ts';

const available = ['company', 'jobTitle', 'emails', 'owner'];
const initial: ColumnState = {
  shown: ['company', 'owner'],
  widths: {},
  sort: { column: 'name', direction: 'ascending' },
};

test('a shown column hides, a hidden one comes last', () => {
  expect(toggleColumn(['company', 'owner'], 'company', available)).toEqual(['owner']);
  expect(toggleColumn(['owner'], 'emails', available)).toEqual(['owner', 'emails']);
  expect(toggleColumn(['owner'], 'gone', available)).toEqual(['owner']);
});

test('a column moves to a place and no further than the ends', () => {
  expect(moveColumn(['a', 'b', 'c'], 'c', 0)).toEqual(['c', 'a', 'b']);
  expect(moveColumn(['a', 'b', 'c'], 'a', 9)).toEqual(['b', 'c', 'a']);
  expect(moveColumn(['a', 'b', 'c'], 'a', -2)).toEqual(['a', 'b', 'c']);
  expect(moveColumn(['a', 'b'], 'x', 0)).toEqual(['a', 'b']);
});

test('sorting again by the same column turns it round, another starts ascending', () => {
  const once = nextSort(initial.sort, 'owner');
  expect(once).toEqual({ column: 'owner', direction: 'ascending' });
  expect(nextSort(once, 'owner').direction).toBe('descending');
  expect(nextSort(nextSort(once, 'owner'), 'owner').direction).toBe('ascending');
});

test('what was kept is used as far as it makes sense today', () => {
  expect(restoreState(null, available, initial)).toBe(initial);
  expect(
    restoreState({ shown: ['emails', 'gone', 'emails', 7], widths: { emails: 'x', owner: 120 } }, available, initial),
  ).toEqual({
    shown: ['emails'],
    widths: { owner: 120 },
    sort: initial.sort,
  });
  expect(restoreState({ shown: 'all', sort: { column: 'owner', direction: 'up' } }, available, initial)).toEqual(
    initial,
  );
});
