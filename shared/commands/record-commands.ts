/** What people can do with a record of any entity: create, edit, edit many, delete, restore. */
import type { Changes, Entity } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

export function createRecord<E extends Entity>(
  tx: Tx,
  { entity, values }: { entity: E; values: Changes<E> },
): Id<E['name']> {
  return tx.insert(entity, values);
}

/**
 * Sets fields of one or many records; equal values are not written. Refuses what would put a record under itself, as a company
 * that is its own parent; two who do that apart are not stopped, so whoever walks up must end all the same.
 */
export function editRecords<E extends Entity>(
  tx: Tx,
  { entity, ids, changes }: { entity: E; ids: readonly string[]; changes: Changes<E> },
): void {
  for (const id of ids) {
    for (const [field, value] of Object.entries(changes)) refuseLoop(tx, { entity, id, field, value });
    tx.patch(entity, id, changes);
  }
}

function refuseLoop(
  tx: Tx,
  { entity, id, field, value }: { entity: Entity; id: string; field: string; value: unknown },
): void {
  const kind = entity.fields[field];
  if (kind?.kind !== 'ref' || kind.target !== entity.name) return;
  const seen = new Set<unknown>();
  const above = (each: unknown) =>
    (tx.get(entity, String(each)) as Readonly<Record<string, unknown>> | undefined)?.[field];
  for (let each = value; typeof each === 'string' && !seen.has(each); each = above(each)) {
    if (each === id) {
      throw new CommandRefused('invalid', `A ${entity.name} cannot stand under itself. Choose another one.`);
    }
    seen.add(each);
  }
}

/** Adds one element to a set-like field of many records (a tag to a selection), keeping what each has. */
export function addElement<E extends Entity>(
  tx: Tx,
  {
    entity,
    ids,
    field,
    element,
  }: { entity: E; ids: readonly string[]; field: keyof E['fields'] & string; element: unknown },
): void {
  for (const id of ids) {
    const record = mustGet(tx, entity, id) as Readonly<Record<string, unknown>>;
    tx.patch(entity, id, { [field]: [...(record[field] as readonly unknown[]), element] } as Changes<E>);
  }
}

/** Puts records into the trash; they can be restored with everything that hung on them. */
export function deleteRecords(tx: Tx, { entity, ids }: { entity: Entity; ids: readonly string[] }): void {
  for (const id of ids) tx.patch(entity, id, { deleted: true });
}

export function restoreRecords(tx: Tx, { entity, ids }: { entity: Entity; ids: readonly string[] }): void {
  for (const id of ids) tx.patch(entity, id, { deleted: false });
}
