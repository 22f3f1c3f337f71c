import { expect, test } from 'vitest';
import { createRecord, editRecords } from '../../../shared/commands/record-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import { preferenceIdFor } from '../../../shared/entities/preference.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { isNews, lookedSince, markAllSeen, markSeen } from './looked.ts';

/** Names of its own, because what somebody looked at is remembered for as long as the page is open. */
let people = 0;

/** Anna has looked ten minutes ago; what is done here is done a minute ago and later. */
function setupTwo() {
  const number = String(people++).padStart(4, '0');
  let now = Date.now() - 60_000;
  const tick = () => {
    now += 1;
    return now;
  };
  const memberId = `member_anna${number}00000000` as const;
  localStorage.setItem(`rapport.looked.${memberId}`, JSON.stringify({ since: Date.now() - 600_000, seen: {} }));
  const anna = createMemoryWorkspace({ name: 'Anna', memberId, now: tick });
  const bert = createMemoryWorkspace({ name: 'Bert', memberId: `member_bert${number}00000000`, now: tick });
  const make = (name: string) => {
    const id = bert.run('made', (tx) => createRecord(tx, { entity: company, values: { name } }));
    anna.exchange(bert);
    return id;
  };
  return { anna, bert, make, memberId };
}

test('what others make and change is news, what one does oneself is none', () => {
  const { anna, make } = setupTwo();
  const mine = anna.run('made', (tx) => createRecord(tx, { entity: company, values: { name: 'Mine' } }));
  const his = make('Acme');
  anna.run('edit', (tx) => editRecords(tx, { entity: company, ids: [his], changes: { industry: 'Food' } }));
  expect([isNews(anna, his), isNews(anna, mine)]).toEqual([true, false]);
});

test('a record that was opened is no news any more, the others still are', () => {
  const { anna, make } = setupTwo();
  const [opened, other] = [make('Acme'), make('Bolt')];
  markSeen(anna, opened);
  expect([isNews(anna, opened), isNews(anna, other)]).toEqual([false, true]);
});

test('everything is seen at once, on all devices of the person, and nothing of it can be undone', () => {
  const { anna, make, memberId } = setupTwo();
  const id = make('Acme');
  markAllSeen(anna);
  expect(isNews(anna, id)).toBe(false);
  expect(anna.collection('preference').byId(preferenceIdFor(memberId))?.lookedAt).toBe(lookedSince(anna));
  expect(anna.undoLabel()).toBeNull();
});

test('a person who is new to a device has no news there', () => {
  const { bert, anna } = setupTwo();
  const id = anna.run('made', (tx) => createRecord(tx, { entity: company, values: { name: 'Acme' } }));
  bert.exchange(anna);
  expect(isNews(bert, id)).toBe(false);
});
