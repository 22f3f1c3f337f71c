/** Time zones as calendar files name them, and as they describe them for programs that do not know the names. */
import { tzOffset } from '@date-fns/tz/tzOffset';
import { isZone } from '../model/when.ts';

/** What Outlook and Exchange call the zones our users live in (Unicode CLDR, windowsZones). */
const WINDOWS: Readonly<Record<string, string>> = {
  'AUS Eastern Standard Time': 'Australia/Sydney',
  'Arabian Standard Time': 'Asia/Dubai',
  'Atlantic Standard Time': 'America/Halifax',
  'Central America Standard Time': 'America/Guatemala',
  'Central Europe Standard Time': 'Europe/Budapest',
  'Central European Standard Time': 'Europe/Warsaw',
  'Central Standard Time': 'America/Chicago',
  'China Standard Time': 'Asia/Shanghai',
  'E. Europe Standard Time': 'Europe/Chisinau',
  'E. South America Standard Time': 'America/Sao_Paulo',
  'Eastern Standard Time': 'America/New_York',
  'Egypt Standard Time': 'Africa/Cairo',
  'FLE Standard Time': 'Europe/Kyiv',
  'GMT Standard Time': 'Europe/London',
  'GTB Standard Time': 'Europe/Bucharest',
  'Greenwich Standard Time': 'Atlantic/Reykjavik',
  'India Standard Time': 'Asia/Kolkata',
  'Israel Standard Time': 'Asia/Jerusalem',
  'Korea Standard Time': 'Asia/Seoul',
  'Mountain Standard Time': 'America/Denver',
  'New Zealand Standard Time': 'Pacific/Auckland',
  'Pacific Standard Time': 'America/Los_Angeles',
  'Romance Standard Time': 'Europe/Paris',
  'Russian Standard Time': 'Europe/Moscow',
  'SE Asia Standard Time': 'Asia/Bangkok',
  'Singapore Standard Time': 'Asia/Singapore',
  'South Africa Standard Time': 'Africa/Johannesburg',
  'Tokyo Standard Time': 'Asia/Tokyo',
  'Turkey Standard Time': 'Europe/Istanbul',
  'W. Europe Standard Time': 'Europe/Berlin',
};

const REGION = /(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific)\/[A-Za-z_+\-0-9/]+$/;

/** The IANA zone behind a TZID: `Europe/Oslo`, `/mozilla.org/20050126_1/Europe/Oslo`, `W. Europe Standard Time`; else null. */
export function zoneOfTzid(tzid: string): string | null {
  const name = tzid.trim().replace(/^"|"$/g, '');
  const known = WINDOWS[name] ?? REGION.exec(name)?.[0] ?? (/^(UTC|GMT|Etc\/.+)$/.test(name) ? name : null);
  return known !== null && isZone(known) ? known : null;
}

export interface ZoneChange {
  /** On the clock before the change: `20260329T020000`. */
  readonly wall: string;
  /** `+0100`. */
  readonly before: string;
  readonly after: string;
  readonly isForward: boolean;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Every change of the clocks between two moments, found by halving: what a VTIMEZONE lists. */
export function zoneChanges(zone: string, from: number, until: number): readonly ZoneChange[] {
  const offset = (at: number) => tzOffset(zone, new Date(at));
  const changes: ZoneChange[] = [];
  const step = 7 * 24 * HOUR;
  for (let at = from; at < until; at += step) {
    const [before, after] = [offset(at), offset(at + step)];
    if (before === after) continue;
    let [low, high] = [at, at + step];
    while (high - low > MINUTE) {
      const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
      if (offset(middle) === before) low = middle;
      else high = middle;
    }
    const wall = new Date(high + before * MINUTE).toISOString().slice(0, 16).replace(/[-:]/g, '');
    changes.push({
      wall: `${wall}00`,
      before: offsetText(before),
      after: offsetText(after),
      isForward: after > before,
    });
  }
  return changes;
}

/** `+0530`. */
export function offsetText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}${String(rest).padStart(2, '0')}`;
}
