/** Removing records for good is the server's: it writes for every device at once. */

/** Asks for it; returns what to tell the person. */
export async function purgeRecords(ids: readonly string[]): Promise<string> {
  const answer = await fetch('/api/trash/purge', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ids }),
  }).catch(() => null);
  if (answer === null) return 'Your server is out of reach, and only it can remove for good. Nothing was changed.';
  const body = (await answer.json().catch(() => ({}))) as { purged?: number; error?: { message?: string } };
  if (!answer.ok) return body.error?.message ?? 'The server could not remove them. Nothing was changed.';
  const kept = ids.length - (body.purged ?? 0);
  if (kept === 0)
    return body.purged === 1 ? '1 record was removed for good.' : `${body.purged} records were removed for good.`;
  return `${body.purged} records were removed for good. ${kept} stayed: they are not in the trash any more.`;
}
