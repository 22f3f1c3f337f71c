/** A line of a record's history as a sentence: "Jonas changed Lead source", from what to what. */
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import { type AnyRecord, fieldOf } from '../../../shared/model/entity.ts';
import type { Workspace } from '../../data/workspace.ts';
import { changeWords, isMade, ownTitle } from './change-words.ts';
import type { Change } from './history-api.ts';

export interface LineWords {
  /** What somebody did, behind their name: "changed". */
  readonly verb: string;
  /** To what: "Lead source", "this contact". */
  readonly what: string;
  /** Of what was merged into the record: ", of F. de Boer that was merged"; else ''. */
  readonly of: string;
  readonly before: string;
  readonly after: string;
}

/** The name of a field, without the element of a set that a change is about. */
export const fieldNameOf = ({ field }: Pick<Change, 'field'>): string => field.split(':', 1)[0] ?? '';

/**
 * Somebody decided between two values for the one that was shown: nothing changed. Without the server nobody knows.
 */
export const isSettled = (change: Change): boolean =>
  change.id !== 0 && JSON.stringify(change.old) === JSON.stringify(change.new);

/** `shown`: whose history it is; a change may be one of what was merged into it. */
export function lineWords(workspace: Workspace, change: Change, shown: AnyRecord): LineWords {
  const entity = isEntityName(shown.entity) ? entities[shown.entity] : undefined;
  const noun = `this ${entity?.label.toLowerCase() ?? 'record'}`;
  const merged = change.record === shown.id ? '' : ownTitle(workspace, change.record);
  const of = merged === '' ? '' : `, of ${merged} that was merged`;
  const did = (verb: string, what: string): LineWords => ({ verb, what, of: '', before: '', after: '' });
  const subject = merged === '' ? noun : `${merged}, which was merged`;
  const { field, new: to } = change;

  if (field === '') return isMade(change) ? did('created', subject) : did('removed', `${subject} for good`);
  if (field === 'deleted') return did(to === true ? 'deleted' : 'restored', subject);
  if (field === 'mergedInto') {
    const isMerging = typeof to === 'string';
    if (merged !== '') return isMerging ? did('merged', `${merged} into ${noun}`) : did('took', `${merged} out again`);
    return isMerging ? did('merged', `${noun} into ${ownTitle(workspace, to)}`) : did('took back', 'the merge');
  }
  const name = fieldNameOf(change);
  const label = (entity && fieldOf(entity, name)?.label) ?? name;
  if (isSettled(change)) return { ...did('kept', `${label} as it is`), of };
  const { before, after } = changeWords(workspace, change);
  return { verb: verbOf(change, before, after), what: label, of, before, after };
}

function verbOf(change: Change, before: string, after: string): string {
  const isElement = change.field !== fieldNameOf(change);
  // What only this device knows is without what was there before.
  if (change.id === 0) return isElement && change.new === null ? 'removed' : isElement ? 'added' : 'changed';
  if (before === '') return isElement ? 'added' : 'set';
  if (after === '') return isElement ? 'removed' : 'cleared';
  return 'changed';
}

/** What the button says that puts back what was there before a change. */
export function restoreWords(change: Change, { before, after }: Pick<LineWords, 'before' | 'after'>): string {
  if (before !== '') return `Restore “${before}”`;
  return change.field === fieldNameOf(change) ? 'Make it empty again' : `Take “${after}” out again`;
}
