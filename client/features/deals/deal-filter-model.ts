/** Which deals a set of filters lets through. */
import type { Deal } from '../../../shared/entities/deal.ts';
import { foldText } from '../../../shared/model/text-order.ts';
import { type DealsAddress, NO_OWNER } from './deals-url.ts';

/** Records are replaced when they change, so what is folded for one stays right as long as it lives. */
const haystacks = new WeakMap<object, string>();

function haystack(record: object, texts: () => readonly string[]): string {
  let folded = haystacks.get(record);
  if (folded === undefined) {
    folded = foldText(texts().join('\n'));
    haystacks.set(record, folded);
  }
  return folded;
}

/**
 * A test for deals. Every word of the text must be in the deal (title, product, source, tags, next step) or in the
 * name of its company; owners are any of those named; deals without a close date are not before any day.
 */
export function dealFilter(
  address: Pick<DealsAddress, 'text' | 'owners' | 'before'>,
  companyOf: (id: string) => { readonly name: string } | undefined,
): (deal: Deal) => boolean {
  const words = foldText(address.text)
    .split(/\s+/)
    .filter((word) => word !== '');
  const owners = new Set(address.owners);
  const { before } = address;
  return (deal) => {
    if (owners.size > 0 && !owners.has(deal.owner ?? NO_OWNER)) return false;
    if (before !== null && (deal.closesOn === null || deal.closesOn >= before)) return false;
    if (words.length === 0) return true;
    const own = haystack(deal, () => [deal.title, deal.product, deal.source, deal.nextStep, ...deal.tags]);
    const company = deal.company === null ? undefined : companyOf(deal.company);
    const companyText = company ? haystack(company, () => [company.name]) : '';
    return words.every((word) => own.includes(word) || companyText.includes(word));
  };
}
