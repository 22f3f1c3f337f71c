/** How long the trash keeps what was deleted, in words. */
import type { SelectOption } from '../ui/select.tsx';

const OFFERED = [7, 14, 30, 60, 90, 180, 365, 0];

/** `for 30 days`, `until somebody removes it`. */
export function trashWords(days: number): string {
  if (days === 0) return 'until somebody removes it';
  return days === 1 ? 'for 1 day' : `for ${days} days`;
}

/** What may be chosen; the time that counts now is there whatever it is. */
export function trashOptions(now: number): readonly SelectOption[] {
  const days = OFFERED.includes(now) ? OFFERED : [now, ...OFFERED];
  return days.map((each) => ({
    value: String(each),
    label: each === 0 ? 'Until somebody removes it' : each === 1 ? '1 day' : `${each} days`,
  }));
}
