/** What a device keeps of records beside the rooms goes when the server has removed them for good. */
import { createDrafts } from './drafts.ts';
import type { Files } from './files.ts';
import { deleteLocalStore } from './local-store.ts';

export interface KeptBeside {
  readonly memberId: string;
  readonly files: Files | undefined;
  /** Databases of former generations of rooms, which nothing reads any more. */
  readonly formerDatabases: readonly string[];
}

export async function forgetRecords(
  ids: readonly string[],
  { memberId, files, formerDatabases }: KeptBeside,
): Promise<void> {
  const drafts = createDrafts(memberId);
  for (const id of ids) drafts.clear(id);
  if (ids.some((id) => id.startsWith('file_'))) files?.askAgain();
  await Promise.all(formerDatabases.map(deleteLocalStore));
}
