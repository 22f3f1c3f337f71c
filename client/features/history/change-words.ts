/** A change in words: which field, from what to what; and what a whole action was. */
import { entities, isEntityName, recordTitle } from '../../../shared/entities/registry.ts';
import { type AnyRecord, type Entity, fieldOf } from '../../../shared/model/entity.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import type { Workspace } from '../../data/workspace.ts';
import { fieldText } from '../../fields/field-text.ts';
import { formatPlural } from '../../fields/format.ts';
import { followReference, textContext } from '../../fields/reference.ts';
import type { Action, Change } from './history-api.ts';

export interface ChangeWords {
  /** "Stage", "Tag", "Made". */
  readonly what: string;
  /** '' when there was nothing. */
  readonly before: string;
  readonly after: string;
}

/** Fields whose changes follow from others and tell nobody anything. */
const SILENT: ReadonlySet<string> = new Set(['stages', 'batch', 'sourceId', 'rank']);

/** What one person is told of and how: nobody else’s news. */
const PERSONAL: ReadonlySet<string> = new Set(['notice', 'noticeChoice', 'preference']);

/** Whether a change is worth a line. A move that only changed a card's place in its column is not. */
export function isTold(change: Pick<Change, 'record' | 'field' | 'old' | 'new'>): boolean {
  if (PERSONAL.has(entityNameOf(change.record))) return false;
  const name = change.field.split(':', 1)[0] ?? '';
  if (name === 'place') return stageIn(change.old) !== stageIn(change.new);
  return !SILENT.has(name);
}

const stageIn = (place: unknown): unknown => (Array.isArray(place) ? place[1] : undefined);

export function changeWords(workspace: Workspace, change: Change): ChangeWords {
  const name = entityNameOf(change.record);
  const entity: Entity | undefined = isEntityName(name) ? entities[name] : undefined;
  if (change.field === '') {
    return isMade(change)
      ? { what: 'Made', before: '', after: '' }
      : { what: 'Removed for good', before: '', after: '' };
  }
  if (change.field === 'deleted') {
    return { what: change.new === true ? 'Deleted' : 'Restored', before: '', after: '' };
  }
  if (change.field === 'mergedInto') {
    const into = typeof change.new === 'string' ? ownTitle(workspace, change.new) : '';
    return { what: into === '' ? 'Merge taken back' : 'Merged into', before: '', after: into };
  }
  const [fieldName = ''] = change.field.split(':', 1);
  const field = entity && fieldOf(entity, fieldName);
  const label = field?.label ?? fieldName;
  if (!field) return { what: label, before: textOf(change.old), after: textOf(change.new) };
  const context = textContext(workspace);
  const isSettled = JSON.stringify(change.old) === JSON.stringify(change.new);
  const isElement = change.field !== fieldName;
  const say = (value: unknown) => (value === null ? '' : fieldText(field, isElement ? [value] : value, context));
  // Somebody decided between two values for the one that was shown.
  if (isSettled) return { what: `${label}, kept as it is`, before: '', after: '' };
  return { what: label, before: say(change.old), after: say(change.new) };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What was removed for good has no stamp, and its values are gone. */
export const isMade = (change: Change): boolean => change.field === '' && change.old === null && change.stamp !== '';

/** What one action did: "Route planner: Stage, Close date", "214 changes of 107 records". */
export function actionWords(
  workspace: Workspace,
  action: Pick<Action, 'sample' | 'changes' | 'records' | 'made'>,
): string {
  const { sample: changes } = action;
  const merge = mergeWords(workspace, changes);
  if (merge !== undefined) return merge;
  const told = changes.filter(isTold);
  const records = [...new Set(told.map((change) => change.record))];
  const [first] = records;
  if (action.changes > changes.length) return countsInWords(action);
  if (first === undefined) return 'Order of cards';
  const made = told.filter(isMade).length;
  if (records.length === 1) {
    const title = followReference(workspace, first).title;
    if (made > 0) return `${title}: made`;
    const fields = [...new Set(told.map((change) => changeWords(workspace, change).what))];
    return `${title}: ${fields.slice(0, 3).join(', ')}${fields.length > 3 ? ` and ${fields.length - 3} more` : ''}`;
  }
  return countsInWords({ changes: told.length, records: records.length, made });
}

function countsInWords({ changes, records, made }: Pick<Action, 'changes' | 'records' | 'made'>): string {
  const what = formatPlural(records, 'record', 'records');
  return made === changes ? `${what} made` : `${formatPlural(changes, 'change', 'changes')} of ${what}`;
}

const isMerge = (change: Change): boolean => change.field === 'mergedInto' && typeof change.new === 'string';
const isUnmerge = (change: Change): boolean =>
  change.field === 'mergedInto' && change.new === null && typeof change.old === 'string';

/** "Jane Roe merged into Jane Doe"; undefined for what is no merging. */
function mergeWords(workspace: Workspace, changes: readonly Change[]): string | undefined {
  const merged = changes.filter(isMerge);
  const parted = changes.filter(isUnmerge);
  const [first] = merged.length > 0 ? merged : parted;
  if (first === undefined) return undefined;
  const own = merged.length > 0 ? merged : parted;
  const who =
    own.length > 2
      ? formatPlural(own.length, 'record', 'records')
      : own.map(({ record }) => ownTitle(workspace, record)).join(' and ');
  if (merged.length > 0) return `${who} merged into ${ownTitle(workspace, String(first.new))}`;
  return `${who} no longer merged with ${ownTitle(workspace, String(first.old))}`;
}

/** What a record itself is called, also where another one stands for it. */
export function ownTitle(workspace: Workspace, id: string): string {
  const name = entityNameOf(id);
  const record = isEntityName(name) ? (workspace.collection(name).peek(id) as AnyRecord | undefined) : undefined;
  return (record && recordTitle(entities, record)) || followReference(workspace, id).title;
}

/** The kind of an action, from what it touched. */
export function actionKind({ sample, by, records, made, putBack }: Omit<Action, 'id' | 'at'>): ActionKind {
  if (sample.some((change) => isMerge(change) || isUnmerge(change))) return 'merge';
  if (by === null) return 'automatic';
  if (putBack) return 'undo';
  if (made > 5) return 'import';
  return records > 1 && made < records ? 'bulk' : 'edit';
}

export const ACTION_KINDS = {
  edit: 'Edit',
  bulk: 'Bulk edit',
  import: 'Import',
  merge: 'Merge',
  undo: 'Put back',
  automatic: 'Automatic',
} as const;

export type ActionKind = keyof typeof ACTION_KINDS;
