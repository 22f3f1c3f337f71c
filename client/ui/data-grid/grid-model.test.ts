import { describe, expect, test } from 'vitest';
import {
  findRow,
  type GridCommand,
  type GridKey,
  type GridPosition,
  gridCommand,
  keepOrder,
  selectRange,
  toggleSelected,
} from './grid-model.ts';

const SHAPE = { rows: 100, columns: 5, page: 10, selectable: true };

function press(at: GridPosition, key: string, held: Partial<GridKey> = {}, shape = SHAPE): GridCommand | undefined {
  return gridCommand(at, { key, mod: false, shift: false, alt: false, ...held }, shape);
}
const at = (row: number, column: number): GridPosition => ({ row, column });
const moveTo = (row: number, column: number): GridCommand => ({ type: 'move', to: { row, column } });

describe('moving', () => {
  test('arrows go one cell in their direction', () => {
    expect(press(at(4, 2), 'ArrowDown')).toEqual(moveTo(5, 2));
    expect(press(at(4, 2), 'ArrowUp')).toEqual(moveTo(3, 2));
    expect(press(at(4, 2), 'ArrowLeft')).toEqual(moveTo(4, 1));
    expect(press(at(4, 2), 'ArrowRight')).toEqual(moveTo(4, 3));
  });

  test('the edges hold: the last row, the last column, the header and the checkbox column', () => {
    expect(press(at(99, 4), 'ArrowDown')).toEqual(moveTo(99, 4));
    expect(press(at(99, 4), 'ArrowRight')).toEqual(moveTo(99, 4));
    expect(press(at(0, 0), 'ArrowUp')).toEqual(moveTo(-1, 0));
    expect(press(at(-1, 0), 'ArrowUp')).toEqual(moveTo(-1, 0));
    expect(press(at(0, 0), 'ArrowLeft')).toEqual(moveTo(0, -1));
    expect(press(at(0, -1), 'ArrowLeft')).toEqual(moveTo(0, -1));
  });

  test('without selection there is no checkbox column to go to', () => {
    expect(press(at(0, 0), 'ArrowLeft', {}, { ...SHAPE, selectable: false })).toEqual(moveTo(0, 0));
  });

  test('Home and End go along the row, with Mod to the corners of the table', () => {
    expect(press(at(4, 2), 'Home')).toEqual(moveTo(4, 0));
    expect(press(at(4, 2), 'End')).toEqual(moveTo(4, 4));
    expect(press(at(4, 2), 'Home', { mod: true })).toEqual(moveTo(0, 0));
    expect(press(at(4, 2), 'End', { mod: true })).toEqual(moveTo(99, 4));
  });

  test('Page keys go a page and never into the header', () => {
    expect(press(at(4, 2), 'PageDown')).toEqual(moveTo(14, 2));
    expect(press(at(95, 2), 'PageDown')).toEqual(moveTo(99, 2));
    expect(press(at(4, 2), 'PageUp')).toEqual(moveTo(0, 2));
    expect(press(at(-1, 2), 'PageUp')).toEqual(moveTo(-1, 2));
  });

  test('in an empty table everything stays on the header', () => {
    const empty = { ...SHAPE, rows: 0 };
    for (const key of ['ArrowDown', 'PageDown', 'End', 'Home']) {
      const command = press(at(-1, 0), key, { mod: key === 'Home' }, empty);
      expect(command).toMatchObject({ type: 'move', to: { row: -1 } });
    }
  });
});

