/** The product's promise without a line: days offline, a killed server, a dead one; nothing is lost, everybody ends up with the same. */
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { expect, test } from './support/fixtures.ts';

test('both offline: edits of different deals, different fields of one deal and a moved card all survive', async ({
  owner,
  teammate,
}) => {
  const jonas = await teammate('Jonas Weber');
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  await Promise.all([mine.open(), his.open()]);
  for (const title of ['Shared', 'Only mine', 'Only his']) await mine.add(`${title} 10k`);
  for (const title of ['Shared', 'Only mine', 'Only his']) await expect(his.card(title)).toBeVisible();
  await Promise.all([mine.synced(), his.synced()]);

  await Promise.all([owner.ready(), jonas.ready()]);
  owner.line.cut();
  jonas.line.cut();
  await expect(mine.sync(/Offline/)).toBeVisible();
  await expect(his.sync(/Offline/)).toBeVisible();
  await mine.setValue('Only mine', '11000');
  await mine.setValue('Shared', '12000');
  await his.setValue('Only his', '13000');
  await his.move('Shared', 'Negotiation');
  await his.add('Made offline 14k');
  await expect(his.sync(/Offline, \d+ to sync/)).toBeVisible();

  owner.line.heal();
  jonas.line.heal();
  await Promise.all([mine.synced(), his.synced()]);
  for (const board of [mine, his]) {
    await expect(board.card('Only mine')).toContainText('€11,000', AFTER_HEALING);
    await expect(board.card('Only his')).toContainText('€13,000', AFTER_HEALING);
    const shared = board.column('Negotiation').getByRole('article', { name: 'Shared' });
    await expect(shared).toContainText('€12,000', AFTER_HEALING);
    await expect(board.card('Made offline')).toContainText('€14,000', AFTER_HEALING);
  }
});

test('the same field edited by both: the later one shows on both sides and the other is still in the data', async ({
  owner,
  teammate,
}) => {
  const jonas = await teammate('Jonas Weber');
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  await Promise.all([mine.open(), his.open()]);
  await mine.add('Shared 10k');
  await expect(his.card('Shared')).toBeVisible();
  await Promise.all([mine.synced(), his.synced()]);
  await Promise.all([owner.ready(), jonas.ready()]);
  owner.line.cut();
  jonas.line.cut();
  await mine.setValue('Shared', '11000');
  await his.setValue('Shared', '22000');
  // The later writer comes back first: order of arrival must not matter.
  jonas.line.heal();
  await his.synced();
  owner.line.heal();
  await mine.synced();
  for (const board of [mine, his]) await expect(board.card('Shared')).toContainText('€22,000', AFTER_HEALING);

  await mine.card('Shared').press('Enter');
  await owner.page.getByRole('button', { name: 'Value: 2 kept' }).click();
  await expect(owner.page.getByText('€11,000')).toBeVisible();
});

test('the server killed during edits: nothing that the other browser had seen is gone', async ({
  owner,
  teammate,
  elsewhere,
  server,
}) => {
  const jonas = await teammate('Jonas Weber');
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  await Promise.all([mine.open(), his.open()]);
  for (let index = 1; index <= 5; index++) await mine.add(`Deal number ${index} 10k`);
  await expect(his.card('Deal number 5')).toBeVisible();
  await owner.ready();
  await server.kill();
  await mine.add('While it was dead 1k');
  await server.restart();

  // Somebody with an empty device sees what the server alone has.
  owner.line.cut();
  const fresh = boardOf(await elsewhere(jonas));
  await fresh.open();
  for (let index = 1; index <= 5; index++) await expect(fresh.card(`Deal number ${index}`)).toBeVisible(AFTER_HEALING);
  owner.line.heal();
  await expect(fresh.card('While it was dead')).toBeVisible(AFTER_HEALING);
});

test('reload with the server dead: app and data open, and edits made then arrive later', async ({
  owner,
  teammate,
  server,
}) => {
  const jonas = await teammate('Jonas Weber');
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  await Promise.all([mine.open(), his.open()]);
  await mine.add('Before 10k');
  await expect(his.card('Before')).toBeVisible();
  await mine.synced();
  await owner.ready();
  await server.kill();

  await owner.page.reload();
  await expect(mine.card('Before')).toBeVisible();
  await mine.add('Made in the dark 20k');
  await expect(mine.sync(/Offline, 1 to sync/)).toBeVisible();
  await owner.page.reload();
  await expect(mine.card('Made in the dark')).toBeVisible();
  await expect(mine.sync(/Offline, 1 to sync/)).toBeVisible();

  await server.restart();
  await mine.synced();
  await expect(his.card('Made in the dark')).toBeVisible(AFTER_HEALING);
});

test('what the browser says of the network is followed at once: offline, and synced again', async ({ owner }) => {
  const mine = boardOf(owner);
  await mine.open();
  await mine.add('Before 10k');
  await mine.synced();
  // The line itself says nothing: without that word it would be given up after some 30 s of silence.
  await owner.context.setOffline(true);
  await expect(mine.sync(/Offline/)).toBeVisible();
  await mine.add('Under way 20k');
  await expect(mine.sync(/Offline, \d to sync/)).toBeVisible();
  await owner.context.setOffline(false);
  await expect(mine.sync(/Synced/)).toBeVisible();
});

test('sign-out with waiting changes warns', async ({ owner }) => {
  const mine = boardOf(owner);
  await mine.open();
  await mine.add('Kept 10k');
  await mine.synced();
  await owner.ready();
  owner.line.cut();
  await mine.add('Waiting 10k');
  await expect(mine.sync(/Offline, 1 to sync/)).toBeVisible();
  await owner.page.goto('/settings/devices');
  await owner.page.getByRole('button', { name: 'Sign out' }).click();
  const dialog = owner.page.getByRole('dialog');
  await expect(dialog).toContainText(/1 change/);
  await owner.page.keyboard.press('Escape');
  await mine.open();
  await expect(mine.card('Waiting')).toBeVisible();
});
