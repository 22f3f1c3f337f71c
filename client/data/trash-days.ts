/** How long the server keeps what was deleted: it empties the trash, so it is the one that knows. */
import { isTrashDays } from '../../shared/model/trash-days.ts';

const PATH = '/api/trash';

/** Days, 0 = for ever; null while the server cannot be asked. */
export async function readTrashDays(): Promise<number | null> {
  try {
    const answer = await fetch(PATH, { cache: 'no-store', headers: { accept: 'application/json' } });
    return answer.ok ? daysIn(await answer.json()) : null;
  } catch {
    return null;
  }
}

/** Returns why it was not done, as a sentence; undefined when it was. */
export async function saveTrashDays(days: number): Promise<string | undefined> {
  try {
    const answer = await fetch(PATH, {
      method: 'PUT',
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify({ days }),
    });
    if (answer.ok) return undefined;
    const { error } = (await answer.json()) as { readonly error?: { readonly message?: string } };
    return error?.message ?? OFFLINE;
  } catch {
    return OFFLINE;
  }
}

const OFFLINE = 'This needs your server, which cannot be reached right now. Nothing was changed.';

function daysIn(body: unknown): number | null {
  const days = (body as { readonly days?: unknown } | null)?.days;
  return typeof days === 'number' && isTrashDays(days) ? days : null;
}
