import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { addPlan, addPlanStep } from '../../../shared/commands/plan-commands.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { PlansSection } from './plans-section.tsx';

beforeAll(loadLateParts);
afterEach(cleanup);

function setupPlans({ role = 'owner' }: { role?: 'owner' | 'viewer' } = {}) {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  workspace.arrange((tx) => {
    const planId = addPlan(tx, { name: 'New customer', step: 'Welcome call' });
    addPlanStep(tx, { planId, title: 'Send the contract' });
  });
  render(() => (
    <WorkspaceProvider value={workspace}>
      <PlansSection />
    </WorkspaceProvider>
  ));
  return { workspace };
}

const titles = () => screen.getAllByRole('button', { name: /^Step, / }).map((button) => button.textContent);

const isFocused = (name: string) =>
  waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name })));

test('steps are put into order by keys, and the keys stay with them', () => {
  setupPlans();
  const call = screen.getByRole('button', { name: 'Step, Welcome call' });
  call.focus();
  fireEvent.keyDown(call, { key: 'ArrowDown', altKey: true });
  expect(titles()).toEqual(['Send the contract', 'Welcome call']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Step, Welcome call' }));
  fireEvent.keyDown(call, { key: 'ArrowDown', altKey: true });
  expect(titles()).toEqual(['Send the contract', 'Welcome call']);
});

test('a day that is none stays in the field with what to type; a week is seven days', () => {
  const { workspace } = setupPlans();
  fireEvent.click(screen.getByRole('button', { name: 'Due, Send the contract, At once' }));
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Due, Send the contract' });
  fireEvent.input(field, { target: { value: 'soon' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(screen.getByText(/Type a number of days/)).toBeTruthy();
  fireEvent.input(field, { target: { value: '1 week' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(screen.getByRole('button', { name: 'Due, Send the contract, After 7 days' })).toBeTruthy();
  const step = workspace
    .collection('planStep')
    .all()
    .find((each) => each.title === 'Send the contract');
  expect(step?.afterDays).toBe(7);
});

test('steps and plans are added, ready to be named, and undo takes them back', async () => {
  const { workspace } = setupPlans();
  fireEvent.click(screen.getByRole('button', { name: 'Add a step to New customer' }));
  expect(titles()).toEqual(['Welcome call', 'Send the contract', 'New step']);
  await isFocused('Step, New step');
  fireEvent.click(screen.getByRole('button', { name: 'Add a plan' }));
  await isFocused('Plan name, New plan');
  await workspace.undo();
  expect(screen.queryByRole('button', { name: 'Plan name, New plan' })).toBeNull();
});

test('who may not change settings reads the plans', () => {
  setupPlans({ role: 'viewer' });
  expect(screen.getByRole('button', { name: 'Step, Welcome call' }).hasAttribute('disabled')).toBe(true);
  expect(screen.queryByRole('button', { name: 'Add a plan' })).toBeNull();
  expect(screen.queryByRole('button', { name: 'More about Welcome call' })).toBeNull();
});
