import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { company } from '../entities/company.ts';
import { deal } from '../entities/deal.ts';
import { entities } from '../entities/registry.ts';
import { stage } from '../entities/stage.ts';
import { compareCards, stagesOf } from '../query/pipeline-view.ts';
import { roomsBy, runCommand } from '../sync/doc-tx.ts';
import { RoomRecords } from '../sync/room-records.ts';
import { createClock, newWriter } from '../sync/stamp.ts';
import type { Tx } from './command.ts';
import {
  closeDeals,
  createDeal,
  createDealWithCompany,
  moveDeal,
  moveDeals,
  moveDealsTo,
  putBackDeals,
  reopenDeals,
} from './deal-commands.ts';
import { addPipeline } from './pipeline-commands.ts';
import { deleteRecords } from './record-commands.ts';

const ANA = 'member_ana0000000000000';

/** A workspace in memory with one default pipeline; `run` is one command, `column` the cards of a stage in order. */
function setupPipeline() {
  const rooms = new Map<string, RoomRecords>();
  const room = (kind: string) => {
    const found = rooms.get(kind) ?? new RoomRecords(new Y.Doc(), entities);
    rooms.set(kind, found);
    return found;
  };
  let now = Date.UTC(2026, 10, 22, 12);
  const context = {
    registry: entities,
    rooms: roomsBy(entities, room, () => []),
    clock: createClock(() => (now += 1000), newWriter(ANA)),
    actor: ANA,
  };
  const run = <R>(command: (tx: Tx) => R): R => runCommand(context, command, 'test').result;
  const pipelineId = run((tx) => addPipeline(tx, { name: 'New business' }));
  const stages = run((tx) => stagesOf(tx.all(stage), pipelineId));
  const stageId = (name: string) => stages.find((each) => each.name === name)?.id ?? '';
  const add = (title: string, where: string) =>
    run((tx) => createDeal(tx, { stageId: stageId(where), values: { title } }));
  const read = (id: string) => run((tx) => tx.get(deal, id));
  const column = (name: string) =>
    run((tx) =>
      [...tx.all(deal)]
        .filter((each) => each.place[1] === stageId(name))
        .sort(compareCards)
        .map((each) => each.title),
    );
  return { run, stageId, add, read, column, pipelineId };
}

describe('a new deal', () => {
  test('goes on top of its column and belongs to the person who made it', () => {
    const { add, column, read } = setupPipeline();
    add('First', 'Lead');
    const second = add('Second', 'Lead');
    expect(column('Lead')).toEqual(['Second', 'First']);
    expect(read(second)).toMatchObject({ owner: ANA, openedOn: '2026-11-22', closedOn: null });
  });

  test('brings its new company along in one step', () => {
    const { run, read, stageId } = setupPipeline();
    const id = run((tx) =>
      createDealWithCompany(tx, {
        stageId: stageId('Lead'),
        values: { title: 'Trackers' },
        newCompany: 'Polar Freight',
      }),
    );
    const made = run((tx) => [...tx.all(company)]);
    expect(made.map((each) => each.name)).toEqual(['Polar Freight']);
    expect(read(id)?.company).toBe(made[0]?.id);
  });

  test('makes no company when the stage is gone', () => {
    const { run } = setupPipeline();
    const attempt = () =>
      run((tx) => createDealWithCompany(tx, { stageId: 'stage_none', values: { title: 'x' }, newCompany: 'Y' }));
    expect(attempt).toThrow('no longer there');
    expect(run((tx) => [...tx.all(company)])).toEqual([]);
  });
});

