import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { highlight, matchesWords, stepFrom } from './palette-model.ts';

const marked = (text: string, query: string) =>
  highlight(text, query)
    .map((segment) => (segment.isMatch ? `[${segment.text}]` : segment.text))
    .join('');

describe('highlight', () => {
  test.each([
    ['Halden Foods', 'hal', '[Hal]den Foods'],
    ['Marta Halvorsen', 'mar hal', '[Mar]ta [Hal]vorsen'],
    ['Gdańsk', 'gdansk', '[Gdańsk]'],
    ['Bjørn Æble', 'bjorn aeb', '[Bjørn] [Æb]le'],
    ['Straße', 'strasse', '[Straße]'],
    ['Kaito', 'x', 'Kaito'],
    ['Kaito', '  ', 'Kaito'],
  ])('in "%s", "%s" marks %s', (text, query, expected) => {
    expect(marked(text, query)).toBe(expected);
  });

  test('joined again, the segments are the text, whatever is looked for', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, query) => {
        expect(
          highlight(text, query)
            .map((segment) => segment.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

describe('commands', () => {
  test('are found by the beginnings of their words, in any order', () => {
    expect(matchesWords('Invite a teammate', 'team inv')).toBe(true);
    expect(matchesWords('Invite a teammate', 'mate')).toBe(false);
    expect(matchesWords('Invite a teammate', '')).toBe(true);
  });
});

describe('moving through the rows', () => {
  test('goes around both ends and stays nowhere in an empty list', () => {
    expect([stepFrom(2, 1, 3), stepFrom(0, -1, 3), stepFrom(-1, 1, 3), stepFrom(-1, 1, 0)]).toEqual([0, 2, 0, -1]);
  });
});
