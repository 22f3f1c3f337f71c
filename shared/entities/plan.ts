/** A plan: tasks in order that are started together, for instance "New customer". Its steps are records of their own. */
import { defineEntity } from '../model/entity.ts';
import { hidden, required } from '../model/field.ts';
import { choice, longText, number, ref, text } from '../model/scalar-fields.ts';
import { TASK_TYPES } from './task.ts';

export const plan = defineEntity('plan', {
  label: 'Plan',
  plural: 'Plans',
  room: 'workspace',
  fields: { name: required(text('Name')), about: longText('What it is for') },
  title: (record) => record.name,
});

export const planStep = defineEntity('planStep', {
  label: 'Step',
  plural: 'Steps',
  room: 'workspace',
  fields: {
    plan: ref('Plan', 'plan'),
    title: required(text('Title')),
    type: choice('Type', TASK_TYPES),
    /** Days after the plan was started. */
    afterDays: number('After days', { min: 0, max: 3_650, integer: true }),
    note: longText('Note'),
    rank: hidden(text('Rank')),
  },
  title: (record) => record.title,
});
