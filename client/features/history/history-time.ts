/** How far back a history is asked for. */
import { addDays, dayOfInstant } from '../../../shared/model/day.ts';
import { whenInstant } from '../../../shared/model/when.ts';

const TIMES = { '-': 'Any time', '0': 'Today', '6': 'Last 7 days', '29': 'Last 30 days' } as const;

export type HistoryTime = keyof typeof TIMES;

export const ANY_TIME: HistoryTime = '-';

export const TIME_OPTIONS = (['-', '0', '6', '29'] as const).map((value) => ({ value, label: TIMES[value] }));

/** The days are those of the reader. */
export function sinceOf(time: HistoryTime): { readonly from?: number } {
  if (time === ANY_TIME) return {};
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return { from: sinceDay(Number(time), timeZone) };
}

/** Epoch ms of the beginning of the day so many days ago. */
function sinceDay(days: number, zone: string): number {
  return whenInstant(addDays(dayOfInstant(Date.now()), -days), zone);
}
