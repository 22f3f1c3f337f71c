import { expect, test } from 'vitest';
import { mergeRecords } from '../../../shared/commands/merge-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import type { Change } from './history-api.ts';
import { lineWords, restoreWords } from './record-history-words.ts';

function setupMerged() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const [femke, double] = workspace.arrange((tx) => [
    tx.insert(contact, { firstName: 'Femke' }),
    tx.insert(contact, { firstName: 'F.', lastName: 'de Boer' }),
  ]);
  workspace.run('Merged', (tx) => mergeRecords(tx, { entity: 'contact', primary: femke, others: [double] }));
  const shown = workspace.collection('contact').byIdInTrash(femke) as unknown as AnyRecord;
  const change = (changed: Partial<Change>): Change => ({
    id: 1,
    at: 0,
    record: femke,
    field: 'jobTitle',
    old: null,
    new: null,
    by: null,
    stamp: 's',
    ...changed,
  });
  const say = (changed: Partial<Change>) => {
    const { verb, what, of } = lineWords(workspace, change(changed), shown);
    return `${verb} ${what}${of}`;
  };
  const offer = (changed: Partial<Change>) =>
    restoreWords(change(changed), lineWords(workspace, change(changed), shown));
  return { femke, double, say, offer };
}

test.each<[string, Partial<Change>]>([
  ['changed Job title', { old: 'Buyer', new: 'Head of Fleet' }],
  ['set Job title', { new: 'Buyer' }],
  ['cleared Job title', { old: 'Buyer', new: '' }],
  ['changed Job title', { id: 0, new: 'Buyer' }],
  ['kept Job title as it is', { old: 'Buyer', new: 'Buyer' }],
  ['added Tags', { field: 'tags:vip', new: 'VIP' }],
  ['removed Tags', { field: 'tags:vip', old: 'VIP' }],
  ['created this contact', { field: '' }],
  ['removed this contact for good', { field: '', stamp: '' }],
  ['deleted this contact', { field: 'deleted', old: false, new: true }],
  ['restored this contact', { field: 'deleted', old: true, new: false }],
])('a line says “%s”', (sentence, change) => {
  expect(setupMerged().say(change)).toBe(sentence);
});

test('what was merged into a record says so in each of its lines', () => {
  const { femke, double, say } = setupMerged();
  const record = double;
  expect(say({ record, field: 'mergedInto', new: femke })).toBe('merged F. de Boer into this contact');
  expect(say({ record, field: 'mergedInto', old: femke })).toBe('took F. de Boer out again');
  expect(say({ record, new: 'Buyer' })).toBe('set Job title, of F. de Boer that was merged');
  expect(say({ record, field: '' })).toBe('created F. de Boer, which was merged');
});

test('the way back names what comes back', () => {
  const { offer } = setupMerged();
  expect(offer({ old: 'Buyer', new: 'Head of Fleet' })).toBe('Restore “Buyer”');
  expect(offer({ new: 'Buyer' })).toBe('Make it empty again');
  expect(offer({ field: 'tags:vip', new: 'VIP' })).toBe('Take “VIP” out again');
  expect(offer({ field: 'tags:vip', old: 'VIP' })).toBe('Restore “VIP”');
});
