/** Which deals a set of filters lets through. */
import type { Deal } from '../../../shared/entities/deal.ts';
import { type DealsAddress, NO_OWNER } from './deals-url.ts';

/**
 * A test for deals. `hasWords` is the text filter, undefined when nothing is looked for; owners are any of those
 * named; a deal without a close date is not before any day.
 */
export function dealFilter(
  { owners, before }: Pick<DealsAddress, 'owners' | 'before'>,
  hasWords: ((deal: Deal) => boolean) | undefined,
): (deal: Deal) => boolean {
  const wanted = new Set(owners);
  return (deal) => {
    if (wanted.size > 0 && !wanted.has(deal.owner ?? NO_OWNER)) return false;
    if (before !== null && (deal.closesOn === null || deal.closesOn >= before)) return false;
    return hasWords?.(deal) ?? true;
  };
}
