import { expect, test } from 'vitest';
import { type ColumnProfile, profileColumn } from './detect.ts';
import { readCsv } from './read-csv.ts';

function profile(...cells: string[]): ColumnProfile {
  const text = `Column,Other\n${cells.map((cell) => `"${cell}",x`).join('\n')}\n`;
  const table = readCsv('file.csv', new TextEncoder().encode(text));
  if (!table.ok) throw new Error(table.issue.message);
  return profileColumn(table.value, 0);
}

test.each([
  ['dmy', ['20-10-16', '25-10-16', '01-03-17']],
  ['mdy', ['2/1/2018', '10/20/2017', '3/22/2018']],
  ['mdy', ['2/26/2018 19:58', '6/5/2018 17:27']],
  ['ymd', ['2024-03-12 09:14', '2024-04-01']],
  ['dmy', ['03.11.2025', '04.02.2026']],
  ['ambiguous', ['03/04/2026', '05/06/2026']],
  ['ambiguous', ['13/04/2026', '04/13/2026']],
  [null, ['Marta', 'Piet', '12']],
  [null, ['+47 900 12 034', '0612 445 90']],
] as const)('dates are %s', (verdict, cells) => {
  expect(profile(...cells).dates).toBe(verdict);
});

test.each([
  [',', ['12.400,00', '8.150,50']],
  ['.', ['1100.04', '251.41']],
  ['.', ['€1,234.50', '12']],
  [',', ['1.234.567']],
  ['ambiguous', ['1.234', '5.678']],
  [null, ['48000', '12']],
  [null, ['v1.2.3 beta', 'www.example.com']],
] as const)('the decimal mark is %s', (verdict, cells) => {
  expect(profile(...cells).decimal).toBe(verdict);
});

test('fill rate, examples and different values are counted over the whole column', () => {
  expect(profile('a', '', 'b', 'a', 'c', 'd')).toMatchObject({ filled: 5, examples: ['a', 'b', 'c'], distinct: 4 });
});
