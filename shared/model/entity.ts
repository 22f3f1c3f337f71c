/** How an entity is described: its fields, once. Storage, tables, files, REST and law tests are derived from this. */

import { type AnyField, hidden, type ValueOf } from './field.ts';
import type { Id } from './id.ts';
import { checkbox, ref, text } from './scalar-fields.ts';

/**
 * The kind of room an entity's records live in, see docs/architecture.md. There is one `timeline` per year; the ids of its
 * records name the year (`timelineId` in id.ts), and its entities have an instant `at`, which decides it.
 */
export type RoomKind = 'workspace' | 'pipeline' | 'work' | 'directory' | 'timeline';

export type Fields = Readonly<Record<string, AnyField>>;

export interface Entity<Name extends string = string, F extends Fields = Fields> {
  /** Also the prefix of the ids of its records. */
  readonly name: Name;
  readonly label: string;
  readonly plural: string;
  readonly room: RoomKind;
  readonly fields: F;
  /** The name a person would use for a record; may be empty. */
  title(record: RecordValues<F>): string;
  /** Texts that search looks through, beside the title. */
  readonly searchable: readonly (keyof F & string)[];
}

export type RecordValues<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

/** What every record has beside its own fields. Values come from the encoding, not from people. */
export interface RecordMeta {
  /** In the trash since the newest edit of this flag; restorable. */
  readonly deleted: boolean;
  /** The record this one was merged into, a reversible alias. */
  readonly mergedInto: string | null;
  /** The import or sample set that made it, so that it can be found and undone as a whole. */
  readonly batch: string;
  /** Id in the program it came from, for importing again. */
  readonly sourceId: string;
}

/** Fields every entity has; kept out of its own `fields`, merged by the same rules. */
export const META_FIELDS = {
  deleted: hidden(checkbox('Deleted')),
  mergedInto: hidden(ref('Merged into', '')),
  batch: hidden(text('Batch')),
  sourceId: hidden(text('Source id')),
} satisfies Record<keyof RecordMeta, AnyField>;

/** A record as everybody reads it: plain, readonly, replaced when it changes. */
export type RecordOf<E extends Entity> = RecordValues<E['fields']> &
  RecordMeta & {
    readonly id: Id<E['name']>;
    readonly entity: E['name'];
    /** Epoch ms, from the stamp of its creation; 0 when unknown. */
    readonly createdAt: number;
    /** Epoch ms of the newest change. */
    readonly updatedAt: number;
    /** Fields this build does not know, kept as they are. */
    readonly extra: Readonly<Record<string, unknown>> | null;
  };

/** A record of whichever entity. */
export type AnyRecord = RecordMeta & {
  readonly id: string;
  readonly entity: string;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly extra: Readonly<Record<string, unknown>> | null;
  readonly [field: string]: unknown;
};

/** Values to create or change a record with; fields left out keep their initial or present value. */
export type Changes<E extends Entity> = Partial<{ [K in keyof E['fields']]: ValueOf<E['fields'][K]> }> &
  Partial<RecordMeta>;

interface EntityParts<F extends Fields> {
  readonly label: string;
  readonly plural: string;
  readonly room: RoomKind;
  readonly fields: F;
  title(record: RecordValues<F>): string;
  readonly searchable?: readonly (keyof F & string)[];
}

/** Fails at start when a field name would break the record keys or hide a meta field. */
export function defineEntity<const Name extends string, const F extends Fields>(
  name: Name,
  parts: EntityParts<F>,
): Entity<Name, F> {
  for (const field of Object.keys(parts.fields)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(field) || RESERVED.has(field))
      throw new Error(`${name}.${field} is not a usable field name`);
  }
  if (parts.room === 'timeline' && parts.fields.at?.kind !== 'instant')
    throw new Error(`${name} lives in a timeline and needs an instant \`at\``);
  return Object.freeze({ name, searchable: [], ...parts });
}

const RESERVED: ReadonlySet<string> = new Set([
  ...Object.keys(META_FIELDS),
  'id',
  'entity',
  'createdAt',
  'updatedAt',
  'extra',
  't',
  's',
  'f',
  'constructor',
]);

/** The field of an entity by name, meta fields included. */
export function fieldOf(entity: Entity, name: string): AnyField | undefined {
  if (Object.hasOwn(entity.fields, name)) return entity.fields[name];
  return Object.hasOwn(META_FIELDS, name) ? META_FIELDS[name as keyof RecordMeta] : undefined;
}
