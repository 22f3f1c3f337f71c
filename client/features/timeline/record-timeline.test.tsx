import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { logActivity, pinActivities } from '../../../shared/commands/activity-commands.ts';
import { deleteRecords, editRecords, restoreRecords } from '../../../shared/commands/record-commands.ts';
import { addTask } from '../../../shared/commands/task-commands.ts';
import { activity } from '../../../shared/entities/activity.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { addDays } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { currentDay } from '../../fields/reference.ts';
import { showPage } from '../../testing/show-page.tsx';
import { loadLateParts } from '../../ui/late.tsx';
import { RecordTimeline } from './record-timeline.tsx';
import '../../testing/jsdom-parts.ts';

// jsdom lays nothing out.
globalThis.ResizeObserver ??= class {
  observe() {
    return undefined;
  }
  unobserve() {
    return undefined;
  }
  disconnect() {
    return undefined;
  }
};
Element.prototype.scrollTo ??= () => undefined;

beforeAll(loadLateParts);
beforeEach(() => localStorage.clear());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

function setupIngrid({ role = 'owner', entries = 0 }: { role?: 'owner' | 'viewer'; entries?: number } = {}) {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  const id = workspace.arrange((tx) => {
    const made = tx.insert(contact, { firstName: 'Ingrid', lastName: 'Solberg' });
    for (let index = 0; index < entries; index++) {
      tx.insert(activity, { kind: 'call', body: `Call ${index}`, about: [made], at: tx.now - index * 3_600_000 });
    }
    return made;
  });
  const show = (path = '/', entity: 'contact' | 'company' = 'contact', shown: string = id) => {
    const record = () => workspace.collection(entity).byIdInTrash(shown) as unknown as AnyRecord;
    return showPage(workspace, () => <RecordTimeline record={record()} />, path);
  };
  return { workspace, id, show };
}

test('what is logged anywhere appears in the feed, and its correction too', () => {
  const { workspace, id, show } = setupIngrid();
  show();
  expect(screen.getByText('This contact was added')).toBeTruthy();
  const callId = workspace.run('Call saved', (tx) =>
    logActivity(tx, { kind: 'call', body: 'Friday noon', about: [id], outcome: 'reached', duration: 720 }),
  );
  const call = screen.getByText('Friday noon').closest('article') as HTMLElement;
  expect(within(call).getByText('Reached')).toBeTruthy();
  expect(within(call).getByText('12 min')).toBeTruthy();
  workspace.run('Call changed', (tx) => tx.patch(activity, callId, { body: 'Thursday noon' }));
  expect(screen.getByText('Thursday noon')).toBeTruthy();
  expect(screen.queryByText('Friday noon')).toBeNull();
});

test('a call that no person is named with was taken or made, about what it names', () => {
  const { workspace, show } = setupIngrid();
  const halden = workspace.arrange((tx) => {
    const made = tx.insert(company, { name: 'Halden Foods' });
    const vans = tx.insert(deal, { title: 'Van loggers' });
    tx.insert(activity, { kind: 'call', direction: 'in', body: 'More vans', about: [made, vans], at: tx.now });
    tx.insert(activity, { kind: 'email', direction: 'out', body: 'The offer', about: [made], at: tx.now });
    return made;
  });
  show('/', 'company', halden);
  const entry = (words: string) => screen.getByText(words).closest('article')?.textContent?.replace(/\s+/g, ' ');
  expect(entry('More vans')).toContain('took a call about Van loggers');
  // Named once.
  expect(entry('More vans')).not.toContain('With');
  expect(entry('The offer')).toContain('wrote an email');
});

test('an e-mail is by who its head says wrote it, not by the person on whose page it lies', () => {
  const { workspace, id, show } = setupIngrid();
  workspace.arrange((tx) => {
    const made = tx.insert(contact, {
      firstName: 'Ada',
      emails: [{ value: 'ada@berg.se', label: '', primary: true }],
    });
    const mail = { kind: 'email', direction: 'in', at: tx.now } as const;
    tx.insert(activity, { ...mail, body: 'From a stranger', from: 'The fair <info@fair.example>', about: [id] });
    tx.insert(activity, { ...mail, body: 'From Ada', from: 'Ada Berg <Ada@Berg.se>', about: [id, made] });
    tx.insert(activity, { ...mail, body: 'Written down by hand', about: [id] });
  });
  show();
  const entry = (words: string) => screen.getByText(words).closest('article')?.textContent?.replace(/\s+/g, ' ');
  expect(entry('From a stranger')).toContain('The fair wrote');
  expect(entry('From Ada')).toContain('Ada wrote');
  expect(entry('Written down by hand')).toContain('Ingrid wrote');
});

