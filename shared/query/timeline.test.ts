import { expect, test } from 'vitest';
import { logActivity } from '../commands/activity-commands.ts';
import { createDeal, moveDeals } from '../commands/deal-commands.ts';
import { addTask, completeTask } from '../commands/task-commands.ts';
import { setUpWorkspace } from '../commands/workspace-commands.ts';
import { activity, isContactMade } from '../entities/activity.ts';
import { contact } from '../entities/contact.ts';
import { deal } from '../entities/deal.ts';
import { stage } from '../entities/stage.ts';
import { task } from '../entities/task.ts';
import type { AnyRecord } from '../model/entity.ts';
import { formatStamp, newWriter } from '../sync/stamp.ts';
import { aReplica } from '../testing/replica.ts';
import {
  matchesFilter,
  matchesSearch,
  type TimelineEntry,
  type TimelineSource,
  timelineHeading,
  timelineOf,
  timelineRows,
} from './timeline.ts';

const DAY = 86_400_000;
const START = new Date(2026, 10, 22, 9).getTime();

/** A contact with a call, a note and a task done, and a deal that moved. */
function setupIngrid() {
  let now = START - 30 * DAY;
  const device = aReplica('anna', { wall: () => now });
  device.run((tx) =>
    setUpWorkspace(tx, {
      name: 'Northlane',
      currency: 'EUR',
      owner: { id: device.memberId as never, name: 'Anna', email: 'anna@example.com', role: 'owner' },
    }),
  );
  const stages = device.run((tx) => [...tx.all(stage)]).result;
  const [first, second] = stages.filter((each) => each.type === 'open');
  if (!first || !second) throw new Error('a pipeline begins with two open stages');
  const ids = device.run((tx) => {
    const person = tx.insert(contact, { firstName: 'Ingrid', lastName: 'Solberg' });
    const dealId = createDeal(tx, {
      stageId: first.id,
      values: { title: 'Sensors', contacts: [{ contact: person, role: '' }] },
    });
    return { person, dealId };
  }).result;
  const { person, dealId } = ids;
  now = START - 2 * DAY;
  device.run((tx) => moveDeals(tx, { ids: [dealId], stageId: second.id }));
  now = START - DAY;
  const callId = device.run((tx) =>
    logActivity(tx, { kind: 'call', body: 'Über den Preis', outcome: 'reached', about: [person] }),
  ).result;
  now = START;
  const noteId = device.run((tx) =>
    logActivity(tx, { kind: 'note', body: 'Site walk', about: [person, dealId] }),
  ).result;
  device.run((tx) => completeTask(tx, { id: addTask(tx, { title: 'Send quote', about: [person] }) }));
  const source = (): TimelineSource =>
    device.run((tx) => ({
      record: tx.get(contact, person) as unknown as AnyRecord,
      activities: [...tx.all(activity)],
      tasks: [...tx.all(task)],
      appointments: [],
      deals: [...tx.all(deal)],
      edits: [],
      stageOf: (id: string) => stages.find((each) => each.id === id),
      now,
      zone: 'UTC',
    })).result;
  return { device, person, dealId, callId, noteId, source };
}

const told = (entries: readonly TimelineEntry[]) =>
  entries.map((entry) => (entry.kind === 'story' ? entry.story.kind : entry.kind));

test('notes, calls, tasks done and what the records say are one feed, the newest first', () => {
  const { source } = setupIngrid();
  const kinds = told(timelineOf(source()));
  expect(kinds.slice(0, 2).sort()).toEqual(['activity', 'task']);
  expect(kinds.slice(2, 4)).toEqual(['activity', 'moved']);
  expect(kinds.slice(4).sort()).toEqual(['added', 'opened']);
});

