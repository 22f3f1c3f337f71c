/**
 * What ours is held against: the usual way with Yjs, a `Y.Map` per record inside one `Y.Map`. Written as an app would
 * that wants the same merges: plain values in fields, and set-like fields as a `Y.Map` of their elements, so that two
 * people who add different tags both keep theirs. That map is there from the start, also when it is empty: where two
 * people each made one later, one of the two would be lost with what is in it. Other fields that say nothing are left
 * out, as ours leaves them out. Reading makes the same records, by id: every field in place, what a field does not
 * accept read as its initial value.
 */
import * as Y from 'yjs';
import { entities, type Registry } from '../shared/entities/registry.ts';
import { type Entity, META_FIELDS } from '../shared/model/entity.ts';
import type { AnyField } from '../shared/model/field.ts';
import { entityNameOf } from '../shared/model/id.ts';

type Values = Readonly<Record<string, unknown>>;

/** `rows` are records as they are stored: only what differs from the initial values. */
export function nestedDocument(rows: Iterable<{ id: string; createdAt: number; values: Values }>): Y.Doc {
  const doc = new Y.Doc();
  doc.transact(() => {
    const records = doc.getMap('records');
    for (const { id, createdAt, values } of rows) {
      const fields = fieldsOf(id);
      const record = new Y.Map<unknown>([['createdAt', createdAt]]);
      for (const [name, field] of fields) {
        const { elements: shape } = field;
        const value = values[name] ?? field.initial;
        if (shape) record.set(name, new Y.Map((value as readonly unknown[]).map((each) => [shape.key(each), each])));
        else if (name in values) record.set(name, value);
      }
      records.set(id, record);
    }
  });
  return doc;
}

/** Every record of the document as a plain object to query, by id. */
export function nestedRecords(doc: Y.Doc): ReadonlyMap<string, Values> {
  const made = new Map<string, Values>();
  doc.getMap<Y.Map<unknown>>('records').forEach((stored, id) => {
    const createdAt = stored.get('createdAt');
    const record: Record<string, unknown> = { id, entity: entityNameOf(id), createdAt, updatedAt: createdAt };
    for (const [name, field] of fieldsOf(id)) {
      const value = stored.get(name);
      const plain = value instanceof Y.Map ? [...value.values()] : value;
      record[name] = plain !== undefined && field.accepts(plain) ? plain : field.initial;
    }
    record.extra = null;
    made.set(id, record);
  });
  return made;
}

const fieldMaps = new Map<string, ReadonlyMap<string, AnyField>>();

function fieldsOf(id: string): ReadonlyMap<string, AnyField> {
  const name = entityNameOf(id);
  let fields = fieldMaps.get(name);
  if (!fields) {
    const entity: Entity | undefined = (entities as Registry)[name];
    fields = new Map(Object.entries<AnyField>({ ...META_FIELDS, ...entity?.fields }));
    fieldMaps.set(name, fields);
  }
  return fields;
}
