/** Which closed deals a column shows: those of this month, quarter or year, or all. */
import { type Day, dayFrom } from '../../../shared/model/day.ts';
import { formatMonth } from '../../fields/format.ts';

export const PERIODS = { month: 'This month', quarter: 'This quarter', year: 'This year', all: 'All time' } as const;
export type Period = keyof typeof PERIODS;

export function isPeriod(text: string | undefined): text is Period {
  return text !== undefined && Object.hasOwn(PERIODS, text);
}

/** First and last day of a period around `today`; null = no end on that side. */
export function periodRange(period: Period, today: Day): { readonly from: Day | null; readonly to: Day | null } {
  const [year = 0, month = 1] = today.split('-').map(Number);
  const quarterEnd = Math.ceil(month / 3) * 3;
  switch (period) {
    case 'month':
      return { from: dayFrom(year, month, 1), to: lastDay(year, month) };
    case 'quarter':
      return { from: dayFrom(year, quarterEnd - 2, 1), to: lastDay(year, quarterEnd) };
    case 'year':
      return { from: dayFrom(year, 1, 1), to: lastDay(year, 12) };
    case 'all':
      return { from: null, to: null };
  }
}

function lastDay(year: number, month: number): Day | null {
  return dayFrom(year, month, 31) ?? dayFrom(year, month, 30) ?? dayFrom(year, month, 29) ?? dayFrom(year, month, 28);
}

/** Whether a deal closed on `closedOn` is shown; one without a day only when all are. */
export function isInPeriod(closedOn: Day | null, period: Period, today: Day): boolean {
  const { from, to } = periodRange(period, today);
  if (closedOn === null) return from === null;
  return (from === null || closedOn >= from) && (to === null || closedOn <= to);
}

/** `Won in November`, `Won in Q4`, `Won in 2026`, `Won`. */
export function periodTitle(stageName: string, period: Period, today: Day): string {
  const [year = 0, month = 1] = today.split('-').map(Number);
  if (period === 'month') return `${stageName} in ${formatMonth(today)}`;
  if (period === 'quarter') return `${stageName} in Q${Math.ceil(month / 3)}`;
  return period === 'year' ? `${stageName} in ${year}` : stageName;
}
