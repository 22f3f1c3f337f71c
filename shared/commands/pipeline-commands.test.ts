import { describe, expect, test } from 'vitest';
import { deal } from '../entities/deal.ts';
import { pipeline } from '../entities/pipeline.ts';
import { type Stage, stage } from '../entities/stage.ts';
import { compareCards, stagesOf } from '../query/pipeline-view.ts';
import { aReplica, contentsOf, meet, type Replica } from '../testing/replica.ts';
import { closeDeals, createDeal, moveDeal, moveDeals } from './deal-commands.ts';
import {
  addPipeline,
  addStage,
  deletePipeline,
  deleteStage,
  editStage,
  moveStage,
  replaceEmptyPipelines,
} from './pipeline-commands.ts';
import { addMember, setUpWorkspace } from './workspace-commands.ts';

function aWorkspace(): {
  anna: Replica;
  stages: () => readonly Stage[];
  stageNamed: (name: string) => Stage;
  titlesIn: (name: string) => readonly string[];
  tick: () => void;
} {
  let time = Date.UTC(2026, 10, 22, 12);
  const anna = aReplica('anna', { wall: () => time });
  anna.run((tx) =>
    setUpWorkspace(tx, {
      name: 'Northlane',
      currency: 'EUR',
      owner: { id: 'member_anna000000000000', name: 'Anna', email: 'anna@northlane.example', role: 'owner' },
    }),
  );
  const rooms = () => [...anna.room('workspace').all('stage')] as unknown as Stage[];
  const stages = () => stagesOf(rooms(), rooms()[0]?.pipeline ?? '');
  const stageNamed = (name: string) => stages().find((each) => each.name === name) as Stage;
  const titlesIn = (name: string) =>
    anna.run((tx) =>
      [...tx.all(deal)]
        .filter((each) => each.place[1] === stageNamed(name).id)
        .sort(compareCards)
        .map((each) => each.title),
    ).result;
  const tick = () => {
    time += 1000;
  };
  return { anna, stages, stageNamed, titlesIn, tick };
}

describe('a new workspace', () => {
  test('has one pipeline with open stages in order, then won and lost', () => {
    const { stages } = aWorkspace();
    expect(stages().map((each) => `${each.name} ${each.probability}`)).toEqual([
      'Lead 10',
      'Qualified 30',
      'Proposal 55',
      'Negotiation 80',
      'Won 100',
      'Lost 0',
    ]);
  });

  test('gives people their colours by the order in which they join', () => {
    const { anna } = aWorkspace();
    anna.run((tx) =>
      addMember(tx, { id: 'member_bert000000000000', name: 'Bert', email: 'bert@northlane.example', role: 'member' }),
    );
    anna.run((tx) =>
      addMember(tx, {
        id: 'member_bert000000000000',
        name: 'Bert B.',
        email: 'bert@northlane.example',
        role: 'viewer',
      }),
    );
    expect([...anna.room('workspace').all('member')].map((each) => [each.name, each.joinOrder, each.role])).toEqual([
      ['Anna', 0, 'owner'],
      ['Bert B.', 1, 'viewer'],
    ]);
  });
});

describe('stages', () => {
  test('are added behind the last open one and moved to any position', () => {
    const { anna, stages, stageNamed } = aWorkspace();
    const pipelineId = stages()[0]?.pipeline ?? '';
    anna.run((tx) => addStage(tx, { pipelineId, name: 'Contract' }));
    expect(stages().map((each) => each.name)).toEqual([
      'Lead',
      'Qualified',
      'Proposal',
      'Negotiation',
      'Contract',
      'Won',
      'Lost',
    ]);
    anna.run((tx) => moveStage(tx, { id: stageNamed('Contract').id, position: 1 }));
    anna.run((tx) => moveStage(tx, { id: stageNamed('Lead').id, position: 99 }));
    expect(stages().map((each) => each.name)).toEqual([
      'Contract',
      'Qualified',
      'Proposal',
      'Negotiation',
      'Lead',
      'Won',
      'Lost',
    ]);
  });

  test('cannot be left without a name', () => {
    const { anna, stageNamed } = aWorkspace();
    expect(() => anna.run((tx) => editStage(tx, { id: stageNamed('Lead').id, changes: { name: '' } }))).toThrow(
      'Name cannot be empty.',
    );
  });

  test('give their deals to another stage when they are deleted, in the same order', () => {
    const { anna, stageNamed, titlesIn, stages } = aWorkspace();
    for (const title of ['Third', 'Second', 'First'])
      anna.run((tx) => createDeal(tx, { stageId: stageNamed('Lead').id, values: { title } }));
    const lead = stageNamed('Lead').id;
    expect(() => anna.run((tx) => deleteStage(tx, { id: lead, moveTo: null }))).toThrow(
      '3 deals are in Lead. Choose the stage they go to.',
    );
    anna.run((tx) => deleteStage(tx, { id: lead, moveTo: stageNamed('Proposal').id }));
    expect(titlesIn('Proposal')).toEqual(['First', 'Second', 'Third']);
    expect(stages().some((each) => each.name === 'Lead')).toBe(false);
  });

  test('won and lost cannot be deleted or moved', () => {
    const { anna, stageNamed } = aWorkspace();
    expect(() => anna.run((tx) => deleteStage(tx, { id: stageNamed('Won').id, moveTo: null }))).toThrow(
      'Every pipeline needs its Won stage.',
    );
    expect(() => anna.run((tx) => moveStage(tx, { id: stageNamed('Lost').id, position: 0 }))).toThrow(
      'Lost always comes last.',
    );
  });
});

