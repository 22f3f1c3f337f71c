/** How long the server keeps what was deleted: it empties the trash, so it is the one that knows. */
import { isTrashDays } from '../../shared/model/trash-days.ts';
import { ask, numberOf, objectOf } from './ask.ts';

const PATH = '/api/trash';

/** Days, 0 = for ever; null while the server cannot be asked. */
export async function readTrashDays(): Promise<number | null> {
  const answer = await ask(PATH);
  const days = answer.ok ? numberOf(objectOf(answer.value).days) : null;
  return days !== null && isTrashDays(days) ? days : null;
}

/** Returns why it was not done, as a sentence; undefined when it was. */
export async function saveTrashDays(days: number): Promise<string | undefined> {
  const unreached = 'This needs your server, which cannot be reached right now. Nothing was changed.';
  const answer = await ask(PATH, { method: 'PUT', body: { days }, unreached });
  return answer.ok ? undefined : answer.message;
}
