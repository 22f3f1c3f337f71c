/** What the backups section says. */
import { formatCount, formatInstant, formatPlural } from '../../fields/format.ts';
import type { BackupList } from './backups-api.ts';

/** `today, 16:00`: inside a sentence. */
export function whenText(at: number): string {
  return formatInstant(at, Date.now()).replace(/^(Today|Yesterday)/, (word) => word.toLowerCase());
}

export function bytesText(bytes: number): string {
  const megabytes = bytes / 1_000_000;
  return megabytes < 1 ? 'under 1 MB' : `${formatCount(Math.round(megabytes))}\u00A0MB`;
}

export function rhythmText(list: Pick<BackupList, 'everyMinutes' | 'keepHours' | 'keepDays'> | null): string {
  if (list === null) return '';
  const kept = `kept for ${formatPlural(list.keepHours, 'hour', 'hours')}, one a day for ${formatPlural(list.keepDays, 'day', 'days')}`;
  if (list.everyMinutes === 0) return `None are made by the clock here. Those made by hand are ${kept}.`;
  const rhythm =
    list.everyMinutes === 60 ? 'every hour' : `every ${formatPlural(list.everyMinutes, 'minute', 'minutes')}`;
  return `Made ${rhythm} while there are changes, verified, ${kept}.`;
}
