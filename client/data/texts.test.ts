import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { logActivity } from '../../shared/commands/activity-commands.ts';
import { docOfText, plainTextOf, type RichDoc } from '../../shared/model/rich-text.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from './memory-workspace.ts';
import { readFragment, seedUpdate, writeFragment } from './rich-fragment.ts';

const INGRID = 'contact_ingrid0000000000';

const NOTE: RichDoc = {
  type: 'doc',
  content: [
    { type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text: 'To close' }] },
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'They lose ' },
        { type: 'text', text: '€2,100', marks: [{ type: 'bold' }] },
        { type: 'mention', attrs: { id: 'member_tomas', label: 'Tomás' } },
        { type: 'text', text: ' a month' },
      ],
    },
  ],
};

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function setupNote(body: string): { anna: MemoryWorkspace; jonas: MemoryWorkspace; id: string } {
  const anna = createMemoryWorkspace({ isSetUp: true });
  const jonas = createMemoryWorkspace({ name: 'Jonas', memberId: 'member_jonas0000000000' });
  const id = anna.run('Note saved', (tx) => logActivity(tx, { kind: 'note', body, about: [INGRID] }));
  anna.exchange(jonas);
  return { anna, jonas, id };
}

function append(workspace: MemoryWorkspace, id: string, words: string): void {
  const body = workspace.collection('activity').peek(id)?.body ?? '';
  const text = workspace.texts.open(id, body);
  if (!text) throw new Error('the timeline is here');
  workspace.docs.timeline.transact(() => writeFragment(text.fragment, docOfText(words)));
}

const words = (workspace: MemoryWorkspace, id: string) => plainTextOf(workspace.texts.read(id) ?? docOfText(''));

test('a text is read as it was written', () => {
  const fragment = new Y.Doc().getXmlFragment('text:x');
  writeFragment(fragment, NOTE);
  expect(readFragment(fragment)).toEqual(NOTE);
});

test('two people begin to edit the same old note apart: its words are there once, and nobody’s are lost', () => {
  const { anna, jonas, id } = setupNote('Site walk\n\nRooms 3 to 9');
  append(anna, id, 'Anna was here');
  append(jonas, id, 'Jonas too');
  anna.exchange(jonas);
  const lines = words(anna, id).split('\n');
  expect(lines.slice(0, 3)).toEqual(['Site walk', '', 'Rooms 3 to 9']);
  expect(lines.slice(3).sort()).toEqual(['Anna was here', 'Jonas too']);
  expect(words(jonas, id)).toBe(words(anna, id));
});

test('the plain text follows the shared one, also what a teammate adds later', () => {
  const { anna, jonas, id } = setupNote('Site walk');
  append(anna, id, 'Anna was here');
  append(jonas, id, 'Jonas too');
  vi.runAllTimers();
  anna.exchange(jonas);
  vi.runAllTimers();
  anna.exchange(jonas);
  const body = anna.collection('activity').peek(id)?.body;
  expect(body).toBe(words(anna, id));
  expect(body).toContain('Jonas too');
  expect(anna.undoLabel()).toBe('Note saved');
});

test('a note whose text was taken away stays empty when it is opened again', () => {
  const { anna, id } = setupNote('Site walk');
  const text = anna.texts.open(id, 'Site walk');
  anna.docs.timeline.transact(() => text?.fragment.delete(0, text.fragment.length));
  anna.texts.open(id, 'Site walk');
  expect(anna.texts.read(id)).toBeNull();
});

test('a text with a node of a newer version is not for this editor', () => {
  const { anna, id } = setupNote('New');
  anna.texts.write(id, { type: 'doc', content: [{ type: 'callout', content: [{ type: 'text', text: 'New' }] }] });
  const text = anna.texts.open(id, 'New');
  expect(text?.knowsAll(new Set(['paragraph', 'text']))).toBe(false);
  expect(text?.knowsAll(new Set(['callout', 'text']))).toBe(true);
});

test('a text that others change is read anew by whoever shows it', () => {
  const { anna, jonas, id } = setupNote('Site walk');
  createRoot((dispose) => {
    append(jonas, id, 'Jonas too');
    expect(anna.texts.read(id)).toBeNull();
    anna.exchange(jonas);
    expect(words(anna, id)).toBe('Site walk\nJonas too');
    append(jonas, id, 'again');
    anna.exchange(jonas);
    expect(words(anna, id)).toBe('Site walk\nJonas too\nagain');
    dispose();
  });
});

test('the seed of a text is the same bytes everywhere, and another one for another text', () => {
  expect(seedUpdate('text:a', 'one')).toEqual(seedUpdate('text:a', 'one'));
  expect(seedUpdate('text:a', 'one')).not.toEqual(seedUpdate('text:a', 'two'));
  expect(seedUpdate('text:a', 'one')).not.toEqual(seedUpdate('text:b', 'one'));
});

test('the words of a long text follow after a longer pause, and at once when it is closed', () => {
  const { anna, id } = setupNote('x'.repeat(100_000));
  const body = () => anna.collection('activity').peek(id)?.body ?? '';
  const text = anna.texts.open(id, body());
  vi.advanceTimersByTime(10_000);
  append(anna, id, 'and more');
  vi.advanceTimersByTime(4_000);
  expect(body()).not.toContain('and more');
  vi.advanceTimersByTime(10_000);
  expect(body()).toContain('and more');
  append(anna, id, 'at last');
  text?.release();
  expect(body()).toContain('at last');
});

test('a note of 200,000 characters is seeded, read and kept without a pause anybody feels', () => {
  const long = Array.from({ length: 4_000 }, (_, index) => `line ${index} ${'x'.repeat(40)}`)
    .join('\n')
    .slice(0, 200_000);
  const { anna, id } = setupNote(long);
  vi.useRealTimers();
  // Work, not time: other tests share the machine.
  const before = process.cpuUsage();
  anna.texts.open(id, long);
  expect(words(anna, id)).toBe(long);
  const { user, system } = process.cpuUsage(before);
  expect((user + system) / 1_000).toBeLessThan(1_000);
});
