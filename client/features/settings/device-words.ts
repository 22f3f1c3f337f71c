/** `14,206 records, 48 MB.`; the size where the browser tells it. */
import { formatCount, formatPlural } from '../../fields/format.ts';

export function deviceFacts({ records, bytes }: { readonly records: number; readonly bytes: number | null }): string {
  const count = formatPlural(records, 'record', 'records');
  if (bytes === null) return `${count}.`;
  const megabytes = bytes / 1_000_000;
  if (megabytes < 1) return `${count}, under 1 MB.`;
  return `${count}, ${formatCount(Math.round(megabytes))} MB.`;
}
