/**
 * What people can do is a command: a function over a `Tx`. The browser runs it against its own documents, the
 * server against the same rooms. A command checks everything before it writes; what it refuses it says in a sentence.
 */

import type { Day } from '../model/day.ts';
import type { Changes, Entity, RecordOf } from '../model/entity.ts';
import type { Id } from '../model/id.ts';

export type RefusalCode = 'missing' | 'invalid' | 'conflict' | 'not-allowed' | 'not-ready';

/** A command that may not happen. `message` is for people: what happened, what is safe, what to do. */
export class CommandRefused extends Error {
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string) {
    super(message);
    this.name = 'CommandRefused';
    this.code = code;
  }
}

/** Records as a command sees and changes them. Reads include the command's own writes. */
export interface Tx {
  /** The stamp that every write of this command carries. */
  readonly stamp: string;
  /** Epoch ms of the stamp. */
  readonly now: number;
  /** The calendar day where the person is. */
  readonly today: Day;
  /** Member id of who acts; '' for the server. */
  readonly actor: string;
  newId<Name extends string>(name: Name): Id<Name>;
  /** A record, in the trash or not. */
  get<E extends Entity>(entity: E, id: string): RecordOf<E> | undefined;
  /** All records that are not in the trash and not merged away. */
  all<E extends Entity>(entity: E): Iterable<RecordOf<E>>;
  /** Whether these lie together: what was merged must be where the record is that stands for it. */
  areTogether(ids: readonly string[]): boolean;
  /** Ids of everything that was merged into a record. */
  mergedFrom(id: string): readonly string[];
  /** Makes a record; refuses when a required field is empty or the id is taken. */
  insert<E extends Entity>(entity: E, values: Changes<E>, id?: string): Id<E['name']>;
  /**
   * Changes fields; what is equal already is not written. Of a set-like field the whole new set is given and only
   * the elements that differ are written. Refuses when the record is not there.
   */
  patch<E extends Entity>(entity: E, id: string, changes: Changes<E>): void;
  /**
   * Writes what is shown for a path (a field, or `field:element`) once more, above what others wrote apart: from then on
   * that is the only value. Nothing more when the command has written the path already.
   */
  settle(entity: Entity, id: string, path: string): void;
}

/** The record, or a refusal that says it is gone. */
export function mustGet<E extends Entity>(tx: Tx, entity: E, id: string): RecordOf<E> {
  const record = tx.get(entity, id);
  if (!record) throw new CommandRefused('missing', `This ${entity.label.toLowerCase()} is no longer there.`);
  return record;
}
