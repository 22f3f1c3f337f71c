import { cleanup, render, waitFor } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { makeWhen } from '../../../shared/model/when.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { createReminderClock } from './reminder-clock.ts';

afterEach(cleanup);

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** A minute of UTC. */
function minute(at: number) {
  const text = new Date(at).toISOString();
  return makeWhen(text.slice(0, 10), text.slice(11, 16), 'UTC');
}

test('reminders come at the minute of the server, whatever the clock of the device says', async () => {
  // The device is a day ahead, and was told so.
  let ahead = DAY_MS + 2 * HOUR_MS;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => Date.now() - ahead });
  const remind = { reminders: ['m0'] as const };
  const written = workspace.now();
  workspace.run('Added', (tx) => {
    addTask(tx, { title: 'An hour ago', due: minute(written + HOUR_MS), ...remind });
    addTask(tx, { title: 'In an hour', due: minute(written + 3 * HOUR_MS), ...remind });
  });
  // Two hours go by.
  ahead = DAY_MS;
  const told: string[] = [];
  const Clock = () => {
    createReminderClock({ tellInApp: (text) => told.push(text) });
    return null;
  };
  render(() => (
    <WorkspaceProvider value={workspace}>
      <Clock />
    </WorkspaceProvider>
  ));
  const notices = () => workspace.collection('notice').all();
  await waitFor(() => expect(notices()).toHaveLength(1), { timeout: 5_000 });
  expect(notices().map(({ text }) => text)).toEqual([expect.stringContaining('An hour ago')]);
});
