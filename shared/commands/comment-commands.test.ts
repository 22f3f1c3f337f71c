import { expect, test } from 'vitest';
import { type Comment, comment, reactionsOf } from '../entities/comment.ts';
import { member } from '../entities/member.ts';
import { aReplica, meet, type Replica } from '../testing/replica.ts';
import { addComment, deleteComment, editComment, reactToComment, resolveThread } from './comment-commands.ts';

function setupTeam(): { readonly ana: Replica; readonly ben: Replica } {
  let now = 1.78e12;
  const [ana, ben] = ['ana', 'ben'].map((name) => aReplica(name, { wall: () => (now += 1000) })) as [Replica, Replica];
  ana.run((tx) => {
    tx.insert(member, { name: 'Ana' }, ana.memberId);
    tx.insert(member, { name: 'Ben' }, ben.memberId);
  });
  meet(ana, ben);
  return { ana, ben };
}

const read = (replica: Replica, id: string) => replica.room('timeline').get(id) as unknown as Comment;
const say = (replica: Replica, body: string, more: Partial<Parameters<typeof addComment>[1]> = {}) =>
  replica.run((tx) => addComment(tx, { on: 'deal_1', body, ...more })).result;

test('a comment knows its author, its time, and those teammates it names who exist', () => {
  const { ana, ben } = setupTeam();
  const id = say(ana, ' Ask @Ben ', { field: 'amount', mentions: [ben.memberId, ben.memberId, 'member_nobody'] });
  const record = read(ana, id);
  expect(record).toMatchObject({ body: 'Ask @Ben', by: ana.memberId, field: 'amount', mentions: [ben.memberId] });
  expect(record.at).toBe(record.createdAt);
});

test('an answer stands where its thread stands, answers to answers too', () => {
  const { ana } = setupTeam();
  const first = say(ana, 'First', { entry: 'activity_1' });
  const second = say(ana, 'Second', { on: 'contact_9', replyTo: first });
  const third = say(ana, 'Third', { replyTo: second });
  for (const id of [second, third]) {
    expect(read(ana, id)).toMatchObject({ replyTo: first, on: ['deal_1'], entry: ['activity_1'] });
  }
});

test('only the author changes or deletes the words', () => {
  const { ana, ben } = setupTeam();
  const id = say(ana, 'Mine');
  meet(ana, ben);
  expect(() => ben.run((tx) => editComment(tx, { id, body: 'His', mentions: [] }))).toThrow(/Only who wrote/);
  expect(() => ben.run((tx) => deleteComment(tx, { id }))).toThrow(/Only who wrote/);
  ana.run((tx) => editComment(tx, { id, body: 'Mine, better', mentions: [] }));
  expect(read(ana, id)).toMatchObject({ body: 'Mine, better', deleted: false });
  ana.run((tx) => deleteComment(tx, { id }));
  expect(read(ana, id).deleted).toBe(true);
});

test('everybody settles a thread, and an answer takes it up again', () => {
  const { ana, ben } = setupTeam();
  const id = say(ana, 'Open question');
  meet(ana, ben);
  const answer = say(ben, 'Answered', { replyTo: id });
  ben.run((tx) => resolveThread(tx, { id: answer, resolved: true }));
  expect(read(ben, id)).toMatchObject({ resolvedBy: ben.memberId });
  expect(read(ben, id).resolvedAt).not.toBeNull();
  say(ben, 'One more thing', { replyTo: id });
  expect(read(ben, id)).toMatchObject({ resolvedAt: null, resolvedBy: null });
});

test('reactions of two people apart are both kept, and each takes back only their own', () => {
  const { ana, ben } = setupTeam();
  const id = say(ana, 'Won');
  meet(ana, ben);
  ana.run((tx) => reactToComment(tx, { id, sign: '🎉', on: true }));
  ben.run((tx) => reactToComment(tx, { id, sign: '🎉', on: true }));
  ben.run((tx) => reactToComment(tx, { id, sign: '👍', on: true }));
  meet(ana, ben);
  expect(reactionsOf(read(ana, id))).toEqual([
    { sign: '👍', by: [ben.memberId] },
    { sign: '🎉', by: [ana.memberId, ben.memberId].sort() },
  ]);
  ana.run((tx) => reactToComment(tx, { id, sign: '🎉', on: false }));
  expect(reactionsOf(read(ana, id)).find(({ sign }) => sign === '🎉')?.by).toEqual([ben.memberId]);
});

test('an empty and an endless comment are refused with a sentence', () => {
  const { ana } = setupTeam();
  expect(() => say(ana, '  ')).toThrow('needs some words');
  expect(() => say(ana, 'x'.repeat(10_001))).toThrow('longer than 10,000');
  expect([...ana.room('timeline').all(comment.name)]).toEqual([]);
});
