/** A way of selling: an ordered set of stages. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { required } from '../model/field.ts';
import { text } from '../model/scalar-fields.ts';

export const pipeline = defineEntity('pipeline', {
  label: 'Pipeline',
  plural: 'Pipelines',
  room: 'workspace',
  fields: {
    name: required(text('Name')),
    /** Fractional index among the pipelines. */
    rank: text('Order'),
  },
  title: (record) => record.name,
});

export type Pipeline = RecordOf<typeof pipeline>;
