import { describe, expect, test } from 'vitest';
import { company } from '../entities/company.ts';
import { contact } from '../entities/contact.ts';
import { type Deal, deal } from '../entities/deal.ts';
import { stage } from '../entities/stage.ts';
import { dayOfInstant } from '../model/day.ts';
import { statusOf } from '../query/pipeline-view.ts';
import { stampTime } from '../sync/stamp.ts';
import { aReplica, contentsOf, meet } from '../testing/replica.ts';
import { removeBatch, SAMPLE_BATCH } from './batch-commands.ts';
import { CommandRefused } from './command.ts';
import { createRecord, editRecords } from './record-commands.ts';
import { addSampleData } from './sample-commands.ts';
import { setUpWorkspace } from './workspace-commands.ts';

const NOW = new Date('2026-11-22T12:00:00').getTime();

function setUpReplica(name = 'anna', { currency = 'EUR' } = {}) {
  const replica = aReplica(name, { wall: () => NOW });
  replica.run((tx) =>
    setUpWorkspace(tx, {
      name: 'Acme',
      currency,
      owner: { id: 'member_anna00000000000', name: 'Anna', email: 'anna@example.com', role: 'owner' },
    }),
  );
  return replica;
}

const all = (replica: ReturnType<typeof setUpReplica>) =>
  replica.run((tx) => ({
    contacts: [...tx.all(contact)],
    companies: [...tx.all(company)],
    deals: [...tx.all(deal)],
    stages: new Map([...tx.all(stage)].map((each) => [each.id as string, each])),
  })).result;

describe('sample data', () => {
  test('is 60 contacts, 17 companies and 17 deals of which some are won', () => {
    const replica = setUpReplica();
    replica.run(addSampleData);
    const { contacts, companies, deals, stages } = all(replica);
    expect([contacts.length, companies.length, deals.length]).toEqual([60, 17, 17]);
    const byStatus = (status: string) => deals.filter((each) => statusOf(stages.get(each.place[1])) === status).length;
    expect([byStatus('open'), byStatus('won'), byStatus('lost')]).toEqual([13, 3, 1]);
    const openStages = [...stages.values()].filter((each) => each.type === 'open');
    for (const each of openStages) expect(deals.some((found) => found.place[1] === each.id)).toBe(true);
  });

  test('every value would be accepted from a person too', () => {
    const replica = setUpReplica();
    replica.run(addSampleData);
    const { contacts, companies, deals } = all(replica);
    for (const record of [...contacts, ...companies, ...deals]) {
      const entity = { contact, company, deal }[record.entity];
      for (const [name, field] of Object.entries(entity.fields)) {
        const value = (record as unknown as Record<string, unknown>)[name];
        expect(field.parse(field.toText(value as never)), `${record.id} ${name}`).toEqual({ ok: true, value });
      }
      expect(record.batch).toBe(SAMPLE_BATCH);
    }
  });

  test('its days lie around the day it is added, and no move lies in the future', () => {
    const replica = setUpReplica();
    replica.run(addSampleData);
    const today = dayOfInstant(NOW);
    for (const each of all(replica).deals) {
      expect((each.openedOn ?? '') < today).toBe(true);
      if (each.closedOn === null) expect((each.closesOn ?? '') > today).toBe(true);
      else expect(each.closedOn <= today).toBe(true);
      expect(each.stages.every((move) => stampTime(move.stamp) <= NOW)).toBe(true);
      expect(each.stages.at(-1)?.to).toBe(each.place[1]);
    }
  });

  test('added twice, or on two devices apart, it is there once', () => {
    const anna = setUpReplica('anna');
    const ben = aReplica('ben', { wall: () => NOW + 5_000 });
    meet(anna, ben);
    anna.run(addSampleData);
    anna.run(addSampleData);
    ben.run(addSampleData);
    meet(anna, ben);
    expect(all(anna).contacts).toHaveLength(60);
    expect(all(anna).deals).toHaveLength(17);
    expect(contentsOf(anna)).toEqual(contentsOf(ben));
  });

  test('adding it again leaves what somebody changed', () => {
    const replica = setUpReplica();
    replica.run(addSampleData);
    const [first] = all(replica).deals as [Deal];
    replica.run((tx) => editRecords(tx, { entity: deal, ids: [first.id], changes: { title: 'Renamed' } }));
    replica.run(addSampleData);
    expect(all(replica).deals.find((each) => each.id === first.id)?.title).toBe('Renamed');
  });

  test('goes into the trash in one step, leaving everything else, and comes back', () => {
    const replica = setUpReplica();
    replica.run((tx) => createRecord(tx, { entity: contact, values: { firstName: 'Own' } }));
    replica.run(addSampleData);
    const removal = replica.run((tx) => removeBatch(tx, { batch: SAMPLE_BATCH }));
    const left = all(replica);
    expect([left.contacts.length, left.companies.length, left.deals.length]).toEqual([1, 0, 0]);
    expect(left.stages.size).toBe(6);
    replica.undo(removal);
    expect(all(replica).deals).toHaveLength(17);
    replica.run((tx) => removeBatch(tx, { batch: SAMPLE_BATCH }));
    replica.run(addSampleData);
    expect(all(replica).contacts).toHaveLength(61);
  });

  test('amounts are in the currency of the workspace, a few in another one', () => {
    const replica = setUpReplica('anna', { currency: 'USD' });
    replica.run(addSampleData);
    const currencies = all(replica).deals.map((each) => each.amount?.currency);
    expect(currencies.filter((each) => each === 'USD')).toHaveLength(15);
    expect(currencies.filter((each) => each === 'EUR')).toHaveLength(2);
  });

  test('without a pipeline it says what is missing and writes nothing', () => {
    const replica = aReplica('anna', { wall: () => NOW });
    expect(() => replica.run(addSampleData)).toThrow(CommandRefused);
    expect(contentsOf(replica)).toEqual({});
  });
});
