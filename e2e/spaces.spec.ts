/** Private spaces: what the members of one see, and that nobody else's browser receives a byte of it. */
import type { Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';

const SECRET = 'Nightingale';

/** Everything a page receives from now on, as it came. */
function listenTo(page: Page): () => Promise<Buffer> {
  const heard: (Buffer | Promise<Buffer>)[] = [];
  page.on('websocket', (socket) =>
    socket.on('framereceived', ({ payload }) => void heard.push(Buffer.from(payload as string | Buffer))),
  );
  page.on('response', (response) => {
    if (response.url().includes('/api/')) heard.push(response.body().catch(() => Buffer.alloc(0)));
  });
  return async () => Buffer.concat(await Promise.all(heard));
}

/** Everything in the page's IndexedDB, bytes as Latin-1. */
function keptBy({ page }: Person): Promise<string> {
  return page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((settle, reject) => {
        request.onsuccess = () => settle(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts: string[] = [];
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      texts.push(name);
      for (const store of db.objectStoreNames) {
        for (const value of await done(db.transaction(store).objectStore(store).getAll())) {
          texts.push(value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : JSON.stringify(value));
        }
      }
      db.close();
    }
    return texts.join('\n');
  });
}

async function makeSpace({ page }: Person, name: string, ...members: readonly string[]): Promise<void> {
  await page.goto('/settings/spaces');
  await page.getByRole('textbox', { name: 'Name of the space' }).fill(name);
  await page.getByRole('button', { name: 'Make a space' }).click();
  const group = page.getByRole('region', { name });
  for (const member of members) {
    await group.getByRole('button', { name: `Add somebody to ${name}` }).click();
    await page.getByRole('option', { name: member }).click();
    await expect(group.getByText(member, { exact: true })).toBeVisible();
  }
}

async function show({ page }: Person, space: string): Promise<void> {
  const bar = page.getByRole('navigation', { name: 'Main' });
  await bar.getByRole('button', { name: /^Space shown/ }).click();
  await page.getByRole('menuitemradio', { name: space }).click();
  await expect(bar.getByRole('button', { name: `Space shown: ${space}` })).toBeVisible();
}

test('a deal of a private space reaches its members and nobody else, on the wire and on the device', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const jonas = await teammate('Jonas Weber');
  const ines = await teammate('Ines Duarte');
  const heardByOwner = listenTo(owner.page);
  const board = { maya: boardOf(owner), jonas: boardOf(jonas), ines: boardOf(ines) };
  await board.maya.open();
  await board.ines.open();

  await makeSpace(jonas, 'Acquisitions', 'Ines Duarte');
  await expectAccessible(jonas.page);
  await board.jonas.open();
  await board.jonas.add('Everyday vans 12k');
  await show(jonas, 'Acquisitions');
  await board.jonas.add(`${SECRET} takeover 480k`);
  await expect(board.jonas.card('Everyday vans')).toHaveCount(0);
  await expect(jonas.page.getByRole('banner').or(jonas.page.locator('.topbar'))).toContainText('Acquisitions');
  await expectAccessible(jonas.page);
  await board.jonas.synced();

  await expect(board.ines.card(`${SECRET} takeover`)).toBeVisible();
  await expect(board.ines.card('Everyday vans')).toBeVisible();
  await expect(board.maya.card('Everyday vans')).toBeVisible();
  await board.ines.card(`${SECRET} takeover`).getByRole('heading').click();
  await expect(ines.page.getByText('Acquisitions').first()).toBeVisible();
  const id = /deal_[0-9A-Za-z]+/.exec(ines.page.url())?.[0] ?? 'no id in the address';
  await ines.page.goto('/history/pipeline');
  const lead = ines.page.getByRole('row', { name: /^Lead/ });
  await expect(lead).toContainText('€492,000');
  await show(ines, 'Acquisitions');
  await expect(lead).toContainText('€480,000');

  await expect.poll(() => keptBy(owner)).toContain('Everyday vans');
  const [wire, kept] = [await heardByOwner(), await keptBy(owner)];
  expect(wire.includes('Everyday vans')).toBe(true);
  for (const secret of [SECRET, id, 'Acquisitions']) {
    expect([secret, wire.includes(secret), kept.includes(secret)]).toEqual([secret, false, false]);
  }
  await owner.page.goto(`/deals/${id}`);
  await expect(owner.page.getByText(SECRET)).toHaveCount(0);
});

test('who is taken out of a space loses it at once; a deal moved there leaves the others’ boards', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const jonas = await teammate('Jonas Weber');
  const board = { maya: boardOf(owner), jonas: boardOf(jonas) };
  await board.jonas.open();
  await board.jonas.add('Route planner 10k');
  await board.maya.open();
  await expect(board.maya.card('Route planner')).toBeVisible();

  await makeSpace(jonas, 'Fleet');
  await board.jonas.open();
  await board.jonas.card('Route planner').getByRole('heading').click();
  await jonas.page.getByRole('button', { name: 'More', exact: true }).click();
  await jonas.page.getByRole('menuitem', { name: 'Move to another space' }).click();
  const dialog = jonas.page.getByRole('dialog', { name: 'Move Route planner' });
  await expect(dialog).toContainText('Only members of Fleet');
  await expectAccessible(jonas.page);
  await dialog.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(board.maya.card('Route planner')).toHaveCount(0);

  await jonas.page.goto('/settings/spaces');
  const group = jonas.page.getByRole('region', { name: 'Fleet' });
  await group.getByRole('button', { name: 'Add somebody to Fleet' }).click();
  await jonas.page.getByRole('option', { name: 'Maya Lindqvist' }).click();
  await expect(board.maya.card('Route planner')).toBeVisible();
  await expect.poll(() => keptBy(owner)).toContain('Route planner');
  await group.getByRole('button', { name: 'Remove Maya Lindqvist from Fleet' }).click();
  await expect(board.maya.card('Route planner')).toHaveCount(0);
  await expect(owner.page.getByRole('button', { name: /^Space shown/ })).toHaveCount(0);
});
