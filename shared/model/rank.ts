/**
 * Places in an ordered list as text (fractional indexing with jitter, from fractional-indexing-jittered): a card
 * can be put between two others without touching them, and two people who do so at once get different ranks.
 * Ranks compare as plain text; equal ones are ordered by record id.
 */
import {
  generateJitteredKeyBetween,
  generateNJitteredKeysBetween,
  generateNKeysBetween,
} from 'fractional-indexing-jittered';

/**
 * A rank between two others; '' means there is no neighbour on that side. Neighbours in the wrong order
 * or no ranks at all (a peer can hand us anything) never throw: the result then follows `after` alone.
 */
export function rankBetween(after: string, before: string): string {
  return attempt(after, before) ?? attempt(after, '') ?? attempt('', '') ?? 'a0';
}

/** `count` ranks in ascending order behind `after`. */
export function ranksAfter(after: string, count: number): readonly string[] {
  try {
    return generateNJitteredKeysBetween(after === '' ? null : after, null, count);
  } catch {
    return generateNJitteredKeysBetween(null, null, count);
  }
}

/** `count` ranks in ascending order, the same every time: for machine-made records in an empty list. */
export function evenRanks(count: number): readonly string[] {
  return generateNKeysBetween(null, null, count);
}

function attempt(after: string, before: string): string | null {
  try {
    return generateJitteredKeyBetween(after === '' ? null : after, before === '' ? null : before);
  } catch {
    return null;
  }
}
