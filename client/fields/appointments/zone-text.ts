/** Time zones as people type them: `Oslo`, `new york`, `Europe/London`. */
import { isZone } from '../../../shared/model/when.ts';

/** All zones this browser knows; it may know more by other names. */
const known = (): readonly string[] => Intl.supportedValuesOf('timeZone');

/** The zone somebody means; null when none or several could be meant. */
export function readZone(text: string): string | null {
  const typed = text.trim().replace(/\s+/g, '_');
  if (typed === '') return null;
  const lower = typed.toLowerCase();
  const exact = known().find((zone) => zone.toLowerCase() === lower);
  if (exact) return exact;
  const byCity = known().filter((zone) => zone.toLowerCase().endsWith(`/${lower}`));
  if (byCity.length === 1) return byCity[0] ?? null;
  return /^[A-Za-z]+(\/[A-Za-z_+\-0-9]+)+$|^UTC$/i.test(typed) && isZone(typed) ? typed : null;
}
