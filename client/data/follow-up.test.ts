import { createRoot } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { addComment } from '../../shared/commands/comment-commands.ts';
import { deal } from '../../shared/entities/deal.ts';
import { member } from '../../shared/entities/member.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

const BEN = 'member_ben0000000000';

function setupTwo() {
  const anna = createMemoryWorkspace({ isSetUp: true });
  const dealId = anna.arrange((tx) => {
    tx.insert(member, { name: 'Ben', role: 'member' }, BEN);
    return tx.insert(deal, { title: 'Vans' });
  });
  const told = () => [...anna.collection('notice').each()].filter(({ owner }) => owner === BEN);
  const say = () => anna.run('Comment added', (tx) => addComment(tx, { on: dealId, body: '@Ben', mentions: [BEN] }));
  return { anna, told, say };
}

test('the first step is followed up when the code is there, the next ones at once and undone with the step', async () => {
  await createRoot(async (dispose) => {
    const { anna, told, say } = setupTwo();
    say();
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    say();
    expect(told()).toHaveLength(2);
    await anna.undo();
    expect(told()).toHaveLength(1);
    expect(anna.collection('comment').count()).toBe(1);
    await anna.redo();
    expect(told()).toHaveLength(2);
    dispose();
  });
});

test('an undo does not report that somebody has read what they were told', async () => {
  await createRoot(async (dispose) => {
    const { anna, told, say } = setupTwo();
    say();
    await vi.waitFor(() => expect(told()).toHaveLength(1));
    say();
    const ben = createMemoryWorkspace({ name: 'Ben', memberId: BEN, role: 'member' });
    anna.exchange(ben);
    const { markRead } = await import('../../shared/commands/notice-commands.ts');
    ben.run('Read', (tx) =>
      markRead(tx, { ids: [...ben.collection('notice').each()].map(({ id }) => id), read: true }),
    );
    ben.exchange(anna);
    expect(await anna.undo()).toMatchObject({ skipped: 0 });
    expect(anna.collection('comment').count()).toBe(1);
    dispose();
  });
});
