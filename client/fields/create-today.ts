/** The calendar day here, as a signal that turns over at midnight and when a sleeping tab is looked at again. */
import { type Accessor, createSignal, onCleanup } from 'solid-js';
import { type Day, dayOfInstant } from '../../shared/model/day.ts';

export function createToday(): Accessor<Day> {
  const [today, setToday] = createSignal(dayOfInstant(Date.now()));
  let timer: ReturnType<typeof setTimeout> | undefined;
  function check(): void {
    setToday(dayOfInstant(Date.now()));
    const midnight = new Date();
    midnight.setHours(24, 0, 1, 0);
    clearTimeout(timer);
    timer = setTimeout(check, midnight.getTime() - Date.now());
  }
  check();
  document.addEventListener('visibilitychange', check);
  onCleanup(() => {
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', check);
  });
  return today;
}
