import { expect, test } from 'vitest';
import type { AnyField } from '../model/field.ts';
import { evenRanks } from '../model/rank.ts';
import { generateDailyWork } from './daily-work.ts';
import { generateWorkspace, type Seed, type SeedOptions } from './generate.ts';

const options: SeedOptions = {
  contacts: 200,
  deals: 100,
  seed: 7,
  today: '2026-11-22',
  stages: [
    { id: 'stage_0000000000000001', pipeline: 'pipeline_0000000000000001', type: 'open' },
    { id: 'stage_0000000000000002', pipeline: 'pipeline_0000000000000001', type: 'won' },
  ],
  members: ['member_0000000000000001'],
  ranks: evenRanks(100),
};

/** The records, and then the work about their deals. */
function* everything(): Generator<Seed> {
  const records = [...generateWorkspace(options)];
  yield* records;
  const deals = records.filter(({ entity }) => entity.name === 'deal') as never;
  yield* generateDailyWork({ ...options, deals, activities: 100, tasks: 60, appointments: 20 });
}

test('the same seed gives the same workspace, another seed another one', () => {
  const workspace = JSON.stringify([...generateWorkspace(options)]);
  expect(JSON.stringify([...generateWorkspace(options)])).toBe(workspace);
  expect(JSON.stringify([...everything()])).toBe(JSON.stringify([...everything()]));
  expect(JSON.stringify([...generateWorkspace({ ...options, seed: 8 })])).not.toBe(workspace);
});

test('every value is one its field would take from a person', () => {
  for (const { entity, values } of everything()) {
    for (const [name, value] of Object.entries(values)) {
      const field = entity.fields[name] as AnyField;
      expect([name, field.parse(value), field.accepts(value)]).toEqual([
        name,
        { ok: true, value: field.elements ? expect.anything() : value },
        true,
      ]);
    }
  }
});

test('every reference points to a record made before it', () => {
  const ids = new Set<string>(options.members);
  for (const { entity, id, values } of everything()) {
    for (const [name, value] of Object.entries(values)) {
      const field = entity.fields[name] as AnyField;
      if (field.kind === 'links') for (const each of value as string[]) expect(ids).toContain(each);
      if (field.target && typeof value === 'string') expect(ids).toContain(value);
      if (field.kind === 'people')
        for (const each of value as { contact: string }[]) expect(ids).toContain(each.contact);
    }
    ids.add(id);
  }
});
