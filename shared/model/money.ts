/** Money: an integer of minor units and its ISO 4217 code, always together, so that no sum can mix or round them. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}

const digitsByCurrency = new Map<string, number>();

/** Decimal places of a currency: EUR 2, JPY 0, KWD 3 (from Intl, which follows ISO 4217). */
export function currencyDigits(currency: string): number {
  let digits = digitsByCurrency.get(currency);
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    digits = format.resolvedOptions().maximumFractionDigits ?? 2;
    digitsByCurrency.set(currency, digits);
  }
  return digits;
}

function isCurrency(code: unknown): code is string {
  return typeof code === 'string' && /^[A-Z]{3}$/.test(code);
}

export function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null) return false;
  const { minor, currency } = value as Partial<Money>;
  return Number.isSafeInteger(minor) && isCurrency(currency);
}

/** The amount in major units: `{ minor: 4850, currency: 'EUR' }` → 48.5. For display and charts, never for sums. */
export function majorUnits(money: Money): number {
  return money.minor / 10 ** currencyDigits(money.currency);
}

/** Largest amount in minor units: a trillion euros. Below it, sums of a million deals and texts with decimals stay exact. */
export const MONEY_LIMIT = 1e14;

/** Rounds half away from zero to the currency's smallest unit; null when the amount is above `MONEY_LIMIT`. */
export function moneyFromMajor(amount: number, currency: string): Money | null {
  const scaled =
    Math.sign(amount) *
    Math.round(
      Number(`${Math.abs(amount)}e${currencyDigits(currency)}`) || Math.abs(amount) * 10 ** currencyDigits(currency),
    );
  return Math.abs(scaled) <= MONEY_LIMIT ? { minor: scaled === 0 ? 0 : scaled, currency } : null;
}

const CODE_BY_SYMBOL: Record<string, string> = {
  '€': 'EUR',
  '£': 'GBP',
  $: 'USD',
  '¥': 'JPY',
  zł: 'PLN',
  '₹': 'INR',
  '₩': 'KRW',
  '₺': 'TRY',
  R$: 'BRL',
};

/** Which character marks decimals; a column of a file decides it once instead of guessing per cell. */
export type DecimalMark = '.' | ',';

/**
 * Reads a number as people write it: `48000`, `48,000.50`, `48.000,50`, `1'200`, `48k`, `1.2m`, `(300)`, `−5`.
 * A single separator followed by exactly three digits is a thousands mark where `groups` says so, else a decimal one.
 */
export function parseAmount(text: string, hints: { decimal?: DecimalMark; pointGroups?: boolean } = {}): number | null {
  let plain = text
    .trim()
    .replace(/[\s\u00a0\u202f'’_]/g, '')
    .replace(/[−–]/g, '-');
  if (/^[+-]?\d+(\.\d+)?e[+-]?\d+$/i.test(plain)) return finite(Number(plain));
  let sign = 1;
  if (/^\(.*\)$/.test(plain)) {
    sign = -1;
    plain = plain.slice(1, -1);
  }
  let factor = 1;
  const suffix = /(k|m|mio|bn)$/i.exec(plain);
  if (suffix) {
    factor = { k: 1e3, m: 1e6, mio: 1e6, bn: 1e9 }[suffix[1]?.toLowerCase() as 'k' | 'm' | 'mio' | 'bn'];
    plain = plain.slice(0, -suffix[0].length);
  }
  plain = plain.replace(/,-+$/, '');
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(plain)) return null;
  const decimal = hints.decimal ?? guessDecimalMark(plain, factor === 1 && (hints.pointGroups ?? false));
  const group = decimal === '.' ? ',' : '.';
  const digits = plain.replaceAll(group, '');
  if (digits.split(decimal).length > 2) return null;
  const amount = Number(digits.replace(decimal, '.')) * factor;
  return finite(sign * (factor === 1 ? amount : Number(amount.toPrecision(15))));
}

function guessDecimalMark(plain: string, pointGroups: boolean): DecimalMark {
  const point = plain.lastIndexOf('.');
  const comma = plain.lastIndexOf(',');
  if (point >= 0 && comma >= 0) return point > comma ? '.' : ',';
  if (plain.indexOf(',') !== comma) return '.';
  if (plain.indexOf('.') !== point) return ',';
  if (comma >= 0) return /,\d{3}$/.test(plain) ? '.' : ',';
  return pointGroups && /\.\d{3}$/.test(plain) ? ',' : '.';
}

function finite(value: number): number | null {
  if (!Number.isFinite(value)) return null;
  return value === 0 ? 0 : value;
}

/**
 * Reads an amount with its currency before or behind it (`€48,000`, `48 000 NOK`, `zł 289,000`); `currency` is used
 * where the text names none. Null when there is no amount; `'currency'` when the currency is unknown.
 */
export function parseMoney(text: string, currency: string, decimal?: DecimalMark): Money | 'currency' | null {
  const negative = /^\s*[-−]\s*(?=[^\d\s.,(])/.exec(text);
  const match = /^([^\d(+\-−.,]*)([(+\-−]?\s*[\d.,(].*?)([^\d)]*)$/u.exec(text.slice(negative?.[0].length ?? 0).trim());
  if (!match) return null;
  const [, before = '', middle = '', after = ''] = match;
  const multiplier = /^\s*(k|m|mio|bn)(?![a-z])/i.exec(after);
  const behind = multiplier ? after.slice(multiplier[0].length) : after.replace(/^,-+/, '');
  const named = [before, behind].map((part) => part.trim().replace(/\.$/, '')).find((part) => part !== '');
  const code = named === undefined || named.toLowerCase() === 'kr' ? currency : currencyNamed(named);
  if (!isCurrency(code)) return 'currency';
  const hints = { ...(decimal ? { decimal } : {}), pointGroups: currencyDigits(code) !== 3 };
  const amount = parseAmount(middle + (multiplier?.[1] ?? ''), hints);
  return amount === null ? null : moneyFromMajor(negative ? -amount : amount, code);
}

function currencyNamed(name: string): string {
  return Object.hasOwn(CODE_BY_SYMBOL, name) ? (CODE_BY_SYMBOL[name] ?? name) : name.toUpperCase();
}
