import { describe, expect, test } from 'vitest';
import { SAMPLE_BATCH } from '../../shared/commands/batch-commands.ts';
import { type Deal, deal } from '../../shared/entities/deal.ts';
import type { Stage } from '../../shared/entities/stage.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { formatStamp } from '../../shared/sync/stamp.ts';
import { storyGroups, storyHeading, storyOf } from './story.ts';

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
const stampOn = (day: string) => formatStamp(at(day), 0, 'abcdef1234');
const stages: Record<string, Partial<Stage>> = { stage_lead: { type: 'open' }, stage_won: { type: 'won' } };
const stageOf = (id: string) => stages[id] as Stage | undefined;

const aDeal = (values: Partial<Deal>): Deal => ({
  ...(Object.fromEntries(Object.entries(deal.fields).map(([name, field]) => [name, field.initial])) as unknown as Deal),
  id: 'deal_1',
  batch: '',
  ...values,
});
const person = (values: object): AnyRecord =>
  ({ id: 'contact_1', entity: 'contact', createdAt: 0, batch: '', ...values }) as unknown as AnyRecord;

describe('the story of a contact', () => {
  test('begins when it was added, or imported', () => {
    expect(storyOf(person({ createdAt: at('2026-11-03') }), [], stageOf).map((event) => event.kind)).toEqual(['added']);
    const imported = storyOf(person({ createdAt: at('2026-11-03'), batch: 'import_1' }), [], stageOf);
    expect(imported[0]).toMatchObject({ kind: 'imported', day: '2026-11-03' });
    const sample = storyOf(person({ createdAt: at('2026-11-03'), batch: SAMPLE_BATCH }), [], stageOf);
    expect(sample[0]).toMatchObject({ kind: 'sample' });
  });

  test('tells the moves of its deals, newest first, with who moved them', () => {
    const moves = [
      { stamp: stampOn('2026-10-01'), from: '', to: 'stage_lead', by: 'member_a' },
      { stamp: stampOn('2026-11-20'), from: 'stage_lead', to: 'stage_won', by: 'member_b' },
    ];
    const won = aDeal({ place: ['pipeline_1', 'stage_won', 'a'], closedOn: '2026-11-20', stages: moves });
    const story = storyOf(person({}), [won], stageOf);
    expect(story.map(({ kind, day, by }) => [kind, day, by])).toEqual([
      ['moved', '2026-11-20', 'member_b'],
      ['opened', '2026-10-01', 'member_a'],
    ]);
  });

  test('takes the real days of an imported deal, not the day of the import', () => {
    const imported = aDeal({
      batch: 'import_1',
      place: ['pipeline_1', 'stage_won', 'a'],
      openedOn: '2016-10-20',
      closedOn: '2017-03-01',
      stages: [{ stamp: stampOn('2026-11-22'), from: '', to: 'stage_won', by: 'member_a' }],
    });
    expect(storyOf(person({}), [imported], stageOf).map(({ kind, day }) => [kind, day])).toEqual([
      ['closed', '2017-03-01'],
      ['opened', '2016-10-20'],
    ]);
  });

  test('survives stamps and stages nobody knows', () => {
    const odd = aDeal({ stages: [{ stamp: 'nonsense', from: 'x', to: 'y', by: '' }], closedOn: '2026-01-01' });
    expect(storyOf(person({}), [odd], stageOf)).toEqual([]);
  });
});

test('headings are days near today, then months, then months with their year', () => {
  const today = '2026-11-22';
  expect(
    ['2026-11-22', '2026-11-21', '2026-11-17', '2026-10-05', '2025-03-12'].map((day) => storyHeading(day, today)),
  ).toEqual(['Today', 'Yesterday', 'Last 7 days', 'October', 'March 2025']);
  const events = storyOf(person({ createdAt: at('2026-11-22'), firstContactOn: '2026-10-05' }), [], stageOf);
  expect(storyGroups(events, today).map((group) => group.heading)).toEqual(['Today', 'October']);
});
