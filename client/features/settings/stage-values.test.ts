import { describe, expect, test } from 'vitest';
import { dropPosition, freeName, quietText, readProbability, readQuietDays } from './stage-values.ts';

describe('what is typed for a stage', () => {
  test.each([
    ['55', 55],
    ['55 %', 55],
    ['0%', 0],
    ['100', 100],
    ['12.5', 12.5],
  ])('"%s" is a probability of %d', (typed, value) => {
    expect(readProbability(typed)).toEqual({ ok: true, value });
  });

  test.each(['', 'likely', '-1', '101', '5 days'])('"%s" is no probability, and the advice says what is', (typed) => {
    expect(readProbability(typed).ok).toBe(false);
  });

  test.each([
    ['14', 14],
    ['14 days', 14],
    ['1 day', 1],
    ['2 weeks', 14],
    ['3w', 21],
    ['', null],
    ['Never', null],
  ])('"%s" is quiet after %s days', (typed, value) => {
    expect(readQuietDays(typed)).toEqual({ ok: true, value });
  });

  test.each(['0', '-3', '1.5', 'soon', '4000'])('"%s" is no number of days', (typed) => {
    expect(readQuietDays(typed).ok).toBe(false);
  });

  test('what is shown can be typed again', () => {
    for (const days of [null, 1, 14, 3650]) {
      expect(readQuietDays(quietText(days))).toEqual({ ok: true, value: days });
    }
  });
});

describe('a dragged stage', () => {
  const ids = ['a', 'b', 'c', 'd'];
  const orderAfter = (moved: string, over: string, edge: 'above' | 'below') => {
    const position = dropPosition(ids, moved, over, edge);
    if (position === null) return ids.join('');
    const others = ids.filter((id) => id !== moved);
    return [...others.slice(0, position), moved, ...others.slice(position)].join('');
  };

  test('comes to stand on the side of the row it was dropped on', () => {
    expect(orderAfter('a', 'c', 'below')).toBe('bcad');
    expect(orderAfter('a', 'c', 'above')).toBe('bacd');
    expect(orderAfter('d', 'a', 'above')).toBe('dabc');
    expect(orderAfter('d', 'a', 'below')).toBe('adbc');
  });

  test('stays where it is when dropped beside itself or on something else', () => {
    expect(dropPosition(ids, 'b', 'a', 'below')).toBeNull();
    expect(dropPosition(ids, 'b', 'c', 'above')).toBeNull();
    expect(dropPosition(ids, 'b', 'b', 'above')).toBeNull();
    expect(dropPosition(ids, 'b', 'gone', 'above')).toBeNull();
    expect(dropPosition(ids, 'gone', 'a', 'above')).toBeNull();
  });
});

test('a new stage gets a name that is free', () => {
  expect(freeName('New stage', ['Lead'])).toBe('New stage');
  expect(freeName('New stage', ['New stage', 'New stage 2'])).toBe('New stage 3');
});
