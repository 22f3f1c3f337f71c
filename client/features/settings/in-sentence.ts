/** `until tomorrow, 15:00`: a time in the middle of a sentence does not begin with a capital. */
import { formatInstant } from '../../fields/format.ts';

export function instantInSentence(at: number, now: number): string {
  return formatInstant(at, now).replace(/^(Today|Tomorrow|Yesterday)\b/, (word) => word.toLowerCase());
}
