import { createRoot, createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { createRepeatDraft, type RepeatDraft } from './repeat-choice.tsx';

function aDraft(stored: string, due: string | null = '2026-11-23'): RepeatDraft & { setDue: (due: string) => void } {
  return createRoot(() => {
    const [first, setDue] = createSignal<string | null>(due);
    return { ...createRepeatDraft(stored, { first, hints: () => ({ today: '2026-11-23' }) }), setDue };
  });
}

test('a repetition ends never, on a last day or after so many times', () => {
  const draft = aDraft('');
  draft.setOften('FREQ=WEEKLY');
  expect(draft.rule()).toBe('FREQ=WEEKLY');
  draft.setKind('until');
  draft.setText('31 Dec');
  expect(draft.rule()).toBe('FREQ=WEEKLY;UNTIL=20261231');
  draft.setKind('times');
  draft.setText(' 10 ');
  expect(draft.rule()).toBe('FREQ=WEEKLY;COUNT=10');
  draft.setKind('until');
  expect(draft.text()).toBe('31 Dec');
  draft.setOften('');
  expect([draft.rule(), draft.issue()]).toEqual(['', undefined]);
});

test.each(['', '0', '-1', '1.5', '2 weeks', '1e3'])('%j is no number of times, and is said to be none', (text) => {
  const draft = aDraft('FREQ=DAILY');
  draft.setKind('times');
  draft.setText(text);
  expect([draft.rule(), draft.issue()]).toEqual([null, 'Type a whole number of times, 1 or more.']);
});

test('a last day before the due day is refused, and taken once the due day is earlier', () => {
  const draft = aDraft('FREQ=DAILY');
  draft.setKind('until');
  draft.setText('sometime');
  expect(draft.issue()).toMatch(/^Type the last day/);
  draft.setText('2026-11-22');
  expect([draft.rule(), draft.issue()]).toEqual([null, expect.stringContaining('before its first day')]);
  draft.setDue('2026-11-20');
  expect(draft.rule()).toBe('FREQ=DAILY;UNTIL=20261122');
});

test.each([
  'FREQ=WEEKLY;COUNT=3;BYDAY=MO',
  'FREQ=WEEKLY;UNTIL=20261231T225959Z',
  'FREQ=DAILY;UNTIL=20200101',
  'FREQ=DAILY;COUNT=0',
  'every monday',
])('a stored %s stays letter by letter while nothing else is chosen', (stored) => {
  const draft = aDraft(stored);
  expect([draft.rule(), draft.issue()]).toEqual([stored, undefined]);
  draft.setOften('FREQ=MONTHLY');
  draft.setKind('never');
  expect(draft.rule()).toBe('FREQ=MONTHLY');
});
