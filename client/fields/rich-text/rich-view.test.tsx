import { cleanup, screen } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { member } from '../../../shared/entities/member.ts';
import type { RichDoc, RichNode } from '../../../shared/model/rich-text.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { loadLateParts } from '../../ui/late.tsx';
import { RichView } from './rich-view.tsx';

beforeAll(loadLateParts);
afterEach(cleanup);

function setupText(content: (ids: { readonly jonas: string }) => readonly RichNode[]) {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const jonas = workspace.arrange((tx) => tx.insert(member, { name: 'Jonas Weber', role: 'member' }));
  const doc: RichDoc = { type: 'doc', content: content({ jonas }) };
  showPage(workspace, () => <RichView doc={doc} />);
  return { workspace, jonas };
}

test('who is mentioned reads as their name, also after they left and were removed', () => {
  const { workspace, jonas } = setupText(({ jonas: id }) => [
    { type: 'paragraph', content: [{ type: 'mention', attrs: { id, label: 'Jonny' } }] },
    { type: 'paragraph', content: [{ type: 'mention', attrs: { id: 'member_unknown', label: 'Priya' } }] },
  ]);
  expect(screen.getByText('@Jonas')).toBeTruthy();
  workspace.arrange((tx) => tx.patch(member, jonas, { role: null }));
  expect(screen.getByText('@Jonas')).toBeTruthy();
  workspace.arrange((tx) => tx.patch(member, jonas, { deleted: true }));
  expect(screen.getByText('@Jonas')).toBeTruthy();
  expect(screen.getByText('@Priya')).toBeTruthy();
});

test('a file in a text is there by its name while its bytes are not', async () => {
  setupText(() => [
    { type: 'file', attrs: { id: 'file_1', hash: 'ab', name: 'site.zip', type: 'application/zip', bytes: 2_000 } },
  ]);
  expect(screen.getByText('site.zip')).toBeTruthy();
  const chip = await screen.findByRole('button', { name: /site\.zip/ });
  // Copied from here, an editor finds the file in it.
  expect(chip.closest('[data-type="file"]')?.getAttribute('data-hash')).toBe('ab');
});
