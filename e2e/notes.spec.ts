/** The timeline of a record: notes that several people write at once, drafts, entries that can be taken back. */
import type { Locator } from '@playwright/test';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { type Person, setUpWorkspace } from './support/person.ts';

/** A contact of the address book, made over the API; the page of it. */
async function addContact(person: Person, firstName: string): Promise<string> {
  const response = await person.context.request.post('/api/records/contact', {
    data: { firstName },
    headers: { origin: person.line.url },
  });
  expect(response.ok(), await response.text()).toBe(true);
  const { record } = (await response.json()) as { record: { id: string } };
  return `/contacts/${record.id}`;
}

/** A red dot, 1 × 1. */
const PICTURE =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==';

type Sitting = Pick<Person, 'page'>;
const composer = ({ page }: Sitting): Locator => page.getByRole('form', { name: 'Add to the timeline' });
const entry = ({ page }: Person, words: string): Locator => page.getByRole('article').filter({ hasText: words });
const synced = ({ page }: Person) =>
  expect(page.getByRole('button', { name: /^Sync status: synced/i })).toBeVisible({ timeout: 20_000 });

/** What is written, without the names at the carets of others. */
const wordsOf = (text: Locator): Promise<string> =>
  text.evaluate((element) => {
    const copy = element.cloneNode(true) as HTMLElement;
    for (const caret of copy.querySelectorAll('.rich__caret, .ProseMirror-separator')) caret.remove();
    return (copy.textContent ?? '').replaceAll('\u2060', '');
  });

async function openRecord(person: Sitting, address: string): Promise<void> {
  await person.page.goto(address);
  // The editor's code comes when the page is idle.
  await expect(composer(person).getByRole('toolbar', { name: 'Form of the text' })).toBeVisible({ timeout: 40_000 });
}

async function writeNote(person: Person, words: string): Promise<void> {
  await composer(person).getByRole('textbox', { name: 'Note' }).click();
  await person.page.keyboard.type(words);
  await person.page.keyboard.press('ControlOrMeta+Enter');
  await expect(entry(person, words)).toBeVisible();
}

async function editNote(person: Person, words: string): Promise<Locator> {
  const found = entry(person, words);
  await found.hover();
  await found.getByRole('button', { name: /^More for this note/ }).click();
  await person.page.getByRole('menuitem', { name: 'Edit' }).click();
  const text = person.page.getByRole('article').getByRole('textbox', { name: 'Note' });
  await expect(text).toBeFocused();
  return text;
}

test('two people write one note at once and apart, and no word is lost; undo takes back only one’s own', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const jonas = await teammate('Jonas Weber');
  const address = await addContact(owner, 'Ingrid');
  await Promise.all([openRecord(owner, address), openRecord(jonas, address)]);
  await writeNote(owner, 'Site walk.');
  await expect(entry(jonas, 'Site walk.')).toBeVisible();

  const [mine, his] = [await editNote(owner, 'Site walk.'), await editNote(jonas, 'Site walk.')];
  await owner.page.keyboard.press('ControlOrMeta+End');
  await owner.page.keyboard.type(' Maya was here.');
  await expect(his).toContainText('Maya was here.');
  // Who else is in the text shows by name, at the caret.
  await expect(his.locator('.rich__caret')).toHaveCount(1);
  await jonas.page.keyboard.press('ControlOrMeta+Home');
  await jonas.page.keyboard.type('Jonas first. ');
  await expect(mine).toContainText('Jonas first. Site walk. Maya was here.');

  // Each undoes only their own.
  await owner.page.keyboard.press('ControlOrMeta+z');
  await expect(mine).not.toContainText('Maya was here.');
  await expect(mine).toContainText('Jonas first.');

  await Promise.all([owner.ready(), jonas.ready()]);
  owner.line.cut();
  jonas.line.cut();
  await owner.page.keyboard.press('ControlOrMeta+End');
  await owner.page.keyboard.type(' Maya alone.');
  await jonas.page.keyboard.press('ControlOrMeta+Home');
  await jonas.page.keyboard.type('Jonas alone. ');
  owner.line.heal();
  jonas.line.heal();
  for (const text of [mine, his]) {
    await expect(text).toContainText('Maya alone.', { timeout: 40_000 });
    await expect(text).toContainText('Jonas alone.', { timeout: 40_000 });
  }
  expect(await wordsOf(mine)).toBe(await wordsOf(his));

  // What lists, search and files show is the merged text, too.
  await owner.page.keyboard.press('Escape');
  await jonas.page.keyboard.press('Escape');
  await expect(entry(owner, 'Maya alone.')).toContainText('Jonas alone.');
  await Promise.all([synced(owner), synced(jonas)]);
});

