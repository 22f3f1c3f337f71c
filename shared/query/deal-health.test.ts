import { expect, test } from 'vitest';
import type { Deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import { dealHealth } from './deal-health.ts';

const TODAY = '2026-11-22';
const stage = (quietAfterDays: number | null) => ({ quietAfterDays }) as Stage;
const deal = (values: object = {}) =>
  ({ amount: null, closesOn: null, contacts: [], ...values }) as unknown as Pick<
    Deal,
    'amount' | 'closesOn' | 'contacts'
  >;
const wrong = (...args: Parameters<typeof dealHealth>) =>
  dealHealth(...args).flatMap(({ about, isFine }) => (isFine ? [] : [about]));

test('a deal with nothing in it lacks everything', () => {
  expect(wrong(deal(), undefined, { hasNextStep: false, lastContact: null, today: TODAY })).toEqual([
    'nextStep',
    'contact',
    'decisionMaker',
    'amount',
    'closesOn',
  ]);
});

test('a deal that is looked after lacks nothing, whether somebody decides or signs', () => {
  for (const role of ['decisionMaker', 'signs']) {
    const good = deal({
      amount: { minor: 1, currency: 'EUR' },
      closesOn: TODAY,
      contacts: [
        { contact: 'contact_a', role: 'user' },
        { contact: 'contact_b', role },
      ],
    });
    expect(wrong(good, stage(14), { hasNextStep: true, lastContact: '2026-11-08', today: TODAY })).toEqual([]);
  }
});

test.each([
  [null, '2026-11-15', true],
  [null, '2026-11-14', false],
  [30, '2026-10-23', true],
  [30, '2026-10-22', false],
] as const)('with a stage that is quiet after %s days, a contact of %s is recent: %s', (quiet, lastContact, isFine) => {
  const checks = dealHealth(deal(), stage(quiet), { hasNextStep: false, lastContact, today: TODAY });
  expect(checks.find(({ about }) => about === 'contact')?.isFine).toBe(isFine);
});

test('a close date that is over is none', () => {
  const late = deal({ closesOn: '2026-11-21' });
  expect(wrong(late, undefined, { hasNextStep: true, lastContact: TODAY, today: TODAY })).toContain('closesOn');
});
