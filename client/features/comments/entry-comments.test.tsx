import { cleanup, fireEvent, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { addComment } from '../../../shared/commands/comment-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { EntryComments } from './entry-comments.tsx';

afterEach(cleanup);

/** A call with a comment; `at` is the place on the page that was asked for. */
function setupCall(at: (call: string) => string) {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const { id, call } = workspace.arrange((tx) => {
    const person = tx.insert(contact, { firstName: 'Ingrid' });
    const entry = logActivity(tx, { kind: 'call', body: 'Friday', about: [person], at: tx.now });
    addComment(tx, { on: person, entry, body: 'Which Friday?' });
    return { id: person, call: entry };
  });
  const record = () => workspace.collection('contact').byId(id) as unknown as AnyRecord;
  showPage(workspace, () => <EntryComments record={record()} entryId={call} />, `/${at(call)}`);
}

test('whoever is led to a comment on an entry finds its thread open, and can close it', async () => {
  setupCall((call) => `#${call}/comments`);
  expect(await screen.findByText('Which Friday?')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: '1 comment' }));
  expect(screen.queryByText('Which Friday?')).toBeNull();
});

test('whoever is led to the entry itself sees that there is a comment, and opens it', async () => {
  setupCall((call) => `#${call}`);
  const button = await screen.findByRole('button', { name: '1 comment' });
  expect(screen.queryByText('Which Friday?')).toBeNull();
  fireEvent.click(button);
  expect(screen.getByText('Which Friday?')).toBeTruthy();
});
