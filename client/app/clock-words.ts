/** The words for a device whose clock is plainly wrong. `correction` is what is added to it, in ms; 0 for one that is right. */
import { formatPlural } from '../fields/format.ts';

/** `1 day ahead of the server’s`; null for a clock that is right. */
export function clockWords(correction: number): string | null {
  if (correction === 0) return null;
  return `${lengthText(Math.abs(correction))} ${correction < 0 ? 'ahead of' : 'behind'} the server’s`;
}

/** What is wrong, and that nothing has to be done about it; null for a clock that is right. */
export function clockNotice(correction: number): string | null {
  const off = clockWords(correction);
  return off && `This device’s clock is ${off}. Days and reminders go by the server’s.`;
}

function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 90) return formatPlural(minutes, 'minute', 'minutes');
  const hours = Math.round(minutes / 60);
  return hours < 24 ? formatPlural(hours, 'hour', 'hours') : formatPlural(Math.round(hours / 24), 'day', 'days');
}