describe('acting', () => {
  test('Enter opens in the first column and edits in the others; with Mod it always opens', () => {
    expect(press(at(4, 0), 'Enter')).toEqual({ type: 'open' });
    expect(press(at(4, 1), 'Enter')).toEqual({ type: 'edit' });
    expect(press(at(4, 1), 'Enter', { mod: true })).toEqual({ type: 'open' });
    expect(press(at(4, 0), 'F2')).toEqual({ type: 'edit' });
  });

  test('typing starts editing with the character, except in the first column, where letters stay shortcuts', () => {
    expect(press(at(4, 1), 'h')).toEqual({ type: 'edit', typed: 'h' });
    expect(press(at(4, 1), '7')).toEqual({ type: 'edit', typed: '7' });
    expect(press(at(4, 0), 'n')).toBeUndefined();
    expect(press(at(4, 1), 'c', { mod: true })).toBeUndefined();
  });

  test('X selects, Shift X a range, Mod A all, Escape clears', () => {
    expect(press(at(4, 1), 'x')).toEqual({ type: 'toggle' });
    expect(press(at(4, 1), 'X', { shift: true })).toEqual({ type: 'range' });
    expect(press(at(4, 1), 'a', { mod: true })).toEqual({ type: 'all' });
    expect(press(at(4, 1), 'Escape')).toEqual({ type: 'clear' });
  });

  test('Space peeks, and ticks in the checkbox column', () => {
    expect(press(at(4, 1), ' ')).toEqual({ type: 'peek' });
    expect(press(at(4, -1), ' ')).toEqual({ type: 'toggle' });
    expect(press(at(4, -1), 'Enter')).toEqual({ type: 'toggle' });
    expect(press(at(-1, -1), ' ')).toEqual({ type: 'all' });
  });

  test('on the header Enter sorts and Shift with the arrows changes the width', () => {
    expect(press(at(-1, 1), 'Enter')).toEqual({ type: 'sort' });
    expect(press(at(-1, 1), 'ArrowRight', { shift: true })).toEqual({ type: 'resize', by: 16 });
    expect(press(at(-1, 1), 'ArrowLeft', { shift: true })).toEqual({ type: 'resize', by: -16 });
    expect(press(at(-1, 1), 'h')).toBeUndefined();
  });

  test('with Alt every key belongs to the browser', () => {
    expect(press(at(4, 1), 'ArrowLeft', { alt: true })).toBeUndefined();
  });
});

describe('selection', () => {
  const idAt = (index: number) => (index >= 0 && index < 100 ? `r${index}` : undefined);

  test('toggling adds and removes without touching the set that was given', () => {
    const before = new Set(['r1']);
    expect([...toggleSelected(before, 'r2')]).toEqual(['r1', 'r2']);
    expect([...toggleSelected(before, 'r1')]).toEqual([]);
    expect([...before]).toEqual(['r1']);
  });

  test('a range goes either way and adds to what is selected', () => {
    expect([...selectRange(new Set(['r50']), 3, 1, idAt)]).toEqual(['r50', 'r1', 'r2', 'r3']);
  });
});

describe('following a record', () => {
  test('a record is found where it was without looking through the list', () => {
    let looks = 0;
    const idAt = (index: number) => {
      looks += 1;
      return `r${index}`;
    };
    expect(findRow('r7', 7, 100, idAt)).toBe(7);
    expect(looks).toBe(1);
  });

  test('a record that moved is found, one that is gone is not', () => {
    const ids = ['c', 'a', 'b'];
    expect(findRow('a', 0, 3, (index) => ids[index])).toBe(1);
    expect(findRow('x', 0, 3, (index) => ids[index])).toBe(-1);
  });

  test('rows that stay keep their order in the document when the list is sorted differently', () => {
    const before = ['a', 'b', 'c', 'd'].map((id, index) => ({ id, index }));
    const after = ['d', 'c', 'b', 'a'].map((id, index) => ({ id, index }));
    const kept = keepOrder(before, after);
    expect(kept.map((row) => row.id)).toEqual(['a', 'b', 'c', 'd']);
    expect(kept.map((row) => row.index)).toEqual([3, 2, 1, 0]);
  });

  test('rows that come new are last, in the order of the list', () => {
    const rows = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => ({ id: `r${from + i}`, index: from + i }));
    expect(keepOrder(rows(10, 20), rows(13, 23))).toEqual(rows(13, 23));
    expect(keepOrder(rows(10, 20), rows(7, 17))).toEqual([...rows(10, 17), ...rows(7, 10)]);
    expect(keepOrder([], rows(0, 5))).toEqual(rows(0, 5));
  });
});
