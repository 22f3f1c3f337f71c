import { describe, expect, test } from 'vitest';
import { moneyFromMajor, parseAmount, parseMoney } from './money.ts';

describe('amounts as people write them', () => {
  test.each([
    ['48000', 48_000],
    ['48,000.50', 48_000.5],
    ['48.000,50', 48_000.5],
    ["1'200", 1_200],
    ['12.400,00', 12_400],
    ['1.234.567', 1_234_567],
    ['48k', 48_000],
    ['1.2m', 1_200_000],
    ['(300)', -300],
    ['−5', -5],
    ['3,5', 3.5],
    ['1,234', 1_234],
    ['5e-7', 5e-7],
  ])('%s is %d', (text, amount) => expect(parseAmount(text)).toBe(amount));

  test.each(['', '-', 'k', 'twelve', '1.2.3,4,5', 'Infinity', 'NaN'])('%s is no amount', (text) =>
    expect(parseAmount(text)).toBeNull(),
  );

  test('a column that marks decimals with a comma is read so', () => {
    expect(parseAmount('1.234', { decimal: ',' })).toBe(1_234);
    expect(parseAmount('1,234', { decimal: ',' })).toBe(1.234);
  });
});

describe('money as people write it', () => {
  test.each([
    ['€48,000', 4_800_000, 'EUR'],
    ['48 000 NOK', 4_800_000, 'NOK'],
    ['zł 289,000', 28_900_000, 'PLN'],
    ['-$500', -50_000, 'USD'],
    ['$-500', -50_000, 'USD'],
    ['¥6,200,000', 6_200_000, 'JPY'],
    ['14k', 1_400_000, 'EUR'],
    ['1.234 €', 123_400, 'EUR'],
    ['1.234 KWD', 1_234, 'KWD'],
    ['500,-', 50_000, 'EUR'],
    ['4,500 kr', 450_000, 'EUR'],
  ])('%s is %d minor units of %s', (text, minor, currency) =>
    expect(parseMoney(text, 'EUR')).toEqual({ minor, currency }),
  );

  test('a currency nobody knows is said to be one', () => expect(parseMoney('500 doubloons', 'EUR')).toBe('currency'));

  test('halves round away from zero and never by binary accident', () => {
    expect(moneyFromMajor(1.005, 'EUR')).toEqual({ minor: 101, currency: 'EUR' });
    expect(moneyFromMajor(-1.005, 'EUR')).toEqual({ minor: -101, currency: 'EUR' });
    expect(moneyFromMajor(1e300, 'EUR')).toBeNull();
  });
});
