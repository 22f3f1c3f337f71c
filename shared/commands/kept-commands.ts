/** Deciding between values that two people wrote apart. After it there is one, above all that were seen. */
import type { AnyRecord, Changes, Entity } from '../model/entity.ts';
import { fieldOf } from '../model/entity.ts';
import type { KeptChoice, KeptOption } from '../query/kept-values.ts';
import { splitPath } from '../sync/record-keys.ts';
import { mustGet, type Tx } from './command.ts';

export interface Decision {
  readonly entity: Entity;
  readonly id: string;
  readonly choice: KeptChoice;
  /** `all`: what is shown stays as it is, all of the elements that stand in the place of one included. */
  readonly use: KeptOption | 'all';
}

export function decideKept(tx: Tx, { entity, id, choice, use }: Decision): void {
  const record = mustGet(tx, entity, id) as unknown as AnyRecord;
  const value = use === 'all' ? undefined : valueAfter(entity, record, choice, use);
  if (value !== undefined) tx.patch(entity, id, { [choice.field]: value } as Changes<Entity>);
  tx.settle(entity, id, choice.path);
}

/** The whole value of the field once an option is used. */
function valueAfter(entity: Entity, record: AnyRecord, choice: KeptChoice, use: KeptOption): unknown {
  const field = fieldOf(entity, choice.field);
  const { element } = splitPath(choice.path);
  if (!field?.elements || element === null) return use.value;
  const { key } = field.elements;
  const left = (record[choice.field] as readonly unknown[]).filter((each) => key(each) !== element);
  if (choice.kind === 'element') return use.value === null ? left : [...left, use.value];
  const others = new Set(choice.options.filter(({ stamp }) => stamp !== use.stamp).map(({ value }) => key(value)));
  others.delete(key(use.value));
  return left.filter((each) => !others.has(key(each)));
}
