import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { companyKey, parseQuickDeal, type QuickDealHints } from './quick-deal.ts';

const COMPANIES = ['Polar Freight', 'Polar', 'Halden Foods AS', 'Sun Solar', 'Müller & Söhne'];
const hints: QuickDealHints = {
  today: '2026-11-22',
  currency: 'EUR',
  findCompany: (key) => {
    const name = COMPANIES.find((each) => companyKey(each) === key);
    return name === undefined ? undefined : { id: `company_${COMPANIES.indexOf(name)}`, name };
  },
};
const read = (line: string) => {
  const { title, amount, closesOn, company } = parseQuickDeal(line, hints);
  return {
    title,
    amount: amount && `${amount.value.minor / (amount.value.currency === 'JPY' ? 1 : 100)} ${amount.value.currency}`,
    day: closesOn?.value ?? null,
    company: company?.name ?? null,
  };
};

test('reads title, company, amount and date from one line', () => {
  expect(read('Polar Freight pallet trackers 14k 15 Dec')).toEqual({
    title: 'pallet trackers',
    amount: '14000 EUR',
    day: '2026-12-15',
    company: 'Polar Freight',
  });
});

describe('amounts', () => {
  test.each([
    ['Trackers €14,000', '14000 EUR'],
    ['Trackers € 14.000,50', '14000.5 EUR'],
    ['Trackers NOK 410000', '410000 NOK'],
    ['Trackers 410 000 NOK', '410000 NOK'],
    ['Trackers 22.5k', '22500 EUR'],
    ['Trackers $22,500', '22500 USD'],
    ['Trackers 1.2m', '1200000 EUR'],
    ['¥6,200,000 Export loggers', '6200000 JPY'],
    ['Trackers 14,000', '14000 EUR'],
    ['Trackers 48000', '48000 EUR'],
    ['Trackers 48000 15 Dec', '48000 EUR'],
  ])('%s', (line, amount) => {
    expect(read(line).amount).toBe(amount);
  });

  test.each([
    'Cold-room sensors, 120 units',
    'Model 5000 rollout',
    'Budget 2027',
    'LED 60 panels',
    'Route planner, 40 vans',
  ])('%s names no amount', (line) => {
    expect(read(line)).toMatchObject({ title: line, amount: null });
  });
});

describe('dates', () => {
  test.each([
    ['Trackers 15 Dec', '2026-12-15'],
    ['Trackers Dec 15, 2027', '2027-12-15'],
    ['Trackers 15. Dec', '2026-12-15'],
    ['Trackers 29 Jan', '2027-01-29'],
    ['Trackers 15.12.', '2026-12-15'],
    ['Trackers 1.3.', '2027-03-01'],
    ['Trackers 2027-03-01', '2027-03-01'],
    ['Trackers 15/12/26', '2026-12-15'],
    ['Trackers fri', '2026-11-27'],
    ['Trackers tomorrow 14k', '2026-11-23'],
  ])('%s', (line, day) => {
    expect(read(line)).toMatchObject({ title: 'Trackers', day });
  });

  test.each([
    '12 Decks for the ferry',
    '3 Junction boxes',
    '12 Marketing seats',
    'Fri Software licences',
    'Phase 2 of 3',
    '31 Feb party',
  ])('%s names no date', (line) => {
    expect(read(line)).toMatchObject({ title: line, day: null });
  });
});

describe('companies', () => {
  test('the longest known name wins, accents and case aside', () => {
    expect(read('retrofit muller & sohne')).toMatchObject({ title: 'retrofit', company: 'Müller & Söhne' });
    expect(read('polar freight depot')).toMatchObject({ title: 'depot', company: 'Polar Freight' });
  });

  test('an @ names a company that is still to be made', () => {
    expect(read('Pallet trackers @Nordwind Spedition 14k')).toMatchObject({
      title: 'Pallet trackers',
      company: 'Nordwind Spedition',
      amount: '14000 EUR',
    });
    expect(parseQuickDeal('Trackers @Nordwind', hints).company?.id).toBeNull();
    expect(read('@Nordwind Spedition, pallet trackers')).toMatchObject({ title: 'pallet trackers' });
  });

  test('an @ before a known name finds it and leaves the other words in the title', () => {
    expect(read('@Polar Freight pallet trackers')).toMatchObject({
      title: 'pallet trackers',
      company: 'Polar Freight',
    });
  });

  test('a line that is only a company and an amount is called by the company', () => {
    expect(read('Polar Freight 14k')).toMatchObject({
      title: 'Polar Freight',
      company: 'Polar Freight',
      amount: '14000 EUR',
    });
    expect(read('@Nordwind')).toMatchObject({ title: 'Nordwind', company: 'Nordwind' });
  });

  test('a weekday inside a name stays in the name', () => {
    expect(read('Sun Solar roof 5k')).toMatchObject({ title: 'roof', company: 'Sun Solar', day: null });
  });
});

test('a line of figures only keeps them as its title', () => {
  expect(read('14k 15 Dec')).toMatchObject({ title: '14k 15 Dec', amount: '14000 EUR', day: '2026-12-15' });
});

test('no word is ever lost, and a line with words has a title', () => {
  const word = fc.oneof(
    fc.constantFrom('14k', '15', 'Dec', '@Nord', 'Polar', 'Freight', '€9', 'fri', '2027', '15.12.', ',', '@', 'NOK'),
    fc.string({ unit: 'grapheme', maxLength: 8 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 10 }), (words) => {
      const line = words.join(' ');
      const deal = parseQuickDeal(line, hints);
      const letters = (text: string) => [...text.replace(/[\s,;:–@-]/gu, '')].sort().join('');
      const parts = [deal.company?.text, deal.closesOn?.text, deal.amount?.text];
      const figuresOnly = deal.title === line.trim().split(/\s+/).join(' ');
      const all = figuresOnly ? deal.title : [deal.title, ...parts].join(' ');
      expect(letters(all)).toBe(letters(line));
      expect(deal.title === '').toBe(line.trim() === '');
    }),
    { numRuns: 2000 },
  );
});
