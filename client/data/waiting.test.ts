import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { logActivity } from '../../shared/commands/activity-commands.ts';
import type { Tx } from '../../shared/commands/command.ts';
import { closeDeals, createDeal, moveDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, deleteRecords, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { deal } from '../../shared/entities/deal.ts';
import { entities } from '../../shared/entities/registry.ts';
import type { Refused } from '../../shared/sync/protocol.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';
import { describeRefused, describeWaiting, waitingEdits } from './waiting.ts';

/** A pipeline with two deals that the server has; everything done after that waits. */
function setupWaiting() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const stageId = (name: string) =>
    workspace
      .collection('stage')
      .all()
      .find((each) => each.name === name)?.id ?? '';
  const ids = ['Route planner', 'Sensors'].map((title) =>
    workspace.arrange((tx) => createDeal(tx, { stageId: stageId('Lead'), values: { title } })),
  );
  const clockOf = (doc: Y.Doc) =>
    new Map([[doc.clientID, (doc.store.clients.get(doc.clientID)?.at(-1)?.id.clock ?? -1) + 1]]);
  const rooms = [workspace.docs.pipeline, workspace.docs.directory].map((doc) => ({
    doc,
    records: new RoomRecords(doc, entities),
    saved: clockOf(doc),
  }));
  let refused: readonly Refused[] = [];
  const find = (id: string) => rooms.map(({ records }) => records.get(id)).find((record) => record !== undefined);
  const edits = () =>
    rooms.flatMap(({ doc, records, saved }) => [
      ...waitingEdits({ doc, records, ownClocks: { waiting: () => saved }, refused: () => refused }),
    ]);
  return {
    ids,
    stageId,
    run: (command: (tx: Tx) => unknown) => workspace.run('x', command),
    count: () => edits().length,
    words: () => describeWaiting(edits(), find, entities).map(({ text }) => text),
    refuse(client: number, clock: number, length: number) {
      refused = [
        {
          code: 'read-only',
          message: 'You can only look.',
          messageNumber: 1,
          quarantineId: null,
          changes: [{ client, clock, length }],
        },
      ];
      return describeRefused(
        edits().filter((edit) => edit.isRefused),
        refused,
        find,
        entities,
      );
    },
    pipeline: rooms[0] as (typeof rooms)[0],
  };
}

test('with everything saved nothing waits', () => {
  expect(setupWaiting().count()).toBe(0);
});

test('a move is one change, whatever else it writes; moving again does not count twice', () => {
  const { ids, stageId, run, count, words } = setupWaiting();
  const [id = ''] = ids;
  run((tx) => moveDeal(tx, { id, to: { stageId: stageId('Proposal') } }));
  run((tx) => moveDeal(tx, { id, to: { stageId: stageId('Qualified') } }));
  expect([count(), words()]).toEqual([1, ['Moved Route planner']]);
  run((tx) => closeDeals(tx, { ids, as: 'won' }));
  expect([count(), words()]).toEqual([2, ['Moved 2 deals']]);
});

test('edits count once per field; one edit names its field', () => {
  const { ids, run, count, words } = setupWaiting();
  const edit = (id: string | undefined, changes: object) =>
    run((tx) => editRecords(tx, { entity: deal, ids: [id ?? ''], changes }));
  edit(ids[0], { nextStep: 'Call' });
  edit(ids[0], { nextStep: 'Call again' });
  expect([count(), words()]).toEqual([1, ['Edited next step of Route planner']]);
  edit(ids[0], { product: 'P' });
  expect(words()).toEqual(['Edited 2 fields of Route planner']);
  edit(ids[1], { product: 'Q' });
  expect([count(), words()]).toEqual([3, ['Edited 3 fields on 2 records']]);
});

test('new, imported, deleted and restored records are said as such', () => {
  const { ids, run, words } = setupWaiting();
  run((tx) => createRecord(tx, { entity: company, values: { name: 'Nordfracht' } }));
  expect(words()).toEqual(['Added Nordfracht']);
  run((tx) => {
    for (let index = 0; index < 1_200; index++) tx.insert(company, { name: `C${index}`, batch: 'import-1' });
  });
  expect(words().toSorted()).toEqual(['Added Nordfracht', 'Imported 1,200 companies']);
  run((tx) => deleteRecords(tx, { entity: deal, ids: [ids[0] ?? ''] }));
  expect(words()).toContain('Deleted Route planner');
  run((tx) => editRecords(tx, { entity: deal, ids: [ids[0] ?? ''], changes: { deleted: false } }));
  expect(words()).toContain('Restored Route planner');
});

test('what the server would not take is told apart, with its reason', () => {
  const { ids, run, count, refuse, pipeline } = setupWaiting();
  const [client = 0, clock = 0] = [...pipeline.saved][0] ?? [];
  run((tx) => editRecords(tx, { entity: deal, ids: [ids[0] ?? ''], changes: { product: 'P' } }));
  run((tx) => editRecords(tx, { entity: deal, ids: [ids[1] ?? ''], changes: { product: 'P' } }));
  expect(refuse(client, clock, 1)).toEqual([{ text: 'Edited product of Route planner', reason: 'You can only look.' }]);
  expect(count()).toBe(2);
});

test('letters in a shared text wait as one edit of its words, also before those are written down', () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const id = workspace.arrange((tx) => logActivity(tx, { kind: 'note', body: 'Site walk', about: ['contact_a'] }));
  const doc = workspace.docs.timeline;
  const clock = (doc.store.clients.get(doc.clientID)?.at(-1)?.id.clock ?? -1) + 1;
  const text = workspace.texts.open(id, 'Site walk');
  for (const words of ['one', 'two']) {
    doc.transact(() => text?.fragment.push([new Y.XmlText(words)]));
  }
  const records = new RoomRecords(doc, entities);
  const edits = waitingEdits({
    doc,
    records,
    ownClocks: { waiting: () => new Map([[doc.clientID, clock]]) },
    refused: () => [],
  });
  expect(edits).toMatchObject([{ id, path: 'body', isRefused: false }]);
});
