import { expect, test } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { addComment } from '../../../shared/commands/comment-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { type Notice, notice } from '../../../shared/entities/notice.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { noticeHref, noticeSentence } from './notice-words.ts';

test('a notice leads to what it is about: the record, its comments, or the note that names somebody', () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const { memberId } = workspace.me();
  const id = workspace.arrange((tx) => tx.insert(contact, { firstName: 'Ingrid' }));
  const hrefOf = (values: Partial<Notice>) => {
    const made = workspace.arrange((tx) => tx.insert(notice, { owner: memberId, kind: 'mention', ...values }));
    return noticeHref(workspace, workspace.collection('notice').peek(made) as Notice);
  };
  const entry = 'activity_2026a00000000000' as const;
  expect(hrefOf({ record: [id] })).toBe(`/contacts/${id}`);
  expect(hrefOf({ record: [id], comment: 'comment_a000000000000000' })).toBe(`/contacts/${id}#comments`);
  expect(hrefOf({ record: [id], entry })).toBe(`/contacts/${id}#${entry}`);
  expect(hrefOf({ record: [] })).toBeUndefined();
  const call = workspace.arrange((tx) =>
    logActivity(tx, { kind: 'call', body: 'Friday', about: [id], at: Date.now() }),
  );
  const comment = workspace.arrange((tx) => addComment(tx, { on: id, entry: call, body: 'Which one?' }));
  expect(hrefOf({ record: [id], kind: 'comment', comment })).toBe(`/contacts/${id}#${call}/comments`);
  const firm = workspace.arrange((tx) => tx.insert(company, { name: 'Acme' }));
  expect(hrefOf({ record: [firm] })).toBe(`/companies/${firm}#brief`);
  expect(hrefOf({ record: [firm], kind: 'change' })).toBe(`/companies/${firm}`);
});

test('a notice about nothing that is left says all of it in its own words', () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const text = 'Femke was removed while you were away.';
  const id = workspace.arrange((tx) => tx.insert(notice, { owner: workspace.me().memberId, kind: 'change', text }));
  expect(noticeSentence(workspace, workspace.collection('notice').peek(id) as Notice)).toBe(text);
});
