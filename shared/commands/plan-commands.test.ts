import { expect, test } from 'vitest';
import { plan, planStep } from '../entities/plan.ts';
import { task } from '../entities/task.ts';
import { aReplica } from '../testing/replica.ts';
import { CommandRefused } from './command.ts';
import {
  addPlan,
  addPlanStep,
  deletePlan,
  deletePlanStep,
  editPlan,
  editPlanStep,
  movePlanStep,
} from './plan-commands.ts';
import { startPlan, stepsOf } from './task-commands.ts';

function setupPlan() {
  const { run } = aReplica('ana', { wall: () => Date.parse('2026-11-22T10:00:00Z') });
  const planId = run((tx) => addPlan(tx, { name: 'New customer', step: 'Welcome call' })).result;
  const add = (title: string) => run((tx) => addPlanStep(tx, { planId, title })).result;
  const steps = () => run((tx) => stepsOf(tx.all(planStep), planId)).result;
  return { run, planId, add, steps, titles: () => steps().map(({ title }) => title) };
}

test('steps are added at the end, put into order, changed and taken away', () => {
  const { run, add, steps, titles } = setupPlan();
  const contract = add('Send the contract');
  const invoice = add('Send the invoice');
  expect(titles()).toEqual(['Welcome call', 'Send the contract', 'Send the invoice']);
  run((tx) => movePlanStep(tx, { id: invoice, position: 0 }));
  expect(titles()).toEqual(['Send the invoice', 'Welcome call', 'Send the contract']);
  run((tx) => movePlanStep(tx, { id: invoice, position: 2 }));
  run((tx) => editPlanStep(tx, { id: contract, changes: { type: 'email', afterDays: 3 } }));
  expect(steps().map(({ title, type, afterDays }) => [title, type, afterDays])).toEqual([
    ['Welcome call', 'todo', 0],
    ['Send the contract', 'email', 3],
    ['Send the invoice', 'todo', 0],
  ]);
  expect(steps().at(-1)?.id).toBe(invoice);
  run((tx) => deletePlanStep(tx, { id: contract }));
  expect(titles()).toEqual(['Welcome call', 'Send the invoice']);
});

test('a new step falls due with the one before it', () => {
  const { run, add, steps } = setupPlan();
  const [first] = steps();
  run((tx) => editPlanStep(tx, { id: first?.id ?? '', changes: { afterDays: 7 } }));
  add('Ask how it goes');
  expect(steps().at(-1)?.afterDays).toBe(7);
});

test('a plan that is deleted takes its steps along, and leaves the tasks that were made of it', () => {
  const { run, planId } = setupPlan();
  run((tx) => editPlan(tx, { id: planId, changes: { name: 'Onboarding' } }));
  const [made] = run((tx) => startPlan(tx, { planId, about: [] })).result;
  run((tx) => deletePlan(tx, { id: planId }));
  expect(run((tx) => [[...tx.all(plan)].length, [...tx.all(planStep)].length]).result).toEqual([0, 0]);
  expect(run((tx) => tx.get(task, made ?? '')?.title).result).toBe('Welcome call');
  expect(() => run((tx) => startPlan(tx, { planId, about: [] }))).toThrow(CommandRefused);
});
