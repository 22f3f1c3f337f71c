import { cleanup, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { company } from '../../../shared/entities/company.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { Role } from '../../../shared/model/rights.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { RecordBrief } from './record-brief.tsx';

afterEach(cleanup);

function setupBrief(path: string, role: Role = 'owner') {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  const id = workspace.arrange((tx) => tx.insert(company, { name: 'Acme', about: 'Ask about the gateway' }));
  const record = () => workspace.collection('company').byId(id) as unknown as AnyRecord;
  showPage(workspace, () => <RecordBrief record={record()} />, path);
}

test('whoever is led to a brief that names them has it in view and under the keyboard', async () => {
  setupBrief('/#brief');
  const brief = await screen.findByRole('article', { name: 'Brief' });
  await waitFor(() => expect(document.activeElement).toBe(brief));
});

test('a brief takes the keyboard from nobody who only opens the page', async () => {
  setupBrief('/');
  const brief = await screen.findByRole('article', { name: 'Brief' });
  await new Promise((resolve) => requestAnimationFrame(resolve));
  expect(document.activeElement).not.toBe(brief);
  expect(brief.hasAttribute('tabindex')).toBe(false);
});

test('a brief is written by whoever may write, read by whoever only looks, and taken along by both', async () => {
  setupBrief('/');
  expect(await screen.findByRole('button', { name: 'Write in the brief' })).toBeTruthy();
  cleanup();
  setupBrief('/', 'viewer');
  expect(await screen.findByText('Ask about the gateway')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Write in the brief' })).toBeNull();
  expect(screen.getByRole('button', { name: 'More for the brief' })).toBeTruthy();
});
