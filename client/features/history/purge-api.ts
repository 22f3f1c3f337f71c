/** Removing records for good is the server's: it writes for every device at once. */

/** The server takes so many at a time. */
const MOST_AT_ONCE = 10_000;

/** Asks for it; returns what to tell the person. */
export async function purgeRecords(ids: readonly string[]): Promise<string> {
  let purged = 0;
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    const answer = await purgePart(ids.slice(from, from + MOST_AT_ONCE));
    if (typeof answer === 'number') purged += answer;
    else if (purged === 0) return answer;
    else return `${said(purged)} Then it stopped: ${answer}`;
  }
  const kept = ids.length - purged;
  return kept === 0 ? said(purged) : `${said(purged)} ${kept} stayed: they are not in the trash any more.`;
}

const said = (purged: number) =>
  purged === 1 ? '1 record was removed for good.' : `${purged} records were removed for good.`;

/** How many were removed, or why none was. */
async function purgePart(ids: readonly string[]): Promise<number | string> {
  const answer = await fetch('/api/trash/purge', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids }),
  }).catch(() => null);
  if (answer === null) return 'Your server is out of reach, and only it can remove for good. Nothing was changed.';
  const body = (await answer.json().catch(() => ({}))) as { purged?: number; error?: { message?: string } };
  if (!answer.ok) return body.error?.message ?? 'The server could not remove them. Nothing was changed.';
  return body.purged ?? 0;
}
