import { expect, test } from 'vitest';
import { activity } from '../entities/activity.ts';
import { aReplica } from '../testing/replica.ts';
import { editActivity, LONGEST_NOTE, linkActivity, logActivity, pinActivities } from './activity-commands.ts';
import { CommandRefused, type Tx } from './command.ts';

const NOW = Date.UTC(2026, 10, 22, 9);
const aDevice = () => aReplica('anna', { wall: () => NOW });
const INGRID = 'contact_ingrid0000000000';
const PILOT = 'deal_pilot000000000000';

function setupCall() {
  const device = aDevice();
  const { result: id } = device.run((tx) =>
    logActivity(tx, { kind: 'call', body: 'Friday noon.', about: [INGRID], outcome: 'reached', duration: 720 }),
  );
  const read = () => device.run((tx) => tx.get(activity, id)).result;
  return { device, id, read };
}

function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof CommandRefused) return error.message;
    throw error;
  }
  return '';
}

test('what is logged without a time happened now, by whoever logs it, in the timeline of this year', () => {
  const { device, id, read } = setupCall();
  expect(read()).toMatchObject({ kind: 'call', at: NOW, by: device.memberId, outcome: 'reached', duration: 720 });
  expect(id).toMatch(/^activity_2026/);
});

test('a note takes nothing along that only a call can say', () => {
  const device = aDevice();
  const { result } = device.run((tx) => {
    const id = logActivity(tx, { kind: 'note', body: 'Site walk', about: [INGRID], outcome: 'busy', duration: 60 });
    return tx.get(activity, id);
  });
  expect(result).toMatchObject({ outcome: null, duration: null });
});

test('a call that is corrected into a note loses its outcome', () => {
  const { device, id, read } = setupCall();
  device.run((tx) => editActivity(tx, { id, changes: { kind: 'note' } }));
  expect(read()).toMatchObject({ kind: 'note', outcome: null, duration: null, body: 'Friday noon.' });
});

test('an entry is shown on more records and keeps one at least', () => {
  const { device, id, read } = setupCall();
  device.run((tx) => linkActivity(tx, { id, add: [PILOT] }));
  expect(read()?.about).toEqual([INGRID, PILOT]);
  device.run((tx) => linkActivity(tx, { id, remove: [INGRID] }));
  expect(read()?.about).toEqual([PILOT]);
  expect(refusal(() => device.run((tx) => linkActivity(tx, { id, remove: [PILOT] })))).toMatch(/at least one record/);
});

test('pinning is an edit like any other', () => {
  const { device, id, read } = setupCall();
  device.run((tx) => pinActivities(tx, { ids: [id], pinned: true }));
  expect(read()?.pinned).toBe(true);
});

test.each<[string, (tx: Tx) => unknown, RegExp]>([
  ['an empty note', (tx) => logActivity(tx, { kind: 'note', body: '  \n', about: [INGRID] }), /needs some text/],
  ['an entry about nobody', (tx) => logActivity(tx, { kind: 'call', about: [] }), /whom or what/],
  [
    'an entry two days ahead',
    (tx) => logActivity(tx, { kind: 'call', about: [INGRID], at: NOW + 2 * 86_400_000 }),
    /lies in the future/,
  ],
  [
    'a text that is too long',
    (tx) => logActivity(tx, { kind: 'note', about: [INGRID], body: 'x'.repeat(LONGEST_NOTE + 1) }),
    /kept as a draft/,
  ],
])('%s is refused in a sentence', (_name, command, sentence) => {
  expect(refusal(() => aDevice().run(command))).toMatch(sentence);
});

test('a note of exactly the longest length is taken', () => {
  const device = aDevice();
  const body = 'x'.repeat(LONGEST_NOTE);
  const { result } = device.run((tx) => tx.get(activity, logActivity(tx, { kind: 'note', about: [INGRID], body })));
  expect(result?.body).toHaveLength(LONGEST_NOTE);
});
