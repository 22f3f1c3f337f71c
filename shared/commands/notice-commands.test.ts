import { expect, test } from 'vitest';
import { company } from '../entities/company.ts';
import { deal } from '../entities/deal.ts';
import { member } from '../entities/member.ts';
import { isInInbox, isUnread, type Notice, notice } from '../entities/notice.ts';
import { pipeline } from '../entities/pipeline.ts';
import { stage } from '../entities/stage.ts';
import { task } from '../entities/task.ts';
import { aReplica, meet, type Replica } from '../testing/replica.ts';
import { logActivity } from './activity-commands.ts';
import type { Tx } from './command.ts';
import { addComment, editComment } from './comment-commands.ts';
import { moveDeal } from './deal-commands.ts';
import {
  deriveNotices,
  finishNotices,
  forgettable,
  markRead,
  muteKind,
  noteMentions,
  snoozeNotice,
} from './notice-commands.ts';
import { editRecords } from './record-commands.ts';
import { starRecord } from './star-commands.ts';

function setupTeam() {
  let now = Date.parse('2026-11-22T10:00:00Z');
  const people = ['ana', 'ben', 'cleo'].map((name) => aReplica(name, { wall: () => (now += 1000) }));
  const [ana, ben, cleo] = people as [Replica, Replica, Replica];
  const { dealId, won } = ana.run((tx) => {
    for (const each of people) tx.insert(member, { name: each.name, role: 'member' }, each.memberId);
    const pipelineId = tx.insert(pipeline, { name: 'Sales' });
    const lead = tx.insert(stage, { name: 'Lead', type: 'open', pipeline: pipelineId });
    const won = tx.insert(stage, { name: 'Won', type: 'won', pipeline: pipelineId });
    const dealId = tx.insert(deal, { title: 'Vans', owner: ana.memberId, place: [pipelineId, lead, 'a'] });
    return { dealId, won };
  }).result;
  meetAll(people);
  return { ana, ben, cleo, dealId, won };
}

function meetAll([first, ...others]: readonly Replica[]): void {
  for (let round = 0; round < 2; round++) for (const other of others) if (first) meet(first, other);
}

/** As the client does it: the command, then who is told of it. */
function act<R>(who: Replica, command: (tx: Tx) => R): R {
  const plan = who.run(command);
  who.run((tx) => deriveNotices(tx, plan.writes));
  return plan.result;
}

const noticesOf = (who: Replica, owner = who) =>
  [...who.room('work').all(notice.name)]
    .map((each) => each as unknown as Notice)
    .filter((each) => each.owner === owner.memberId && !each.deleted)
    .sort((left, right) => (left.at ?? 0) - (right.at ?? 0));
const kindsOf = (who: Replica, owner = who) => noticesOf(who, owner).map(({ kind }) => kind);

test('a mention is told once, however often the comment is edited and from whichever device', () => {
  const { ana, ben, dealId } = setupTeam();
  const mentions = [ben.memberId];
  const id = act(ana, (tx) => addComment(tx, { on: dealId, body: '@ben look', mentions }));
  act(ana, (tx) => editComment(tx, { id, body: '@ben look please', mentions: [] }));
  act(ana, (tx) => editComment(tx, { id, body: '@ben look now', mentions }));
  expect(noticesOf(ana, ben)).toMatchObject([
    { kind: 'mention', record: [dealId], comment: id, by: ana.memberId, text: '@ben look' },
  ]);
  expect(noticesOf(ana)).toEqual([]);
});

test('who takes part in a thread hears of answers, whose the record is of comments, and each of one thing only', () => {
  const { ana, ben, cleo, dealId } = setupTeam();
  const first = act(ben, (tx) => addComment(tx, { on: dealId, body: 'Why so late?' }));
  expect(kindsOf(ben, ana)).toEqual(['comment']);
  meet(ben, cleo);
  act(cleo, (tx) => addComment(tx, { on: dealId, body: 'Ask @ana', replyTo: first, mentions: [ana.memberId] }));
  expect(kindsOf(cleo, ben)).toEqual(['reply']);
  expect(kindsOf(cleo, ana)).toEqual(['comment', 'mention']);
  meet(ana, cleo);
  act(ana, (tx) => addComment(tx, { on: dealId, body: 'Holidays', replyTo: first }));
  expect(kindsOf(ana, ben)).toEqual(['reply', 'reply']);
  expect(kindsOf(ana, cleo)).toEqual(['reply']);
});

test('what is given to somebody is told to them, and many things at once are told as one', () => {
  const { ana, ben, dealId } = setupTeam();
  act(ana, (tx) => tx.insert(task, { title: 'Call Ingrid', owner: ben.memberId }));
  act(ana, (tx) => editRecords(tx, { entity: deal, ids: [dealId], changes: { owner: ben.memberId } }));
  act(ana, (tx) => editRecords(tx, { entity: deal, ids: [dealId], changes: { owner: ana.memberId } }));
  expect(noticesOf(ana, ben).map(({ kind, text }) => [kind, text])).toEqual([
    ['assigned', 'Call Ingrid'],
    ['assigned', 'Vans'],
  ]);
  act(ana, (tx) => {
    for (let count = 0; count < 30; count++) tx.insert(company, { name: `No. ${count}`, owner: ben.memberId });
  });
  expect(noticesOf(ana, ben)).toHaveLength(3);
  expect(noticesOf(ana, ben)[2]).toMatchObject({ kind: 'assigned', record: [] });
  expect(noticesOf(ana, ben)[2]?.text).toMatch(/^30 records: No\. 0, /);
});

