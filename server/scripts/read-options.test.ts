import { expect, test } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { readOptions } from './read-options.ts';

const options = { deals: { type: 'string', default: '200' }, revert: { type: 'boolean', default: false } } as const;
const read = (...args: string[]) =>
  readOptions({ args, options, allowPositionals: true }, 'npm run seed -- --deals 200');

test('options, their defaults and what stands without a name are read', () => {
  expect(read('--deals', '7', 'file')).toMatchObject({ values: { deals: '7', revert: false }, positionals: ['file'] });
});

test.each([
  ['an option that is not there', ['--dales', '7'], "Unknown option '--dales'"],
  ['an option without its value', ['--deals'], "Option '--deals <value>' argument missing"],
])('%s gets one sentence that says how the command is typed', (_what, args, sentence) => {
  expect(() => read(...args)).toThrow(StartRefused);
  expect(() => read(...args)).toThrow(`${sentence}. Nothing was changed. The command is: npm run seed -- --deals 200`);
});
