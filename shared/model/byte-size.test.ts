import { expect, test } from 'vitest';
import { sizeInWords } from './byte-size.ts';

test.each([
  [1, '1 byte'],
  [12, '12 bytes'],
  [640_000, '640 kB'],
  [2_430_000, '2.4 MB'],
  [104_000_000, '104 MB'],
  [20_000_000_000, '20 GB'],
])('%d is said as %s', (bytes, words) => {
  expect(sizeInWords(bytes)).toBe(words);
});
