/**
 * Where a deal is: pipeline, stage and rank as one value, so that a move is atomic: two people who move the
 * same card at once never leave it in the stage of one at the height of the other.
 */
import { type Field, makeField } from './field.ts';
import { ok } from './result.ts';
import { invalid, isIdOf, rawText } from './scalar-fields.ts';

/** `[pipelineId, stageId, rank]`; rank is a fractional index, ordered as plain text, equal ranks by record id. */
export type Place = readonly [pipeline: string, stage: string, rank: string];

const NOWHERE: Place = Object.freeze(['', '', ''] as const);

function isPlace(stored: unknown): stored is Place {
  return Array.isArray(stored) && stored.length === 3 && stored.every((part) => typeof part === 'string');
}

export function place(label: string): Field<Place, 'place'> {
  return makeField<Place, 'place'>({
    kind: 'place',
    label,
    initial: NOWHERE,
    accepts: isPlace,
    parse: (raw) => {
      const parts = isPlace(raw) ? raw : rawText(raw).trim().split('/');
      const [pipeline = '', stage = '', rank = ''] = parts;
      if (parts.every((part) => part === '')) return ok(NOWHERE);
      const known = isIdOf('pipeline', pipeline) && isIdOf('stage', stage) && /^[0-9A-Za-z]*$/.test(rank);
      return known
        ? ok(Object.freeze([pipeline, stage, rank] as const))
        : invalid(`${label} must be pipeline/stage/rank.`);
    },
    toText: (value) => (value[1] === '' ? '' : value.join('/')),
    sortKey: (value) => (value[1] === '' ? null : value.join('/')),
  });
}
