import { expect, test } from 'vitest';
import { notice } from '../entities/notice.ts';
import { aReplica } from '../testing/replica.ts';
import { noteRemovals } from './removed-commands.ts';

const met = { id: 'contact_1', title: 'Femke', labels: ['Job title', 'Phone', 'Tags', 'City'], stamp: 'a' };

test('a change that met a removal is told once, by name and field, to whoever made it', () => {
  const anna = aReplica('anna', { wall: () => 1_800_000_000_000 });
  for (let tab = 0; tab < 2; tab++) anna.run((tx) => noteRemovals(tx, [met]));
  const told = anna.run((tx) => [...tx.all(notice)]).result;
  expect(told).toMatchObject([
    {
      owner: anna.memberId,
      by: null,
      text: 'Femke was removed while you were away. What you changed (job title, phone, tags and more) is in the history.',
    },
  ]);
});

test('another change to it later is another thing to tell', () => {
  const anna = aReplica('anna', { wall: () => 1_800_000_000_000 });
  anna.run((tx) => noteRemovals(tx, [met]));
  anna.run((tx) => noteRemovals(tx, [{ ...met, stamp: 'b' }]));
  expect(anna.run((tx) => [...tx.all(notice)]).result).toHaveLength(2);
});
