/** Where the browsers of the tests are; the machine they run on may have another day. */
export const TIME_ZONE = 'Europe/Berlin';

/** The day so many days from today, as people at `TIME_ZONE` call it: `2026-11-22`. */
export function dayFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv-SE', { timeZone: TIME_ZONE });
}
