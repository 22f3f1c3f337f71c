import { expect, test } from 'vitest';
import { type Star, starIdFor } from '../entities/star.ts';
import { aReplica, type Replica } from '../testing/replica.ts';
import { starRecord } from './star-commands.ts';

function setupDevice(name: string, firstNow: number): Replica {
  let now = firstNow;
  return aReplica(name, { wall: () => (now += 1000) });
}

/** What of these a member has starred, as a device sees it. */
const starsOf = (replica: Replica, memberId = replica.memberId) =>
  ['contact_1', 'deal_1'].filter((id) => {
    const found = replica.room('work').get(starIdFor(memberId, id)) as unknown as Star | undefined;
    return found?.deleted === false && found.records[0] === id;
  });

test('a star is given and taken away', () => {
  const ana = setupDevice('ana', 1e12);
  ana.run((tx) => starRecord(tx, { id: 'deal_1', starred: true }));
  ana.run((tx) => starRecord(tx, { id: 'contact_1', starred: true }));
  expect(starsOf(ana)).toEqual(['contact_1', 'deal_1']);
  ana.run((tx) => starRecord(tx, { id: 'deal_1', starred: false }));
  expect(starsOf(ana)).toEqual(['contact_1']);
  ana.run((tx) => starRecord(tx, { id: 'deal_1', starred: true }));
  expect(starsOf(ana)).toEqual(['contact_1', 'deal_1']);
});

test('everybody has their own', () => {
  const ana = setupDevice('ana', 1e12);
  const ben = setupDevice('ben', 1e12);
  ana.run((tx) => starRecord(tx, { id: 'deal_1', starred: true }));
  for (const { kind, update } of ana.log) ben.receive(kind, update);
  expect(starsOf(ben)).toEqual([]);
  expect(starsOf(ben, ana.memberId)).toEqual(['deal_1']);
});

test('two devices of one person that start offline keep the stars of both', () => {
  const desktop = setupDevice('ana', 1e12);
  const phone = setupDevice('ana', 1e12 + 500);
  for (const id of ['deal_1', 'contact_1']) desktop.run((tx) => starRecord(tx, { id, starred: true }));
  phone.run((tx) => starRecord(tx, { id: 'contact_1', starred: true }));
  const sent = [...phone.log];
  for (const { kind, update } of desktop.log) phone.receive(kind, update);
  for (const { kind, update } of sent) desktop.receive(kind, update);
  expect(starsOf(desktop)).toEqual(['contact_1', 'deal_1']);
  expect(starsOf(phone)).toEqual(starsOf(desktop));
});
