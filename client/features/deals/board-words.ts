/** What is said aloud while a card is moved by keyboard (design guide, 5.2). */
import { currencyDigits } from '../../../shared/model/money.ts';

export interface SpokenPlace {
  readonly column: string;
  /** From 1. */
  readonly position: number;
  readonly count: number;
}

/** `Lifted Cold-room sensors. Proposal, 1 of 5.` */
export function liftedWords(title: string, others: number, place: SpokenPlace): string {
  return `Lifted ${withOthers(title, others)}. ${placeWords(place)}`;
}

/** `Negotiation, 3 of 4.` */
export function placeWords(place: SpokenPlace): string {
  return `${place.column}, ${place.position} of ${place.count}.`;
}

/** `Dropped in Negotiation. Value there 286,715 euros.` */
export function droppedWords(column: string, total: ReadonlyMap<string, number>, locale?: string): string {
  const value = spokenSums(total, locale);
  return value === '' ? `Dropped in ${column}.` : `Dropped in ${column}. Value there ${value}.`;
}

/** `Put back. Lead, 2 of 4.` */
export function cancelledWords(place: SpokenPlace): string {
  return `Put back. ${placeWords(place)}`;
}

function withOthers(title: string, others: number): string {
  if (others === 0) return title;
  return `${title} and ${others} ${others === 1 ? 'other' : 'others'}`;
}

function spokenSums(total: ReadonlyMap<string, number>, locale: string | undefined): string {
  return [...total]
    .filter(([, minor]) => minor !== 0)
    .map(([currency, minor]) => {
      const major = minor / 10 ** currencyDigits(currency);
      const digits = Number.isInteger(major) ? { maximumFractionDigits: 0 } : {};
      const options = { style: 'currency', currency, currencyDisplay: 'name', ...digits } as const;
      return new Intl.NumberFormat(locale, options).format(major);
    })
    .join(' and ');
}
