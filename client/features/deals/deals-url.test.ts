import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DealsAddress, readDealsAddress, writeDealsAddress } from './deals-url.ts';

const address: fc.Arbitrary<DealsAddress> = fc.record({
  pipeline: fc.constantFrom('', 'pipeline_1'),
  view: fc.constantFrom('board', 'table'),
  text: fc.string(),
  owners: fc.subarray(['member_1', 'none', 'member_2']),
  before: fc.constantFrom(null, '2027-03-01'),
  won: fc.constantFrom('month', 'quarter', 'year', 'all'),
  lost: fc.constantFrom(null, 'month', 'all'),
});

test('what is written into the address is read from it again', () => {
  fc.assert(
    fc.property(address, (given) => {
      expect(readDealsAddress(writeDealsAddress(given))).toEqual(given);
    }),
  );
});

test('an address with nonsense in it shows the board as it usually is', () => {
  const nonsense = { view: 'x', before: '2027-99-99', won: 'constructor', lost: ['never'], owner: ',,' };
  expect(readDealsAddress(nonsense)).toEqual(readDealsAddress({}));
});

test('what is as usual is not in the address', () => {
  expect(Object.values(writeDealsAddress(readDealsAddress({}))).filter((value) => value !== undefined)).toEqual([]);
});
