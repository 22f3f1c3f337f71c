/** The calendar day here, as a signal that turns over at midnight and when a sleeping tab is looked at again. */
import { type Accessor, createMemo, createSignal, onCleanup } from 'solid-js';
import { type Day, dayOfInstant } from '../../shared/model/day.ts';
import { rightNow } from '../platform/right-now.ts';

export function createToday(): Accessor<Day> {
  const [looked, setLooked] = createSignal(undefined, { equals: false });
  const look = () => setLooked();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const today = createMemo(() => {
    looked();
    const now = rightNow();
    clearTimeout(timer);
    timer = setTimeout(look, new Date(now).setHours(24, 0, 1, 0) - now);
    return dayOfInstant(now);
  });
  document.addEventListener('visibilitychange', look);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', look);
  });
  return today;
}