test('a deal that tells where it was opened does not say that it was added as well', () => {
  const { source, device, dealId } = setupIngrid();
  const record = device.run((tx) => tx.get(deal, dealId)).result as unknown as AnyRecord;
  const entries = timelineOf({ ...source(), record, activities: [], tasks: [] });
  expect(told(entries)).toEqual(['moved', 'opened']);
  expect(entries.every((entry) => entry.kind === 'story' && entry.story.dealId === null)).toBe(true);
});

test('an import, the first contact and what was changed in a field are told by the record itself', () => {
  const { source } = setupIngrid();
  const record = { ...source().record, batch: 'batch_1', firstContactOn: '2026-01-05' };
  const edit = {
    path: 'jobTitle',
    stamp: formatStamp(START, 0, newWriter('member_anna00000000000')),
    value: 'Buyer',
    by: 'member_anna',
  };
  const unstamped = { ...edit, path: 'lastName', stamp: '' };
  const entries = timelineOf({ ...source(), record, activities: [], tasks: [], deals: [], edits: [edit, unstamped] });
  expect(told(entries)).toEqual(['edited', 'imported', 'first-contact']);
  expect(entries[0]).toMatchObject({ at: START, story: { path: 'jobTitle', value: 'Buyer', by: 'member_anna' } });
  expect(entries[2]).toMatchObject({ at: null, day: '2026-01-05' });
});

test('an appointment is shown when it is over, a cancelled one never', () => {
  const { source } = setupIngrid();
  const appointment = { id: 'appointment_x', title: 'Visit', cancelled: false, start: '2026-11-20T10:00[UTC]' };
  const withOne = (changes: object) =>
    told(timelineOf({ ...source(), appointments: [{ ...appointment, ...changes } as never] }));
  expect(withOne({})).toContain('appointment');
  expect(withOne({ cancelled: true })).not.toContain('appointment');
  expect(withOne({ start: '2027-01-01' })).not.toContain('appointment');
});

test('one kind at a time, and only what has all the words', () => {
  const { source, callId } = setupIngrid();
  const entries = timelineOf(source());
  expect(entries.filter((entry) => matchesFilter(entry, 'call')).map(({ key }) => key)).toEqual([callId]);
  expect(entries.filter(matchesSearch('preis uber')).map(({ key }) => key)).toEqual([callId]);
  expect(entries.filter(matchesSearch('preis nothing'))).toEqual([]);
  expect(entries.filter((entry) => matchesFilter(entry, 'change'))).toHaveLength(3);
});

test('pinned entries come first and once, the rest under its days', () => {
  const { source, callId } = setupIngrid();
  const pinned = source().activities.map((each) => (each.id === callId ? { ...each, pinned: true } : each));
  const rows = timelineRows(timelineOf({ ...source(), activities: pinned }), '2026-11-22');
  expect(rows.slice(0, 3).map(({ key }) => key)).toEqual(['# Pinned', callId, '# Today']);
  expect(rows.filter(({ key }) => key === callId)).toHaveLength(1);
  expect(rows.filter((row) => row.heading === null && row.isLast).length).toBe(
    rows.filter((row) => row.heading !== null).length,
  );
});

test.each([
  ['2026-11-22', 'Today'],
  ['2026-11-21', 'Yesterday'],
  ['2026-11-16', 'Last 7 days'],
  ['2026-10-28', 'October'],
  ['2025-03-12', 'March 2025'],
  ['2026-11-23', 'To come'],
])('%s stands under %s', (day, heading) => {
  expect(timelineHeading(day, '2026-11-22')).toBe(heading);
});

test('a call that reached nobody and a note are no contact; a voicemail is', () => {
  expect(isContactMade({ kind: 'call', outcome: 'noAnswer' })).toBe(false);
  expect(isContactMade({ kind: 'call', outcome: 'voicemail' })).toBe(true);
  expect(isContactMade({ kind: 'call', outcome: null })).toBe(true);
  expect(isContactMade({ kind: 'email', outcome: null })).toBe(true);
  expect(isContactMade({ kind: 'note', outcome: null })).toBe(false);
});
