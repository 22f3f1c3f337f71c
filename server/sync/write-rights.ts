/**
 * Whether a connection's person may make the changes of an update. The rule is the table in shared/model/rights.ts; this
 * finds out which records an update changes.
 *
 * In most rooms it is enough to know under which ids it writes. In the workspace room (small, seldom written, and where
 * rights differ from field to field) the update is tried on a copy of the document, so that Yjs itself says what comes
 * of it: no trick of the encoding can hide a key. What a viewer may write, own-marks.ts tells.
 */
import * as Y from 'yjs';
import { notice } from '../../shared/entities/notice.ts';
import { entities } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { type KeyChange, may, READ_ONLY, type Role, refusalOf, type WriteFacts } from '../../shared/model/rights.ts';
import { parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import { marksOwnNotices } from './own-marks.ts';

export interface Writer {
  readonly role: Role;
  /** The member record of the person who writes; '' for nobody's. */
  readonly memberId: string;
  /** Whether a member record stands for somebody's account, of those who left too. */
  readonly isAccount: (memberId: string) => boolean;
}

export interface WrittenRoom {
  readonly kind: RoomKind | null;
  readonly doc: Y.Doc;
  readonly records: Pick<RoomRecords, 'get'>;
}

export interface WrittenUpdate {
  readonly data: Uint8Array;
  readonly entities: ReadonlySet<string>;
}

const OTHER_PLACE = 'A change was made to a place this server does not know. It was set aside.';

/**
 * Why the update is refused, as a sentence for the person; null when it may be stored. The room must be settled when it is
 * a workspace room: an update builds on what was accepted before it.
 */
export function refusedWrite(
  room: WrittenRoom,
  { data, entities: written }: WrittenUpdate,
  writer: Writer,
): string | null {
  const { kind } = room;
  if (!may(writer.role, 'records')) return kind === notice.room && isOwnMarks(room, data, writer) ? null : READ_ONLY;
  const { role, isAccount } = writer;
  const facts: WriteFacts = { role, isAccount, room: kind ?? '', roomOf };
  if (kind !== 'workspace') return firstRefusal(newKeys(written), facts);
  const changes = changesOf(room.doc, data);
  return changes === null ? OTHER_PLACE : firstRefusal(changes, facts);
}

function isOwnMarks({ doc, records }: WrittenRoom, data: Uint8Array, { memberId }: Writer): boolean {
  const ownerOf = (id: string) => {
    const record = records.get(id);
    return record?.entity === notice.name && typeof record.owner === 'string' ? record.owner : null;
  };
  return memberId !== '' && marksOwnNotices({ doc, ownerOf }, data, memberId);
}

const roomOf = (entity: string): string | undefined =>
  Object.hasOwn(entities, entity) ? entities[entity as keyof typeof entities].room : undefined;

function firstRefusal(changes: Iterable<KeyChange>, facts: WriteFacts): string | null {
  for (const change of changes) {
    const refusal = refusalOf(change, facts);
    if (refusal !== null) return refusal;
  }
  return null;
}

function* newKeys(written: ReadonlySet<string>): Generator<KeyChange> {
  for (const entity of written) yield { entity, id: '', path: '' };
}

/** The records and paths an update would change; null when it changes anything beside records. */
function changesOf(doc: Y.Doc, data: Uint8Array): readonly KeyChange[] | null {
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  const records = copy.getMap<unknown>(RECORDS);
  const changes: KeyChange[] = [];
  let isBesideRecords = false;
  copy.on('afterTransaction', ({ changed }: Y.Transaction) => {
    for (const [type, keys] of changed) {
      if (type !== (records as unknown)) isBesideRecords = true;
      else for (const key of keys) changes.push(keyChange(key ?? ''));
    }
  });
  Y.applyUpdate(copy, data);
  copy.destroy();
  return isBesideRecords ? null : changes;
}

function keyChange(key: string): KeyChange {
  const parsed = parseKey(key);
  return { entity: entityNameOf(parsed.id), id: parsed.id, path: parsed.kind === 'edit' ? parsed.path : '' };
}