describe('pipelines', () => {
  test('can be deleted when empty, but not the only one', () => {
    const { anna, stages } = aWorkspace();
    const first = stages()[0]?.pipeline ?? '';
    expect(() => anna.run((tx) => deletePipeline(tx, { id: first }))).toThrow(
      'This is the only pipeline. Add another one first.',
    );
    const second = anna.run((tx) => addPipeline(tx, { name: 'Renewals' })).result;
    anna.run((tx) => deletePipeline(tx, { id: second }));
    expect(anna.run((tx) => [...tx.all(pipeline)].length).result).toBe(1);
    expect(anna.run((tx) => [...tx.all(stage)].length).result).toBe(6);
  });
});

describe('deals', () => {
  test('are created on top of a column, owned by who creates them, with the start of their history', () => {
    const { anna, stageNamed } = aWorkspace();
    const { result: id, stamp } = anna.run((tx) =>
      createDeal(tx, { stageId: stageNamed('Qualified').id, values: { title: 'Vans' } }),
    );
    expect(anna.room('pipeline').get(id)).toMatchObject({
      owner: anna.memberId,
      openedOn: '2026-11-22',
      closedOn: null,
      stages: [{ stamp, from: '', to: stageNamed('Qualified').id, by: anna.memberId }],
    });
  });

  test('move between two cards, to an end and to another stage', () => {
    const { anna, stageNamed, titlesIn } = aWorkspace();
    const [c, b, a] = ['C', 'B', 'A'].map(
      (title) => anna.run((tx) => createDeal(tx, { stageId: stageNamed('Lead').id, values: { title } })).result,
    ) as [string, string, string];
    expect(titlesIn('Lead')).toEqual(['A', 'B', 'C']);
    anna.run((tx) => moveDeal(tx, { id: a, to: { stageId: stageNamed('Lead').id, below: b, above: c } }));
    expect(titlesIn('Lead')).toEqual(['B', 'A', 'C']);
    anna.run((tx) => moveDeal(tx, { id: c, to: { stageId: stageNamed('Proposal').id } }));
    anna.run((tx) => moveDeals(tx, { ids: [b, a], stageId: stageNamed('Proposal').id }));
    expect(titlesIn('Proposal')).toEqual(['C', 'B', 'A']);
  });

  test('that are won get today as their closing day, and lose it when they are reopened', () => {
    const { anna, stageNamed, tick } = aWorkspace();
    const { result: id } = anna.run((tx) =>
      createDeal(tx, { stageId: stageNamed('Lead').id, values: { title: 'Vans' } }),
    );
    tick();
    anna.run((tx) => closeDeals(tx, { ids: [id], as: 'lost', reason: 'Price' }));
    expect(anna.room('pipeline').get(id)).toMatchObject({ closedOn: '2026-11-22', lostReason: 'Price' });
    tick();
    anna.run((tx) => moveDeal(tx, { id, to: { stageId: stageNamed('Lead').id } }));
    expect(anna.room('pipeline').get(id)).toMatchObject({ closedOn: null });
    expect(anna.room('pipeline').get(id)?.stages).toHaveLength(3);
  });

  test('that two people move at once end in one place, that of the later drop, with both moves in the history', () => {
    let time = 0;
    const { anna, stageNamed, tick } = aWorkspace();
    const { result: id } = anna.run((tx) =>
      createDeal(tx, { stageId: stageNamed('Lead').id, values: { title: 'Vans' } }),
    );
    const bert = aReplica('bert', { wall: () => Date.UTC(2026, 10, 23) + time++ });
    meet(anna, bert);
    tick();
    anna.run((tx) => moveDeal(tx, { id, to: { stageId: stageNamed('Proposal').id } }));
    bert.run((tx) => moveDeal(tx, { id, to: { stageId: stageNamed('Negotiation').id } }));
    meet(anna, bert);
    expect(contentsOf(anna)).toEqual(contentsOf(bert));
    expect(anna.room('pipeline').get(id)).toMatchObject({
      place: [stageNamed('Lead').pipeline, stageNamed('Negotiation').id, expect.any(String)],
    });
    expect(anna.room('pipeline').get(id)?.stages).toHaveLength(3);
  });
});

test('an empty pipeline makes way once others came beside it, one with deals stays', () => {
  const { anna, stages } = aWorkspace();
  const first = stages()[0]?.pipeline ?? '';
  const replace = (ids: readonly string[]) => anna.run((tx) => replaceEmptyPipelines(tx, { ids })).result;
  expect(replace([first]), 'the only one').toEqual([]);
  const used = anna.run((tx) => addPipeline(tx, { name: 'In use' })).result;
  anna.run((tx) =>
    createDeal(tx, { values: { title: 'Kitchen' }, stageId: stagesOf(tx.all(stage), used)[0]?.id ?? '' }),
  );
  expect(replace([first, used]), 'nothing came beside them').toEqual([]);
  anna.run((tx) => addPipeline(tx, { name: 'Came back' }));
  expect(replace([first, used])).toEqual(['New business']);
  expect(anna.run((tx) => [...tx.all(pipeline)].map((each) => each.name)).result.sort()).toEqual([
    'Came back',
    'In use',
  ]);
});
