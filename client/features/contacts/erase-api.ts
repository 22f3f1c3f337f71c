/** Erasing a person is the server's: only it can take something away from every device at once. */
import { type Answer, ask } from '../../data/ask.ts';

export interface NamedRecord {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
}

/** What there is about a person. */
export interface PersonData {
  /** As it has to be typed. */
  readonly name: string;
  /** Records that are about nobody else, by entity. */
  readonly counts: Readonly<Record<string, number>>;
  /** Entries about others too. */
  readonly shared: readonly NamedRecord[];
  /** Other records whose words name the person. */
  readonly mentions: readonly NamedRecord[];
  readonly backups: { readonly count: number; readonly days: number; readonly everyMinutes: number };
}

const UNREACHED =
  'Your server is out of reach, and only it can erase from every device. Nothing was changed. Try again when you are online.';

async function question<T>(path: string, body?: object): Promise<Answer<T>> {
  const answer = await ask(`/api/persons/${path}`, { method: body ? 'POST' : 'GET', body, unreached: UNREACHED });
  return answer.ok ? { ok: true, value: answer.value as T } : answer;
}

export function personData(id: string): Promise<Answer<PersonData>> {
  return question(id);
}

/** Where a copy of everything about a person is downloaded. */
export function personExportHref(id: string): string {
  return `/api/persons/${id}/export`;
}

export interface EraseRequest {
  readonly name: string;
  /** Ids of shared entries that go as well. */
  readonly also: readonly string[];
  readonly withBackups: boolean;
}

export function erasePerson(
  id: string,
  request: EraseRequest,
): Promise<Answer<{ readonly erased: number; readonly backupsDeleted: number }>> {
  return question(`${id}/erase`, request);
}
