/** Putting files on records. The bytes are stored before a command runs; a record without bytes anywhere would be a promise. */
import { type FileRecord, file, isFileHash } from '../entities/file.ts';
import type { Changes } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { cleanLine } from '../model/scalar-fields.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

const LONGEST_NAME = 250;

export type NewFile = Pick<FileRecord, 'name' | 'type' | 'bytes' | 'hash'> & Changes<typeof file>;

/** Adds a file to at least one record, now unless it says when. */
export function addFile(tx: Tx, values: NewFile): Id<'file'> {
  if (!isFileHash(values.hash))
    throw new CommandRefused('invalid', 'This file could not be read. Try to add it again.');
  if ((values.about ?? []).length === 0) throw new CommandRefused('invalid', 'Say whom or what this file is about.');
  return tx.insert(file, {
    by: tx.actor === '' ? null : tx.actor,
    ...values,
    name: fileTitle(values.name),
    at: values.at ?? tx.now,
  });
}

/** Says that files came with an entry of the timeline; they are about what the entry is about. */
export function attachFiles(
  tx: Tx,
  { ids, activityId, about }: { ids: readonly string[]; activityId: string; about: readonly string[] },
): void {
  for (const id of ids) {
    const current = mustGet(tx, file, id);
    const all = [...new Set([...current.about, ...about])] as typeof current.about;
    tx.patch(file, id, { activity: activityId as NonNullable<FileRecord['activity']>, about: all });
  }
}

/** A name in one line, without folders; a file without one is called so. */
export function fileTitle(name: string): string {
  const clean = cleanLine(name.split(/[/\\]/).at(-1) ?? '');
  if (clean.length <= LONGEST_NAME) return clean || 'Untitled file';
  const [ending = ''] = /\.[^.\s]{1,10}$/.exec(clean) ?? [];
  return clean.slice(0, LONGEST_NAME - ending.length).trimEnd() + ending;
}
