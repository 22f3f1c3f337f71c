import { expect, test } from 'vitest';
import { docOfText } from '../../../shared/model/rich-text.ts';
import {
  activityOf,
  type Draft,
  durationText,
  EMPTY_DRAFT,
  isEmptyDraft,
  parseDuration,
  readDraft,
  taskOf,
  timerText,
  turnedInto,
} from './composer-model.ts';

const HERE = { today: '2026-11-22', zone: 'Europe/Oslo' };
const INGRID = 'contact_ingrid0000000000';
const aDraft = (parts: Partial<Draft>): Draft => ({ ...EMPTY_DRAFT, ...parts });

test.each<[string, number | null | undefined]>([
  ['', null],
  ['12', 720],
  ['12 min', 720],
  ['1 h 20', 4_800],
  ['1h20min', 4_800],
  ['1,5 h', 5_400],
  ['45 s', 45],
  ['12:05', 725],
  ['1:02:30', 3_750],
  ['twelve', undefined],
  ['12 apples', undefined],
  ['-5', undefined],
  ['1:75', undefined],
  ['5 constructor', undefined],
  ['168 h', 604_800],
  ['999:00:00', undefined],
  ['999999999999999999999999 h', undefined],
])('%j lasts %s seconds', (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test('durations and timers in words that can be read again', () => {
  expect([0, 45, 720, 3_600, 4_800].map(durationText)).toEqual(['', '45 s', '12 min', '1 h', '1 h 20 min']);
  expect([0, 7_400, 725_000, 3_750_000].map(timerText)).toEqual(['0:00', '0:07', '12:05', '1:02:30']);
  expect(parseDuration(timerText(725_000))).toBe(725);
});

test('a call with everything a person typed', () => {
  const draft = aDraft({
    kind: 'call',
    body: 'Friday noon.',
    duration: '12',
    at: 'yesterday 14:30',
    outcome: 'reached',
    also: ['deal_a'],
  });
  expect(activityOf(draft, INGRID, HERE)).toMatchObject({
    ok: true,
    value: {
      doc: null,
      values: {
        kind: 'call',
        body: 'Friday noon.',
        duration: 720,
        outcome: 'reached',
        about: [INGRID, 'deal_a'],
        at: Date.UTC(2026, 10, 21, 13, 30),
      },
    },
  });
});

test('what cannot be read stays where it is, with the reason', () => {
  expect(activityOf(aDraft({ kind: 'call', duration: 'long' }), INGRID, HERE)).toMatchObject({
    ok: false,
    issue: { field: 'duration' },
  });
  expect(activityOf(aDraft({ kind: 'call', at: 'soonish' }), INGRID, HERE)).toMatchObject({
    ok: false,
    issue: { field: 'at' },
  });
  expect(taskOf(aDraft({ kind: 'task', subject: ' ' }), INGRID, HERE)).toMatchObject({
    ok: false,
    issue: { field: 'subject' },
  });
  expect(taskOf(aDraft({ kind: 'task', subject: 'Send quote', due: 'whenever' }), INGRID, HERE)).toMatchObject({
    ok: false,
    issue: { field: 'due' },
  });
});

test('a note without form is only its words', () => {
  const plain = activityOf(aDraft({ note: docOfText('one\ntwo') }), INGRID, HERE);
  expect(plain).toMatchObject({ ok: true, value: { doc: null, values: { body: 'one\ntwo' } } });
  const note = {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'firm', marks: [{ type: 'bold' }] }] }],
  } as const;
  expect(activityOf(aDraft({ note }), INGRID, HERE)).toMatchObject({
    ok: true,
    value: { doc: note, values: { body: 'firm' } },
  });
});

test('words that were begun as a note are the text of the call it becomes', () => {
  const note = aDraft({ note: docOfText('She calls back') });
  expect(turnedInto(note, 'call')).toMatchObject({ kind: 'call', body: 'She calls back' });
  expect(turnedInto(aDraft({ kind: 'call', body: 'She calls back' }), 'note').note).toEqual(
    docOfText('She calls back'),
  );
});

test('a kept draft is read as it was, and anything else as none or as empty', () => {
  const draft = aDraft({ kind: 'call', body: 'x', timerFrom: 5, also: ['deal_a'] });
  expect(readDraft(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
  expect(readDraft(undefined)).toBeNull();
  expect(readDraft({ kind: 'dance', note: 7, also: 'x' })).toEqual(EMPTY_DRAFT);
  expect(isEmptyDraft(EMPTY_DRAFT)).toBe(true);
  expect(isEmptyDraft(aDraft({ kind: 'call' }))).toBe(true);
  expect(isEmptyDraft(aDraft({ timerFrom: 1 }))).toBe(false);
});
