/** Erasing a person who asks for it: nothing of them is left on the server or in anybody's browser. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AFTER_HEALING } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';

/** In no other word of the program. */
const NAME = 'Quartzfinch';

/** Whether anything the browser keeps for the app holds a word. */
function keeps({ page }: Person, word: string): Promise<boolean> {
  return page.evaluate(async (wanted) => {
    const done = <T>(request: IDBRequest<T>) =>
      new Promise<T>((settle, reject) => {
        request.onsuccess = () => settle(request.result);
        request.onerror = () => reject(request.error);
      });
    const texts = [JSON.stringify({ ...localStorage, ...sessionStorage })];
    for (const { name = '' } of await indexedDB.databases()) {
      const db = await done(indexedDB.open(name));
      for (const store of db.objectStoreNames) {
        for (const value of await done(db.transaction(store).objectStore(store).getAll())) {
          texts.push(value instanceof Uint8Array ? new TextDecoder('latin1').decode(value) : JSON.stringify(value));
        }
      }
      db.close();
    }
    return texts.join('\n').includes(wanted);
  }, word);
}

function filesWith(folder: string, word: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesWith(path, word);
    return readFileSync(path).includes(word) ? [path] : [];
  });
}

test('an owner erases a person: gone from the server’s files and from a teammate’s browser, with a copy in hand', async ({
  owner,
  teammate,
  server,
}) => {
  test.slow();
  const { page } = owner;
  const headers = { origin: owner.line.url };
  const made = await owner.context.request.post('/api/records/contact', {
    headers,
    data: { firstName: 'Zebulon', lastName: NAME, emails: [`zeb@${NAME}.test`] },
  });
  const { record } = (await made.json()) as { record: { id: string } };
  const jonas = await teammate('Jonas Weber');
  await jonas.page.goto(`/contacts/${record.id}`);
  await expect(jonas.page.getByRole('heading', { level: 1, name: `Zebulon ${NAME}` })).toBeVisible(AFTER_HEALING);
  await expect.poll(() => keeps(jonas, NAME)).toBe(true);

  await page.goto(`/contacts/${record.id}`);
  await page.getByRole('button', { name: /^Job title/ }).click();
  const input = page.locator('input:focus');
  await expect(input).toBeVisible();
  await input.fill(`Chief ${NAME}`);
  await page.keyboard.press('Enter');
  await expect(jonas.page.getByRole('button', { name: `Job title, Chief ${NAME}` })).toBeVisible(AFTER_HEALING);

  // Without a line it is refused in words, and nothing happens.
  const more = page
    .getByRole('banner')
    .getByRole('button', { name: 'More' })
    .or(page.locator('.topbar').getByRole('button', { name: 'More' }))
    .first();
  await more.click();
  await page.getByRole('menuitem', { name: 'Erase this person’s data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Erase this person’s data' });
  await expect(dialog.getByText('What goes:')).toBeVisible();
  await expectAccessible(page, { within: '.dialog' });
  const copy = page.waitForEvent('download');
  await dialog.getByRole('link', { name: 'Download a copy first' }).click();
  expect(readFileSync(await (await copy).path()).length).toBeGreaterThan(100);

  const typed = dialog.getByRole('textbox', { name: /^Type / });
  await typed.fill('Zebulon');
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog.getByText(/to say that you mean this person/)).toBeVisible();
  await typed.fill(`Zebulon ${NAME}`);
  owner.line.cut();
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(dialog.getByText(/out of reach.*Nothing was changed/)).toBeVisible();
  owner.line.heal();
  await dialog.getByRole('button', { name: 'Erase for good' }).click();
  await expect(page).toHaveURL(/\/contacts$/);

  await expect(jonas.page.getByRole('heading', { level: 1, name: `Zebulon ${NAME}` })).toHaveCount(0);
  // An hourly backup may have been made meanwhile: those from before stay, as the dialog says.
  expect(filesWith(server.dataDir, NAME).filter((path) => !path.includes('backups'))).toEqual([]);
  for (const person of [jonas, owner]) await expect.poll(() => keeps(person, NAME), { timeout: 20_000 }).toBe(false);
});
