import fc from 'fast-check';
import { expect, test } from 'vitest';
import { mentionBeingTyped, mentionedIn, mentionParts } from './mentions.ts';

const ANN = { id: 'member_ann', name: 'Ann' };
const ANN_LEE = { id: 'member_annlee', name: 'Ann Lee' };
const JONAS = { id: 'member_jonas', name: 'Jonas Weber' };
const TEAM = [ANN, ANN_LEE, JONAS];

test('names are found whatever their case, the longest first, each person once', () => {
  expect(mentionedIn('@Ann Lee, ask @jonas weber. @Ann Lee knows.', TEAM)).toEqual([ANN_LEE.id, JONAS.id]);
  expect(mentionedIn('@Ann could', TEAM)).toEqual([ANN.id]);
});

test('an address, a longer word and a name without @ mention nobody', () => {
  expect(mentionedIn('mail jonas@Ann.example, @Anna, Jonas Weber', TEAM)).toEqual([]);
});

test('of two people of one name the chosen one is meant', () => {
  const other = { id: 'member_other', name: 'Ann' };
  expect(mentionedIn('@Ann', [ANN, other], [other.id])).toEqual([other.id]);
});

test('the parts of a text are the text', () => {
  const words = fc.constantFrom('@', '@Ann', 'Ann', ' ', '@Ann Lee', '@Jonas Weber', 'x', '\n', '😀', 'é');
  fc.assert(
    fc.property(fc.array(words), (pieces) => {
      const text = pieces.join('');
      expect(
        mentionParts(text, TEAM)
          .map((part) => part.text)
          .join(''),
      ).toBe(text);
    }),
  );
});

test('somebody is being named from the @ to the caret, on one line and for few words', () => {
  expect(mentionBeingTyped('Ask @jo', 7)).toEqual({ from: 4, words: 'jo' });
  expect(mentionBeingTyped('Ask @', 5)).toEqual({ from: 4, words: '' });
  expect(mentionBeingTyped('a@b', 3)).toBeNull();
  expect(mentionBeingTyped('@Ann\nmore', 9)).toBeNull();
  expect(mentionBeingTyped('@one two three four five', 24)).toBeNull();
  expect(mentionBeingTyped('no', 2)).toBeNull();
});
