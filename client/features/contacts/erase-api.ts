/** Erasing a person is the server's: only it can take something away from every device at once. */

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

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

const OUT_OF_REACH =
  'Your server is out of reach, and only it can erase from every device. Nothing was changed. Try again when you are online.';

async function ask<T>(path: string, body?: object): Promise<Answer<T>> {
  const answer = await fetch(`/api/persons/${path}`, {
    cache: 'no-store',
    ...(body === undefined
      ? {}
      : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
  }).catch(() => null);
  if (answer === null) return { ok: false, message: OUT_OF_REACH };
  const raw = (await answer.json().catch(() => null)) as { error?: { message?: string } } | null;
  if (answer.ok && raw !== null) return { ok: true, value: raw as T };
  return { ok: false, message: raw?.error?.message ?? 'The server could not do this. Nothing was changed.' };
}

export function personData(id: string): Promise<Answer<PersonData>> {
  return ask(id);
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
  return ask(`${id}/erase`, request);
}