test('a call is written down with the composer; what is wrong with it stays and says why', async () => {
  const { workspace, show } = setupIngrid();
  show();
  fireEvent.click(screen.getByRole('tab', { name: 'Call' }));
  fireEvent.input(screen.getByLabelText('What was said'), { target: { value: 'Friday noon' } });
  const duration = screen.getByLabelText('Duration');
  fireEvent.input(duration, { target: { value: 'a while' } });
  // The same box as before: whoever types in it keeps the focus.
  expect(screen.getByLabelText('Duration')).toBe(duration);
  fireEvent.click(screen.getByRole('button', { name: /^Log call/ }));
  expect(await screen.findByText('Write minutes, or 1 h 20 min.')).toBeTruthy();
  expect(workspace.collection('activity').count()).toBe(0);
  fireEvent.input(screen.getByLabelText('Duration'), { target: { value: '12' } });
  fireEvent.click(screen.getByRole('button', { name: /^Log call/ }));
  expect(await screen.findByText('12 min')).toBeTruthy();
  expect((screen.getByLabelText('What was said') as HTMLTextAreaElement).value).toBe('');
});

test('an e-mail, a meeting and a task are written down by keys alone', async () => {
  const { workspace, id, show } = setupIngrid();
  show();
  const fill = (label: string, value: string) => fireEvent.input(screen.getByLabelText(label), { target: { value } });
  const save = () => fireEvent.keyDown(document.activeElement as Element, { key: 'Enter', ctrlKey: true });

  fireEvent.keyDown(document.body, { key: 'e' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Subject')));
  fill('Subject', 'Revised quote');
  save();
  expect(await screen.findByText('“Revised quote”')).toBeTruthy();

  (document.activeElement as HTMLElement).blur();
  fireEvent.keyDown(document.body, { key: 'm' });
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Subject')));
  fill('What was agreed', 'Two depots in one contract');
  fill('Duration', '1 h 30');
  fill('When', 'yesterday 14:30');
  save();
  const meeting = (await screen.findByText('Two depots in one contract')).closest('article') as HTMLElement;
  expect(meeting.textContent).toContain('1 h 30 min');

  screen.getByRole('tab', { name: 'Meeting' }).focus();
  fireEvent.keyDown(document.activeElement as Element, { key: 'ArrowRight' });
  expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Task' }));
  save();
  expect(await screen.findByText('Say what is to be done.')).toBeTruthy();
  fill('What is to be done', 'Send the quote');
  fill('Due', 'tomorrow');
  save();
  await waitFor(() => expect(workspace.collection('task').count()).toBe(1));
  const [task] = workspace.collection('task').all();
  expect(task).toMatchObject({ title: 'Send the quote', due: addDays(currentDay(), 1), about: [id] });
});

test('the timer of a call goes on while its page is left, and is the duration when it is stopped', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2026, 10, 23, 9) });
  const { show } = setupIngrid();
  const { unmount } = show();
  fireEvent.click(screen.getByRole('tab', { name: 'Call' }));
  fireEvent.click(screen.getByRole('button', { name: 'Start timer' }));
  unmount();
  vi.setSystemTime(Date.now() + 725_000);
  show();
  fireEvent.click(screen.getByRole('button', { name: 'Stop at 12:05' }));
  expect((screen.getByLabelText('Duration') as HTMLInputElement).value).toBe('12:05');
  expect(screen.getByRole('button', { name: 'Start timer' })).toBeTruthy();
});

test('what somebody is writing is there again when the record was deleted meanwhile and comes back', () => {
  const { workspace, id, show } = setupIngrid();
  show();
  fireEvent.click(screen.getByRole('tab', { name: 'Call' }));
  fireEvent.input(screen.getByLabelText('What was said'), { target: { value: 'Friday noon' } });
  const of = { entity: contact, ids: [id] };
  workspace.run('Ingrid deleted', (tx) => deleteRecords(tx, of));
  expect(screen.queryByRole('form', { name: 'Add to the timeline' })).toBeNull();
  workspace.run('Ingrid restored', (tx) => restoreRecords(tx, of));
  expect((screen.getByLabelText('What was said') as HTMLTextAreaElement).value).toBe('Friday noon');
});

test('one entry about several records stands on the page of each, and names the others', () => {
  const { workspace, id, show } = setupIngrid();
  const halden = workspace.arrange((tx) => {
    const made = tx.insert(company, { name: 'Halden Foods' });
    const per = tx.insert(contact, { firstName: 'Per', lastName: 'Haugen' });
    logActivity(tx, { kind: 'meeting', body: 'Site walk', about: [id, per, made] });
    return made;
  });
  const words = () => screen.getByText('Site walk').closest('article')?.textContent?.replace(/\s+/g, ' ');
  show();
  expect(words()).toMatch(/met Ingrid.*With ?Per Haugen ?Halden Foods$/);
  cleanup();
  show('/', 'company', halden);
  expect(words()).toMatch(/met Ingrid.*With ?Per Haugen$|met Per.*With ?Ingrid Solberg$/);
});