test('a draft is there after leaving the page and after a reload; a note can be undone and done again', async ({
  owner,
}) => {
  const address = await addContact(owner, 'Ingrid');
  await openRecord(owner, address);
  // A machine that is busy: the next frame is long in coming, and the first letter is there before it.
  await owner.page.evaluate(() => {
    window.requestAnimationFrame = (act) => setTimeout(() => act(performance.now()), 400) as unknown as number;
  });
  await owner.page.keyboard.press('n');
  await owner.page.keyboard.type('Half a thought');
  await expect(composer(owner).getByRole('textbox', { name: 'Note' })).toHaveText('Half a thought');
  await owner.page.goto('/contacts');
  await openRecord(owner, address);
  const box = composer(owner).getByRole('textbox', { name: 'Note' });
  await expect(box).toContainText('Half a thought');
  await box.click();
  await owner.page.keyboard.press('ControlOrMeta+Enter');
  await expect(entry(owner, 'Half a thought')).toBeVisible();
  await expect(box).toHaveText('');
  await owner.page.getByRole('button', { name: /^Undo/ }).click();
  await expect(entry(owner, 'Half a thought')).toBeHidden();
});

test('a draft is there after the whole browser was closed and started again, also without a line', async ({
  playwright,
  server,
}, testInfo) => {
  test.slow();
  const start = (baseURL = '') =>
    playwright.chromium.launchPersistentContext(testInfo.outputPath('profile'), { baseURL });
  const person = await setUpWorkspace({ newContext: (options) => start(options?.baseURL) }, server);
  const address = await addContact(person, 'Ingrid');
  await openRecord(person, address);
  await composer(person).getByRole('textbox', { name: 'Note' }).click();
  await person.page.keyboard.type('# Half a thought');
  // The app and the words are on the device, as after any pause.
  await person.page.evaluate(() => navigator.serviceWorker.ready);
  await person.page.waitForFunction(() => Object.values(localStorage).some((kept) => kept.includes('Half a thought')));
  await person.context.close();

  person.line.cut();
  const again = await start(person.line.url);
  const page = await again.newPage();
  await openRecord({ page }, address);
  const text = composer({ page }).getByRole('textbox', { name: 'Note' });
  await expect(text.getByRole('heading', { name: 'Half a thought' })).toBeVisible();
  await again.close();
  await person.line.close();
  expect(person.complaints).toEqual([]);
});