describe('moving', () => {
  test('puts a card between its new neighbours and writes the move into its history', () => {
    const { add, column, read, run, stageId } = setupPipeline();
    const [c, b, a] = [add('C', 'Proposal'), add('B', 'Proposal'), add('A', 'Lead')];
    run((tx) => moveDeal(tx, { id: a, to: { stageId: stageId('Proposal'), below: b, above: c } }));
    expect(column('Proposal')).toEqual(['B', 'A', 'C']);
    expect(read(a)?.stages.map((move) => [move.from, move.to, move.by])).toEqual([
      ['', stageId('Lead'), ANA],
      [stageId('Lead'), stageId('Proposal'), ANA],
    ]);
  });

  test('within a column changes the order and no history', () => {
    const { add, column, read, run, stageId } = setupPipeline();
    const [c, b, a] = [add('C', 'Lead'), add('B', 'Lead'), add('A', 'Lead')];
    run((tx) => moveDeal(tx, { id: a, to: { stageId: stageId('Lead'), below: c, above: '' } }));
    expect(column('Lead')).toEqual(['B', 'C', 'A']);
    expect(read(a)?.stages).toHaveLength(1);
    expect(read(b)?.stages).toHaveLength(1);
  });

  test('without neighbours goes to the top, with an empty one above to the bottom', () => {
    const { add, column, run, stageId } = setupPipeline();
    add('Old', 'Proposal');
    const [top, bottom] = [add('Top', 'Lead'), add('Bottom', 'Lead')];
    run((tx) => moveDeal(tx, { id: top, to: { stageId: stageId('Proposal') } }));
    run((tx) => moveDeal(tx, { id: bottom, to: { stageId: stageId('Proposal'), below: '', above: '' } }));
    expect(column('Proposal')).toEqual(['Top', 'Old', 'Bottom']);
  });

  test('keeps a dragged selection together, in its order', () => {
    const { add, column, run, stageId } = setupPipeline();
    const [d, c, b, a] = [add('D', 'Lead'), add('C', 'Lead'), add('B', 'Lead'), add('A', 'Lead')];
    run((tx) => moveDealsTo(tx, { ids: [a, c], to: { stageId: stageId('Lead'), below: c, above: d } }));
    expect(column('Lead')).toEqual(['B', 'A', 'C', 'D']);
    expect(b).toBeTruthy();
  });

  test('puts cards back to the very places they had', () => {
    const { add, column, read, run, stageId } = setupPipeline();
    const [c, b] = [add('C', 'Lead'), add('B', 'Lead')];
    add('A', 'Lead');
    const moves = [b, c].map((id) => ({ id, to: read(id)?.place ?? (['', '', ''] as const) }));
    run((tx) => moveDeals(tx, { ids: [c, b], stageId: stageId('Won') }));
    run((tx) => putBackDeals(tx, moves));
    expect(column('Lead')).toEqual(['A', 'B', 'C']);
    expect(read(b)?.closedOn).toBeNull();
  });

  test('in bulk puts the deals at the bottom in the order given', () => {
    const { add, column, run, stageId } = setupPipeline();
    add('Old', 'Proposal');
    const [b, a] = [add('B', 'Lead'), add('A', 'Lead')];
    run((tx) => moveDeals(tx, { ids: [a, b], stageId: stageId('Proposal') }));
    expect(column('Proposal')).toEqual(['Old', 'A', 'B']);
  });
});

describe('closing', () => {
  test('sets the closing day and keeps the reason', () => {
    const { add, read, run, stageId } = setupPipeline();
    const id = add('A', 'Proposal');
    run((tx) => closeDeals(tx, { ids: [id], as: 'lost', reason: 'Price', note: 'Ten percent over' }));
    expect(read(id)).toMatchObject({ closedOn: '2026-11-22', lostReason: 'Price', closingNote: 'Ten percent over' });
    expect(read(id)?.place[1]).toBe(stageId('Lost'));
  });

  test('several at once gives each a place of its own', () => {
    const { add, column, read, run } = setupPipeline();
    const ids = ['A', 'B', 'C'].map((title) => add(title, 'Lead'));
    run((tx) => closeDeals(tx, { ids, as: 'won' }));
    expect(column('Won')).toEqual(['C', 'B', 'A']);
    expect(new Set(ids.map((id) => read(id)?.place[2])).size).toBe(3);
  });

  test('refuses a deal whose pipeline has gone, and closes none of the others', () => {
    const { add, read, run, stageId } = setupPipeline();
    const [good, stray] = [add('Good', 'Lead'), add('Stray', 'Lead')];
    run((tx) => tx.patch(deal, stray, { place: ['pipeline_gone', 'stage_gone', 'a0'] }));
    expect(() => run((tx) => closeDeals(tx, { ids: [good, stray], as: 'won' }))).toThrow('no longer there');
    expect(read(good)?.place[1]).toBe(stageId('Lead'));
  });
});

describe('reopening', () => {
  test('puts the deal back where it was closed from and empties what the closing said', () => {
    const { add, read, run, stageId } = setupPipeline();
    const id = add('A', 'Negotiation');
    run((tx) => closeDeals(tx, { ids: [id], as: 'lost', reason: 'Price' }));
    run((tx) => reopenDeals(tx, { ids: [id] }));
    expect(read(id)).toMatchObject({ closedOn: null, lostReason: '', closingNote: '' });
    expect(read(id)?.place[1]).toBe(stageId('Negotiation'));
  });

  test('takes the first open stage when the old one is gone', () => {
    const { add, read, run, stageId } = setupPipeline();
    const id = add('A', 'Negotiation');
    run((tx) => closeDeals(tx, { ids: [id], as: 'won' }));
    run((tx) => deleteRecords(tx, { entity: stage, ids: [stageId('Negotiation')] }));
    run((tx) => reopenDeals(tx, { ids: [id] }));
    expect(read(id)?.place[1]).toBe(stageId('Lead'));
  });

  test('leaves an open deal alone', () => {
    const { add, read, run } = setupPipeline();
    const id = add('A', 'Lead');
    const before = read(id)?.place;
    run((tx) => reopenDeals(tx, { ids: [id] }));
    expect(read(id)?.place).toEqual(before);
  });
});