test('what an import makes is told to nobody', () => {
  const { ana, ben } = setupTeam();
  act(ana, (tx) => tx.insert(deal, { title: 'Old', owner: ben.memberId, batch: 'import_1' }));
  expect(noticesOf(ana, ben)).toEqual([]);
});

test('a won deal is told to its owner and to those who follow it, not to who won it', () => {
  const { ana, ben, cleo, dealId, won } = setupTeam();
  cleo.run((tx) => starRecord(tx, { id: dealId, starred: true }));
  meet(ben, cleo);
  act(ben, (tx) => moveDeal(tx, { id: dealId, to: { stageId: won } }));
  expect(kindsOf(ben, ana)).toEqual(['won']);
  expect(kindsOf(ben, cleo)).toEqual(['won']);
  expect(noticesOf(ben)).toEqual([]);
});

test('changes of a followed record are one notice a day and person, brought up again by the next', () => {
  const { ana, ben, dealId } = setupTeam();
  ben.run((tx) => starRecord(tx, { id: dealId, starred: true }));
  meet(ana, ben);
  const rename = (title: string) =>
    act(ana, (tx) => editRecords(tx, { entity: deal, ids: [dealId], changes: { title } }));
  rename('Vans 2');
  act(ana, (tx) => editRecords(tx, { entity: deal, ids: [dealId], changes: { closesOn: '2026-12-24' } }));
  expect(noticesOf(ana, ben)).toHaveLength(1);
  const [told] = noticesOf(ana, ben) as [Notice];
  expect(told.text.split(', ')).toHaveLength(2);
  meet(ana, ben);
  ben.run((tx) => finishNotices(tx, { ids: [told.id], done: true }));
  meet(ana, ben);
  rename('Vans 3');
  expect(noticesOf(ana, ben)).toMatchObject([{ id: told.id, readAt: null, doneAt: null }]);
  expect(noticesOf(ana, ben)[0]?.text.split(', ')).toHaveLength(1);
});

test('nobody hears of a kind they do not want', () => {
  const { ana, ben, dealId } = setupTeam();
  ben.run((tx) => muteKind(tx, { kind: 'mention', muted: true }));
  meet(ana, ben);
  act(ana, (tx) => addComment(tx, { on: dealId, body: '@ben', mentions: [ben.memberId] }));
  expect(noticesOf(ana, ben)).toEqual([]);
  ben.run((tx) => muteKind(tx, { kind: 'mention', muted: false }));
  meet(ana, ben);
  act(ana, (tx) => addComment(tx, { on: dealId, body: '@ben', mentions: [ben.memberId] }));
  expect(kindsOf(ana, ben)).toEqual(['mention']);
});

test('a notice is read, put off, done and after a month forgotten by its owner alone', () => {
  const { ana, ben, dealId } = setupTeam();
  act(ana, (tx) => addComment(tx, { on: dealId, body: '@ben', mentions: [ben.memberId] }));
  meet(ana, ben);
  const only = () => noticesOf(ben)[0] as Notice;
  const { id } = only();
  const now = only().at ?? 0;
  expect(isUnread(only(), now)).toBe(true);
  expect(() => ana.run((tx) => markRead(tx, { ids: [id], read: true }))).toThrow('somebody else’s');
  ben.run((tx) => markRead(tx, { ids: [id], read: true }));
  expect(isUnread(only(), now)).toBe(false);
  ben.run((tx) => snoozeNotice(tx, { id, until: now + 3_600_000 }));
  expect([isInInbox(only(), now), isUnread(only(), now + 3_600_000)]).toEqual([false, true]);
  ben.run((tx) => finishNotices(tx, { ids: [id], done: true }));
  expect(isInInbox(only(), now + 3_600_000)).toBe(false);
  expect(forgettable(noticesOf(ben), ben.memberId, now + 86_400_000)).toEqual([]);
  expect(forgettable(noticesOf(ben), ben.memberId, now + 40 * 86_400_000)).toEqual([id]);
});

test('who is named in a note hears of it once, however often the name is written; nobody of themselves or who left', () => {
  const { ana, ben, cleo, dealId } = setupTeam();
  const noteId = act(ana, (tx) => logActivity(tx, { kind: 'note', body: 'Ask @ben', about: [dealId] }));
  const named = (who: Replica, line: string) => ({ memberId: who.memberId, line });
  ana.run((tx) => tx.patch(member, cleo.memberId, { role: null }));
  const members = [named(ben, 'Ask @ben'), named(ana, 'Ask @ben'), named(cleo, 'And @cleo')];
  ana.run((tx) => noteMentions(tx, { recordId: noteId, members }));
  ana.run((tx) => noteMentions(tx, { recordId: noteId, members: [named(ben, 'And again @ben')] }));
  const told = noticesOf(ana, ben).filter(({ kind }) => kind === 'mention');
  expect(told).toMatchObject([{ record: [dealId], entry: noteId, by: ana.memberId, text: 'Ask @ben' }]);
  expect([noticesOf(ana, cleo), noticesOf(ana)].flat().filter(({ kind }) => kind === 'mention')).toEqual([]);
  // The deal's own brief is another text.
  ana.run((tx) => noteMentions(tx, { recordId: dealId, members: [named(ben, '@ben decides')] }));
  expect(kindsOf(ana, ben).filter((kind) => kind === 'mention')).toHaveLength(2);
});
