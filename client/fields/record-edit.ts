/** Writing fields of records from any screen: one command, one undo step, labelled in words. */
import { CommandRefused, type Tx } from '../../shared/commands/command.ts';
import { moveDeals } from '../../shared/commands/deal-commands.ts';
import {
  addElement,
  createRecord,
  deleteRecords,
  editRecords,
  restoreRecords,
} from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { type EntityName, entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import type { Place } from '../../shared/model/place-field.ts';
import type { Workspace } from '../data/workspace.ts';
import { formatPlural } from './format.ts';

/** A company that is made in the same step as the reference to it. */
export interface NewRecord {
  readonly newName: string;
}

export function isNewRecord(value: unknown): value is NewRecord {
  return typeof value === 'object' && value !== null && 'newName' in value;
}

/** The id to write for a chosen or new company; makes the new one. */
export function companyIdOf(tx: Tx, value: string | NewRecord | null): string | null {
  return isNewRecord(value) ? createRecord(tx, { entity: company, values: { name: value.newName } }) : value;
}

/** Sets one field of one or many records. Returns the sentence of a refusal, undefined when it was written. */
export function writeField(
  workspace: Workspace,
  name: EntityName,
  ids: readonly string[],
  field: string,
  value: unknown,
): string | undefined {
  const entity: Entity = entities[name];
  const label = `${fieldLabel(name, field)} of ${describeRecords(workspace, name, ids)} changed`;
  return attempt(() =>
    workspace.run(label, (tx) => {
      if (entity.fields[field]?.kind === 'place') moveDeals(tx, { ids, stageId: (value as Place)[1] });
      else editRecords(tx, { entity, ids, changes: { [field]: isNewRecord(value) ? companyIdOf(tx, value) : value } });
    }),
  );
}

/** Adds one tag (or another element of a set) to many records, keeping what each has. */
export function addToField(
  workspace: Workspace,
  name: EntityName,
  ids: readonly string[],
  field: string,
  element: unknown,
): string | undefined {
  const entity: Entity = entities[name];
  const label = `${String(element)} added to ${describeRecords(workspace, name, ids)}`;
  return attempt(() => workspace.run(label, (tx) => addElement(tx, { entity, ids, field, element })));
}

/** Puts records into the trash; undo and "Restore" bring them back whole. */
export function trashRecords(workspace: Workspace, name: EntityName, ids: readonly string[]): string | undefined {
  const label = `${describeRecords(workspace, name, ids)} deleted`;
  return attempt(() => workspace.run(label, (tx) => deleteRecords(tx, { entity: entities[name], ids })));
}

export function untrashRecords(workspace: Workspace, name: EntityName, ids: readonly string[]): string | undefined {
  const label = `${describeRecords(workspace, name, ids)} restored`;
  return attempt(() => workspace.run(label, (tx) => restoreRecords(tx, { entity: entities[name], ids })));
}

/** `Ingrid Solberg`, or `4 contacts`. */
export function describeRecords(workspace: Workspace, name: EntityName, ids: readonly string[]): string {
  const entity = entities[name];
  const [only] = ids;
  if (only === undefined || ids.length > 1) {
    return formatPlural(ids.length, entity.label.toLowerCase(), entity.plural.toLowerCase());
  }
  const record = workspace.collection(name).peek(only) as AnyRecord | undefined;
  return record ? recordTitle(entities, record) : `a ${entity.label.toLowerCase()}`;
}

function fieldLabel(name: EntityName, field: string): string {
  return (entities[name].fields as Readonly<Record<string, AnyField>>)[field]?.label ?? field;
}

/** Runs something that a command may refuse; the refusal becomes its sentence, everything else is a bug and thrown. */
export function attempt(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    if (error instanceof CommandRefused) return error.message;
    throw error;
  }
}

/** The field's value with one path replaced: the whole value, or one element of a set (null takes it out). */
export function withValue(field: AnyField, before: unknown, element: string | null, value: unknown): unknown {
  if (element === null) return field.accepts(value) ? value : field.initial;
  const elements = (field.accepts(before) ? before : field.initial) as readonly unknown[];
  const others = elements.filter((each) => field.elements?.key(each) !== element);
  return value === null ? others : [...others, value];
}
