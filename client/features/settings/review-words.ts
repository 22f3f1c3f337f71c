/** Changes that wait for a decision, in words. Pure. */
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import { fieldOf } from '../../../shared/model/entity.ts';
import { fieldText, type TextContext } from '../../fields/field-text.ts';
import type { HeldChange } from './review-api.ts';

export interface ReviewLine {
  /** What it is about: `Deal “Cold rooms”`. */
  readonly about: string;
  /** `Value: €12,000 → €15,000`, `Added`, `Deleted`. */
  readonly what: string;
}

export function reviewLine(change: HeldChange, context: TextContext): ReviewLine {
  const entity = isEntityName(change.entity) ? entities[change.entity] : undefined;
  const about = `${entity?.label ?? 'Record'} “${change.title || 'Untitled'}”`;
  if (change.field === '') return { about, what: 'Added' };
  if (change.field === 'deleted') return { about, what: change.new === true ? 'Deleted' : 'Restored' };
  const field = entity && fieldOf(entity, change.field);
  if (!field) return { about, what: `${change.field} changed` };
  const text = (value: unknown) => {
    if (value === null || value === undefined) return '';
    // One element of a set-like field is written as the set it would be alone.
    return fieldText(field, change.element === null ? value : [value], context);
  };
  const [before, after] = [text(change.old), text(change.new)];
  if (after === '')
    return { about, what: before === '' ? `${field.label} changed` : `${field.label}: ${before} removed` };
  return { about, what: before === '' ? `${field.label}: ${after}` : `${field.label}: ${before} → ${after}` };
}
