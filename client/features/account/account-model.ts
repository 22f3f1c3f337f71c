/** What the sign-in pages know by themselves, before the server is asked. */
import { ROLES } from '../../../shared/entities/member.ts';
import type { CURRENCIES } from '../../../shared/entities/workspace.ts';

export type Currency = keyof typeof CURRENCIES;

const CURRENCY_BY_REGION: Readonly<Record<string, Currency>> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  LI: 'CHF',
  NO: 'NOK',
  SE: 'SEK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  HU: 'HUF',
  RO: 'RON',
  TR: 'TRY',
  CA: 'CAD',
  AU: 'AUD',
  NZ: 'NZD',
  JP: 'JPY',
  CN: 'CNY',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
  ZA: 'ZAR',
};

/** The likeliest currency of somebody whose browser speaks this language tag: `en-GB` → GBP. */
export function likelyCurrency(languageTag: string): Currency {
  return CURRENCY_BY_REGION[regionOf(languageTag)] ?? 'EUR';
}

function regionOf(languageTag: string): string {
  try {
    return new Intl.Locale(languageTag).region ?? '';
  } catch {
    return ''; // not a language tag: some browsers report "C"
  }
}

/** `as an admin`, `as a member`: in the sentence of an invitation. */
export function invitedAs(role: string): string {
  const name = Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES].toLowerCase() : 'member';
  return `as ${/^[aeiou]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Why an invitation cannot be used, as the heading; the server's sentence stands below it. */
const TITLES: Readonly<Record<string, string>> = {
  'invitation-used': 'This link was used already',
  'invitation-expired': 'This link has expired',
  'invitation-withdrawn': 'This invitation was taken back',
  'no-invitation': 'This link is not known here',
  'too-many': 'Too many attempts',
};

export interface InvitationProblem {
  readonly title: string;
  readonly text: string;
  /** Trying again can help: the link itself may well be good. */
  readonly mayRetry: boolean;
}

export function invitationProblem({ code, message }: { code: string; message: string }): InvitationProblem {
  const title = TITLES[code];
  if (title) return { title, text: message, mayRetry: code === 'too-many' };
  return {
    title: 'Your invitation could not be looked up',
    text: 'Your server does not answer right now. The link stays good: try again when you are back online.',
    mayRetry: true,
  };
}
