/** The records somebody opened last on this device, for the palette before anything is typed. */
const KEY = 'rapport.recent';
const MOST = 6;

export function recentRecords(): readonly string[] {
  try {
    const raw: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(raw) ? raw.filter((id) => typeof id === 'string').slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberRecord(id: string): void {
  try {
    localStorage.setItem(KEY, JSON.stringify([id, ...recentRecords().filter((each) => each !== id)].slice(0, MOST)));
  } catch {
    // Without storage the list starts empty next time.
  }
}