test('a picture pasted into a note stands in it, also without a line, and reaches the other browser', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const jonas = await teammate('Jonas Weber');
  const address = await addContact(owner, 'Ingrid');
  // All of the code is on the device, as after any other visit.
  await owner.page.goto(address);
  await owner.page.evaluate(() => navigator.serviceWorker.ready);
  await Promise.all([openRecord(owner, address), openRecord(jonas, address)]);
  await expect(owner.page.getByRole('button', { name: 'Add files' })).toBeVisible();
  await synced(owner);
  owner.line.cut();
  const box = composer(owner).getByRole('textbox', { name: 'Note' });
  await box.click();
  await owner.page.keyboard.type('The dock, ');
  await owner.page.keyboard.type('@Jon');
  await expect(owner.page.getByRole('option', { name: /Jonas/ })).toBeVisible();
  await owner.page.keyboard.press('Enter');
  await box.evaluate((element, address) => {
    const bytes = Uint8Array.from(atob(address.slice(address.indexOf(',') + 1)), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'dock.png', { type: 'image/png' }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, PICTURE);
  await expect(box.getByRole('img', { name: 'dock.png' })).toBeVisible();
  // Not by a click, which may hit the picture: what is typed then takes its place.
  await expect(box).toBeFocused();
  await owner.page.keyboard.press('ControlOrMeta+End');
  await owner.page.keyboard.type('Two doors.');
  // Out of another program, with words on both sides of it.
  await box.evaluate((element, picture) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', `<p>Left <img alt="" src="${picture}">right</p><p>End</p>`);
    clipboardData.setData('text/plain', 'Left right\nEnd');
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, PICTURE);
  await expect(box.getByRole('img', { name: 'Pasted picture.png' })).toBeVisible();
  await owner.page.keyboard.press('ControlOrMeta+Enter');
  const note = entry(owner, 'Two doors.');
  await expect(note.getByRole('img', { name: 'dock.png' })).toBeVisible();
  await expect(note.getByRole('img', { name: 'Pasted picture.png' })).toBeVisible();
  const order = await note
    .locator('.rich > *')
    .evaluateAll((parts) => parts.map((part) => part.querySelector('img')?.alt ?? part.textContent));
  expect(order.slice(1)).toEqual(['dock.png', 'Two doors.Left ', 'Pasted picture.png', 'right', 'End']);
  // What stands in the text is not listed under it again.
  await expect(note.getByRole('list', { name: 'Files of this entry' })).toHaveCount(0);
  await expectAccessible(owner.page);

  owner.line.heal();
  const his = entry(jonas, 'Two doors.');
  await expect(his).toContainText('The dock, @Jonas', { timeout: 40_000 });
  const picture = his.locator('img[alt="dock.png"]');
  await expect(picture).toBeVisible({ timeout: 40_000 });
  expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
  // Whom the note names is told of it.
  await jonas.page.goto('/inbox');
  await expect(jonas.page.getByRole('listitem').filter({ hasText: 'mentioned you on Ingrid' })).toContainText(
    'The dock',
  );
});

test('older years follow underneath when somebody asks for them, and what one reads stays where it is', async ({
  owner,
}) => {
  const address = await addContact(owner, 'Ingrid');
  const about = [address.slice('/contacts/'.length)];
  const year = new Date().getUTCFullYear();
  const log = async (body: string, at: number) => {
    const data = { kind: 'note', body, at, about };
    const headers = { origin: owner.line.url };
    const response = await owner.context.request.post('/api/records/activity', { data, headers });
    expect(response.ok(), await response.text()).toBe(true);
  };
  for (let index = 0; index < 12; index++) await log(`Lately ${index}`, Date.now() - index * 3_600_000);
  await log('Long ago', Date.UTC(year - 3, 5, 1));
  await log('Longer ago', Date.UTC(year - 5, 5, 1));
  await openRecord(owner, address);
  const older = owner.page.getByRole('button', { name: `Show ${year - 3}` });
  const last = entry(owner, 'Lately 11');
  /** Shows a year and says how far that has moved what is above it. */
  const movedBy = async (button: Locator, expected: string): Promise<number> => {
    await button.scrollIntoViewIfNeeded();
    await expect(last).toBeInViewport();
    await expect(entry(owner, expected)).toHaveCount(0);
    const before = await last.boundingBox();
    await button.click();
    await expect(entry(owner, expected)).toHaveCount(1);
    return Math.abs(((await last.boundingBox())?.y ?? 0) - (before?.y ?? 0));
  };
  expect(await movedBy(older, 'Long ago')).toBeLessThan(1);
  expect(await movedBy(owner.page.getByRole('button', { name: `Show ${year - 5}` }), 'Longer ago')).toBeLessThan(1);
  await expect(owner.page.getByRole('button', { name: /^Show \d{4}$/ })).toHaveCount(0);
});

test('a call is logged by keyboard alone, with its outcome and duration, and says when we last talked', async ({
  owner,
}) => {
  const address = await addContact(owner, 'Ingrid');
  await openRecord(owner, address);
  await owner.page.keyboard.press('c');
  await owner.page.keyboard.type('Friday noon works');
  await composer(owner).getByLabel('Outcome').selectOption('Reached');
  await composer(owner).getByLabel('Duration').fill('a while');
  await owner.page.keyboard.press('ControlOrMeta+Enter');
  await expect(composer(owner).getByText('Write minutes, or 1 h 20 min.')).toBeVisible();
  await composer(owner).getByLabel('Duration').fill('12');
  await owner.page.keyboard.press('ControlOrMeta+Enter');
  const call = entry(owner, 'Friday noon works');
  await expect(call).toContainText('Maya called Ingrid');
  await expect(call).toContainText('Reached');
  await expect(call).toContainText('12 min');
  await expect(owner.page.getByRole('region', { name: 'Properties' })).toContainText(/Last contact\s*Today/);
  await expectAccessible(owner.page);
});

test('a note keeps its form: headings, a checklist and a mention, read back after a reload', async ({ owner }) => {
  const address = await addContact(owner, 'Ingrid');
  await openRecord(owner, address);
  await composer(owner).getByRole('textbox', { name: 'Note' }).click();
  await owner.page.keyboard.type('# To close');
  await owner.page.keyboard.press('Enter');
  await owner.page.keyboard.type('[ ] Two references');
  await owner.page.keyboard.press('Enter');
  await owner.page.keyboard.press('Enter');
  await owner.page.keyboard.type('Ask @May');
  await expect(owner.page.getByRole('option', { name: /Maya/ })).toBeVisible();
  await owner.page.keyboard.press('Enter');
  await owner.page.keyboard.press('ControlOrMeta+Enter');
  const note = entry(owner, 'Two references');
  await expect(note.getByRole('heading', { name: 'To close' })).toBeVisible();
  await expect(note.getByText('@Maya')).toBeVisible();
  await synced(owner);
  await owner.page.reload();
  await expect(note.getByRole('heading', { name: 'To close' })).toBeVisible();
  await expect(note.getByText('@Maya')).toBeVisible();
  await expectAccessible(owner.page);
});

test('a note that is deleted while somebody writes in it says so, and nothing is lost', async ({ owner, teammate }) => {
  const jonas = await teammate('Jonas Weber');
  const address = await addContact(owner, 'Ingrid');
  await Promise.all([openRecord(owner, address), openRecord(jonas, address)]);
  await writeNote(owner, 'Site walk.');
  await editNote(jonas, 'Site walk.');
  await jonas.page.keyboard.press('ControlOrMeta+End');
  await jonas.page.keyboard.type(' Rooms 3 to 9.');
  await expect(entry(owner, 'Rooms 3 to 9.')).toBeVisible();
  await entry(owner, 'Site walk.').hover();
  await owner.page.getByRole('button', { name: /^More for this note/ }).click();
  await owner.page.getByRole('menuitem', { name: 'Delete note' }).click();
  await expect(jonas.page.getByText('This entry was deleted while you were in it.')).toBeVisible();
  await jonas.page.getByRole('button', { name: 'Restore' }).click();
  await expect(entry(owner, 'Rooms 3 to 9.')).toBeVisible();

  // The same when it is the record that goes while its note is open.
  const his = jonas.page.getByRole('article').getByRole('textbox', { name: 'Note' });
  await his.click();
  await owner.page.getByRole('button', { name: 'More', exact: true }).click();
  await owner.page.getByRole('menuitem', { name: 'Delete contact' }).click();
  await expect(jonas.page.getByText('This contact is in the trash. Everything about it is kept.')).toBeVisible();
  await expect(his).toBeFocused();
  await jonas.page.keyboard.press('ControlOrMeta+End');
  await jonas.page.keyboard.type(' Room 10 too.');
  await expect(entry(owner, 'Room 10 too.')).toBeVisible();
  await jonas.page.getByRole('button', { name: 'Restore' }).click();
  await expect(composer(owner)).toBeVisible();
  await expect(entry(owner, 'Room 10 too.')).toBeVisible();
});
