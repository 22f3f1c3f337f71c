/**
 * Totals and weighted totals per currency. Currencies are never added up: each has two places of its own in the
 * numbers a live query sums, the total at an even and the weighted total at the odd place behind it.
 */
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { currencyDigits } from '../../../shared/model/money.ts';
import { weightedMinor } from '../../../shared/query/pipeline-view.ts';
import { formatSums } from '../../fields/format.ts';

/** Gives every currency its places, the workspace's own first, the others in the order they turn up. */
export interface CurrencyPlaces {
  readonly sumsOf: (deal: Deal, stage: Stage | undefined) => readonly number[];
  readonly read: (...sums: readonly (readonly number[])[]) => DealSums;
}

/** ISO code → minor units. */
export interface DealSums {
  readonly total: ReadonlyMap<string, number>;
  readonly weighted: ReadonlyMap<string, number>;
}

export function createCurrencyPlaces(workspaceCurrency: string): CurrencyPlaces {
  const codes = [workspaceCurrency];
  function placeOf(code: string): number {
    const known = codes.indexOf(code);
    return known >= 0 ? known : codes.push(code) - 1;
  }
  return {
    sumsOf(deal, stage) {
      if (deal.amount === null || deal.amount.minor === 0) return [];
      const at = placeOf(deal.amount.currency) * 2;
      const sums = new Array<number>(at + 2).fill(0);
      sums[at] = deal.amount.minor;
      sums[at + 1] = weightedMinor(deal, stage);
      return sums;
    },
    read(...groups) {
      const total = new Map<string, number>();
      const weighted = new Map<string, number>();
      for (const [index, code] of codes.entries()) {
        const sum = (at: number) => groups.reduce((all, group) => all + (group[at] ?? 0), 0);
        const [amount, expected] = [sum(index * 2), sum(index * 2 + 1)];
        if (index > 0 && amount === 0 && expected === 0) continue;
        total.set(code, amount);
        weighted.set(code, expected);
      }
      // Without an amount in it the workspace's currency is left out as soon as another one is there.
      if (total.size > 1 && total.get(workspaceCurrency) === 0) {
        total.delete(workspaceCurrency);
        weighted.delete(workspaceCurrency);
      }
      return { total, weighted };
    },
  };
}

const SHOWN = 2;

/** Boards, headings and what is only expected show no decimals (design guide, 6); an exact sum is in the tooltip. */
export function wholeUnits(minor: number, currency: string): number {
  const unit = 10 ** currencyDigits(currency);
  return Math.round(minor / unit) * unit;
}

/** The workspace's own currency first, the others by their code. */
function codesInOrder(sums: ReadonlyMap<string, number>, workspaceCurrency: string): readonly string[] {
  return [...sums.keys()].sort(
    (left, right) =>
      Number(right === workspaceCurrency) - Number(left === workspaceCurrency) || (left < right ? -1 : 1),
  );
}

/** `€82,670 + $22,500`, and `€82,670 + $22,500 + 2 more` when there are more currencies than fit. */
export function shortSums(sums: ReadonlyMap<string, number>, workspaceCurrency: string): string {
  const codes = codesInOrder(sums, workspaceCurrency);
  const first = new Map(codes.slice(0, SHOWN).map((code) => [code, wholeUnits(sums.get(code) ?? 0, code)]));
  const rest = codes.length - first.size;
  return formatSums(first, workspaceCurrency) + (rest > 0 ? ` + ${rest} more` : '');
}

/** Where one line is all there is: the first sum, and of how many other currencies there are sums too. */
export function leadingSum(
  sums: ReadonlyMap<string, number>,
  workspaceCurrency: string,
): { readonly text: string; readonly others: number } {
  const [first] = codesInOrder(sums, workspaceCurrency);
  if (first === undefined) return { text: '', others: 0 };
  return {
    text: formatSums(new Map([[first, wholeUnits(sums.get(first) ?? 0, first)]]), workspaceCurrency),
    others: sums.size - 1,
  };
}
