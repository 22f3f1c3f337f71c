import { expect, test } from 'vitest';
import { cancelledWords, droppedWords, liftedWords } from './board-words.ts';

const place = { column: 'Proposal', position: 1, count: 5 };

test('a lifted card is named with its place, and how many come along', () => {
  expect(liftedWords('Cold-room sensors', 0, place)).toBe('Lifted Cold-room sensors. Proposal, 1 of 5.');
  expect(liftedWords('Cold-room sensors', 2, place)).toBe('Lifted Cold-room sensors and 2 others. Proposal, 1 of 5.');
  expect(cancelledWords(place)).toBe('Put back. Proposal, 1 of 5.');
});

test('a drop says what is there now, each currency by its name', () => {
  expect(droppedWords('Negotiation', new Map([['EUR', 28_671_500]]), 'en')).toBe(
    'Dropped in Negotiation. Value there 286,715 euros.',
  );
  const mixed = new Map([
    ['EUR', 100_050],
    ['JPY', 500],
  ]);
  expect(droppedWords('Lead', mixed, 'en')).toBe('Dropped in Lead. Value there 1,000.50 euros and 500 Japanese yen.');
  expect(droppedWords('Lead', new Map([['EUR', 0]]), 'en')).toBe('Dropped in Lead.');
});
