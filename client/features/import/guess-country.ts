/** Currencies that belong to one country; the euro, and what several share, says nothing. */
const OF_CURRENCY: Readonly<Record<string, string>> = {
  USD: 'US',
  GBP: 'GB',
  CHF: 'CH',
  NOK: 'NO',
  SEK: 'SE',
  DKK: 'DK',
  PLN: 'PL',
  CZK: 'CZ',
  HUF: 'HU',
  RON: 'RO',
  TRY: 'TR',
  CAD: 'CA',
  AUD: 'AU',
  NZD: 'NZ',
  JPY: 'JP',
  CNY: 'CN',
  INR: 'IN',
  BRL: 'BR',
  MXN: 'MX',
  ZAR: 'ZA',
};

/**
 * The country a workspace is most likely in: that of its currency, else that of a language the person reads. English
 * is read everywhere: its region counts when there is no other language.
 */
export function guessCountry(languages: readonly string[], currency: string): string {
  const ofCurrency = OF_CURRENCY[currency];
  if (ofCurrency !== undefined) return ofCurrency;
  const locales = languages.map((language) => new Intl.Locale(language));
  const other = locales.find(({ language }) => language !== 'en');
  return other?.maximize().region ?? locales.find(({ region }) => region !== undefined)?.region ?? 'US';
}
