import { cleanup, fireEvent, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { notice, noticeChoice, noticeChoiceId } from '../../../shared/entities/notice.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { InboxPage } from './inbox-page.tsx';

Element.prototype.scrollIntoView ??= () => undefined;

afterEach(cleanup);

function setupInbox(role: 'owner' | 'viewer' = 'owner') {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  const { memberId: owner } = workspace.me();
  const [older = '', newer = ''] = workspace.arrange((tx) =>
    ['Older', 'Newer'].map((text, index) => tx.insert(notice, { owner, kind: 'change', text, at: tx.now + index })),
  );
  showPage(workspace, InboxPage);
  const noticeOf = (id: string) => workspace.collection('notice').peek(id);
  const press = (key: string) => fireEvent.keyDown(document.activeElement ?? document.body, { key });
  return { workspace, older, newer, noticeOf, press };
}

const lines = () => screen.queryAllByRole('listitem').map((line) => line.textContent ?? '');

test('notices are worked through by keys: read, unread, done and back again', async () => {
  const { workspace, newer, older, noticeOf, press } = setupInbox();
  await screen.findByText('Newer');
  expect(lines().map((line) => line.includes('Unread'))).toEqual([true, true]);
  press('u');
  expect(noticeOf(newer)?.readAt).not.toBeNull();
  expect(lines().map((line) => line.includes('Unread'))).toEqual([false, true]);
  press('u');
  expect(noticeOf(newer)?.readAt).toBeNull();
  press('e');
  expect(noticeOf(newer)?.doneAt).not.toBeNull();
  expect(lines()).toHaveLength(1);
  await workspace.undo();
  expect(noticeOf(newer)?.doneAt).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'All done' }));
  expect([newer, older].map((id) => noticeOf(id)?.doneAt === null)).toEqual([false, false]);
  expect(screen.getByText('You are up to date')).toBeTruthy();
});

test('what somebody does not want to hear of is switched off by kind', async () => {
  const { workspace } = setupInbox();
  await screen.findByText('Newer');
  fireEvent.click(screen.getByRole('button', { name: 'What to hear of' }));
  const dialog = within(await screen.findByRole('dialog'));
  const [first] = dialog.getAllByRole('switch');
  fireEvent.click(first as HTMLElement);
  const choice = workspace.collection(noticeChoice.name).byId(noticeChoiceId(workspace.me().memberId));
  expect(choice?.muted).toHaveLength(1);
});

test('somebody who only looks works through what is theirs, and is told that the kinds stay as they are', async () => {
  const { workspace, newer, older, noticeOf, press } = setupInbox('viewer');
  const hers = workspace.arrange((tx) => tx.insert(notice, { owner: 'member_eva0000000000000', text: 'Hers' }));
  await screen.findByText('Newer');
  press('u');
  expect(noticeOf(newer)?.readAt).not.toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'All done' }));
  expect([newer, older].map((id) => noticeOf(id)?.doneAt === null)).toEqual([false, false]);
  expect(() => workspace.run('Forged', (tx) => tx.patch(notice, hers, { readAt: 1 }))).toThrow('does not change it');
  expect(() => workspace.run('Forged', (tx) => tx.patch(notice, newer, { text: 'x' }))).toThrow('does not change it');
  fireEvent.click(screen.getByRole('button', { name: 'What to hear of' }));
  const [first] = within(await screen.findByRole('dialog')).getAllByRole('switch');
  expect((first as HTMLInputElement).disabled).toBe(true);
});
