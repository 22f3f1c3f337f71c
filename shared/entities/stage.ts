/** One step of a pipeline. Exactly one stage each is `won` and `lost`; those two cannot be deleted. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { required } from '../model/field.ts';
import { choice, number, ref, text } from '../model/scalar-fields.ts';

export const STAGE_TYPES = { open: 'Open', won: 'Won', lost: 'Lost' } as const;
export type StageType = keyof typeof STAGE_TYPES;

/** The eight stage hues of the design tokens (`--stage-*`). */
export const STAGE_HUES = {
  slate: 'Slate',
  sky: 'Sky',
  indigo: 'Indigo',
  plum: 'Plum',
  amber: 'Amber',
  rust: 'Rust',
  won: 'Green',
  lost: 'Charcoal',
} as const;

export const stage = defineEntity('stage', {
  label: 'Stage',
  plural: 'Stages',
  room: 'workspace',
  fields: {
    name: required(text('Name')),
    pipeline: ref('Pipeline', 'pipeline'),
    type: choice('Type', STAGE_TYPES),
    /** Percent, 0 to 100: how likely a deal here is to be won. */
    probability: number('Probability', { min: 0, max: 100 }),
    /** Fractional index within the pipeline; won and lost come last whatever it says. */
    rank: text('Order'),
    hue: choice('Colour', STAGE_HUES),
    /** Days without a change after which a deal here counts as quiet; empty = never. */
    quietAfterDays: number('Quiet after', { min: 1, max: 3650, integer: true }),
  },
  title: (record) => record.name,
});

export type Stage = RecordOf<typeof stage>;