test('yesterday is said by the heading and the time by the line; what is pinned says both days by name', () => {
  const { workspace, id, show } = setupIngrid();
  const yesterday = new Date(new Date().setHours(9, 40, 0, 0));
  yesterday.setDate(yesterday.getDate() - 1);
  const at = yesterday.getTime();
  const [, pinned] = workspace.arrange((tx) =>
    ['By phone', 'By post'].map((body) => logActivity(tx, { kind: 'call', body, about: [id], at })),
  );
  workspace.run('Call pinned', (tx) => pinActivities(tx, { ids: [pinned ?? ''], pinned: true }));
  show();
  const whenOf = (body: string) => screen.getByText(body).closest('article')?.querySelector('time')?.textContent;
  expect(whenOf('By phone')).toMatch(/9:40/);
  expect(whenOf('By post')).toBe('Yesterday');
  const headings = screen.getAllByRole('heading', { level: 3 }).map((each) => each.textContent);
  expect(headings).toEqual(['Pinned', 'Today', 'Yesterday']);
});

test('an entry is pinned from its menu, stands first, and undo takes that back', async () => {
  const { workspace, id, show } = setupIngrid();
  workspace.arrange((tx) => logActivity(tx, { kind: 'note', body: 'Door code 4711', about: [id] }));
  show();
  fireEvent.keyDown(await screen.findByRole('button', { name: 'More for this note' }), { key: 'Enter' });
  const item = await screen.findByRole('menuitem', { name: 'Pin to the top' });
  fireEvent.pointerUp(item, { button: 0, pointerType: 'mouse' });
  fireEvent.click(item);
  expect(screen.getAllByRole('heading', { level: 3 })[0]?.textContent).toBe('Pinned');
  await workspace.undo();
  expect(screen.queryByRole('heading', { name: 'Pinned' })).toBeNull();
});

test('the words of a timeline are searched without their accents; nothing found offers all of it again', () => {
  const { workspace, id, show } = setupIngrid();
  workspace.arrange((tx) => {
    logActivity(tx, { kind: 'note', body: 'Zürich depot', about: [id] });
    logActivity(tx, { kind: 'call', body: 'Oslo office', about: [id] });
  });
  show();
  fireEvent.click(screen.getByRole('button', { name: 'Search this timeline' }));
  const box = screen.getByRole('searchbox', { name: 'Search this timeline' });
  fireEvent.input(box, { target: { value: 'depot zurich' } });
  expect(screen.getByText('Zürich depot')).toBeTruthy();
  expect(screen.queryByText('Oslo office')).toBeNull();
  fireEvent.input(box, { target: { value: 'Bergen' } });
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(screen.getByText('Oslo office')).toBeTruthy();
  expect(screen.queryByRole('searchbox')).toBeNull();
});

test('a field that was changed is a line of its own: who, which, and to what', () => {
  const { workspace, id, show } = setupIngrid();
  workspace.run('Job title changed', (tx) =>
    editRecords(tx, { entity: contact, ids: [id], changes: { jobTitle: 'Head of Cold Chain' } }),
  );
  show();
  fireEvent.click(screen.getByRole('radio', { name: 'Changes' }));
  const line = screen.getByText('Head of Cold Chain').closest('.tl__item');
  expect(line?.textContent?.replace(/\s+/g, ' ')).toContain('Anna changed Job title');
});

test('one kind at a time, and back', () => {
  const { workspace, id, show } = setupIngrid();
  workspace.run('Call saved', (tx) => logActivity(tx, { kind: 'call', body: 'On the phone', about: [id] }));
  workspace.run('Note saved', (tx) => logActivity(tx, { kind: 'note', body: 'On paper', about: [id] }));
  show();
  fireEvent.click(screen.getByRole('radio', { name: 'Calls' }));
  expect(screen.getByText('On the phone')).toBeTruthy();
  expect(screen.queryByText('On paper')).toBeNull();
  fireEvent.click(screen.getByRole('radio', { name: 'Emails' }));
  fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
  expect(screen.getByText('On paper')).toBeTruthy();
});

test('who only looks is offered no composer and no change', () => {
  const { workspace, id, show } = setupIngrid({ role: 'viewer' });
  workspace.arrange((tx) => {
    logActivity(tx, { kind: 'note', body: 'On paper', about: [id] });
    addTask(tx, { title: 'Send quote', about: [id] });
  });
  show();
  expect(screen.getByText('On paper')).toBeTruthy();
  expect(screen.queryByRole('form', { name: 'Add to the timeline' })).toBeNull();
  expect(screen.getByRole('checkbox', { name: 'Done: Send quote' }).hasAttribute('disabled')).toBe(true);
});

test('of 5,000 entries only those in view are in the document', () => {
  const { show } = setupIngrid({ entries: 5_000 });
  show();
  const shown = document.querySelectorAll('.tl__activity').length;
  expect(shown).toBeGreaterThan(3);
  expect(shown).toBeLessThan(60);
});

test('whoever is led to an entry by a notice has it in view and under the keyboard', async () => {
  const { workspace, id, show } = setupIngrid({ entries: 8 });
  const noteId = workspace.arrange((tx) =>
    logActivity(tx, { kind: 'note', body: 'Ask @Anna', about: [id], at: tx.now - 5 * 3_600_000 }),
  );
  show(`/#${noteId}`);
  await waitFor(() => expect(document.activeElement?.className).toContain('is-led'));
  expect(document.activeElement?.textContent).toContain('Ask @Anna');
});
