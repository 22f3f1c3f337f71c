import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { addDays } from '../../../shared/model/day.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { currentDay } from '../reference.ts';
import { type TaskDraft, TaskForm } from './task-form.tsx';

afterEach(cleanup);

const type = (name: string, value: string) =>
  fireEvent.input(screen.getByRole('textbox', { name }), { target: { value } });
const check = (name: string) => fireEvent.click(screen.getByRole('checkbox', { name }));

function setup(draft: (workspace: ReturnType<typeof createMemoryWorkspace>) => TaskDraft = () => ({})) {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const onClose = vi.fn();
  const begin = draft(workspace);
  showPage(workspace, () => <TaskForm draft={begin} onClose={onClose} />);
  return { workspace, onClose, tasks: () => workspace.collection('task').all() };
}

test('a day that cannot be read is refused in words and nothing that was typed is lost', () => {
  const { onClose, tasks } = setup();
  type('What is to be done', 'Call Oliver');
  type('Due', 'next blursday');
  fireEvent.click(screen.getByRole('button', { name: /^Add/ }));
  screen.getByText(/^Due needs a date like 27 Nov/);
  expect(tasks()).toEqual([]);
  expect(onClose).not.toHaveBeenCalled();
  type('Due', 'tomorrow 15:00');
  fireEvent.click(screen.getByRole('button', { name: /^Add/ }));
  expect(tasks()).toMatchObject([{ title: 'Call Oliver', type: 'todo' }]);
  expect(tasks()[0]?.due).toContain(`${addDays(currentDay(), 1)}T15:00`);
  expect(onClose).toHaveBeenCalledOnce();
});

test('several reminders are chosen; those that will not come say so while they are chosen', () => {
  const { tasks } = setup();
  type('What is to be done', 'Call Oliver');
  check('At the time');
  screen.getByText('A reminder needs a due day to count from.');
  type('Due', 'tomorrow 15:00');
  expect(screen.queryByText('A reminder needs a due day to count from.')).toBeNull();
  check('1 week before');
  screen.getByText('1 of these has passed and will not come.');
  check('1 week before');
  check('1 hour before');
  fireEvent.click(screen.getByRole('button', { name: /^Add/ }));
  expect(tasks()).toMatchObject([{ reminders: ['m0', 'h1'] }]);
});

test('the next step finishes the one before it, and goes on from it', () => {
  let first = '';
  const { tasks } = setup((workspace) => {
    first = workspace.arrange((tx) => addTask(tx, { title: 'Call Oliver', type: 'call', due: currentDay() }));
    const after = workspace.collection('task').peek(first);
    return after ? { after } : {};
  });
  type('What is to be done', 'Send two quotes');
  type('Due', 'tomorrow');
  fireEvent.click(screen.getByRole('button', { name: /^Add/ }));
  const next = tasks().find(({ id }) => id !== first);
  expect(tasks().find(({ id }) => id === first)?.doneAt).toBeGreaterThan(0);
  expect(next).toMatchObject({ title: 'Send two quotes', type: 'call', due: addDays(currentDay(), 1), after: first });
});
