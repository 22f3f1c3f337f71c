import { cleanup, render, waitFor } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { setPreference } from '../../../shared/commands/reminder-commands.ts';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { makeWhen } from '../../../shared/model/when.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { type Workspace, WorkspaceProvider } from '../../data/workspace.ts';
import { learnClockOffset } from '../../platform/right-now.ts';
import { createReminderClock } from './reminder-clock.ts';

afterEach(() => {
  cleanup();
  learnClockOffset(0);
});

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A minute of UTC. */
function minute(at: number) {
  const text = new Date(at).toISOString();
  return makeWhen(text.slice(0, 10), text.slice(11, 16), 'UTC');
}

/** Texts noted since; what is shown in the app comes into `shown`. */
function start(workspace: Workspace, shown: string[] = []) {
  const Clock = () => {
    createReminderClock({ tellInApp: (text) => shown.push(text) });
    return null;
  };
  render(() => (
    <WorkspaceProvider value={workspace}>
      <Clock />
    </WorkspaceProvider>
  ));
  return () =>
    workspace
      .collection('notice')
      .all()
      .map(({ text }) => text);
}

test('a device whose clock is a day ahead tells today’s reminders and not tomorrow’s', async () => {
  // What was written carries the server's time, whatever the device says.
  let server = Date.now() - DAY - 2 * HOUR;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => server });
  const remind = { reminders: ['m0'] as const };
  workspace.run('Added', (tx) => {
    addTask(tx, { title: 'An hour ago', due: minute(server + HOUR), ...remind });
    addTask(tx, { title: 'In an hour', due: minute(server + 3 * HOUR), ...remind });
  });
  server += 2 * HOUR;
  learnClockOffset(-DAY);
  const told = start(workspace);
  await waitFor(() => expect(told()).toHaveLength(1), { timeout: 5_000 });
  expect(told()[0]).toContain('An hour ago');
});

test('a device that learns late that its clock is right again goes by it', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => Date.now() - HOUR });
  workspace.run('Added', (tx) =>
    addTask(tx, { title: 'Half an hour ago', due: minute(Date.now() - HOUR / 2), reminders: ['m0'] }),
  );
  learnClockOffset(-DAY);
  learnClockOffset(200);
  const told = start(workspace);
  await waitFor(() => expect(told()).toHaveLength(1), { timeout: 5_000 });
});

test('on a clock that is a little behind, a reminder set for its next minute comes', async () => {
  // By the server's clock the minute had passed when the task was written; by the clock on the wall it had not.
  const written = Date.now() - 2 * MINUTE;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => written + 4 * MINUTE });
  workspace.run('Added', (tx) =>
    addTask(tx, { title: 'In a minute', due: minute(written + MINUTE), reminders: ['m0'] }),
  );
  learnClockOffset(4 * MINUTE);
  const told = start(workspace);
  await waitFor(() => expect(told()).toHaveLength(1), { timeout: 5_000 });
});

test('without a line a reminder comes all the same, shown to whoever looks', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => Date.now() - HOUR });
  workspace.run('Added', (tx) =>
    addTask(tx, { title: 'Call Oliver', due: minute(Date.now() - MINUTE), reminders: ['m0'] }),
  );
  const shown: string[] = [];
  start({ ...workspace, sync: { ...workspace.sync, state: () => 'offline' } }, shown);
  await waitFor(() => expect(shown).toEqual([expect.stringContaining('Call Oliver')]), { timeout: 5_000 });
});

test('in quiet hours a reminder waits in the inbox without a word, and is shown when they are over', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => Date.now() - HOUR });
  const clock = (at: number) => new Date(at).toTimeString().slice(0, 5);
  workspace.run('Set', (tx) =>
    setPreference(tx, { quietFrom: clock(Date.now() - HOUR), quietUntil: clock(Date.now() + HOUR) }),
  );
  workspace.run('Added', (tx) =>
    addTask(tx, { title: 'Call Oliver', due: minute(Date.now() - MINUTE), reminders: ['m0'] }),
  );
  const shown: string[] = [];
  const told = start(workspace, shown);
  await waitFor(() => expect(told()).toHaveLength(1), { timeout: 5_000 });
  expect(shown).toEqual([]);
  workspace.run('Set', (tx) => setPreference(tx, { quietFrom: '', quietUntil: '' }));
  // The clock looks again when somebody comes back to the tab.
  document.dispatchEvent(new Event('visibilitychange'));
  await waitFor(() => expect(shown).toHaveLength(1), { timeout: 5_000 });
});

test('a clock that is put forward past the minute of a reminder tells it', async () => {
  const written = Date.now() - 3 * MINUTE;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => written });
  workspace.run('Added', (tx) =>
    addTask(tx, { title: 'In a minute', due: minute(written + MINUTE), reminders: ['m0'] }),
  );
  learnClockOffset(-3 * MINUTE);
  const told = start(workspace);
  await waitFor(() => expect(told()).toHaveLength(1), { timeout: 5_000 });
});
