/** Files on records, between two browsers: added offline they reach the other one, and nothing in them ever runs. */
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { addressOf, addSampleData } from './pages/sample.ts';
import { expectAccessible } from './support/axe.ts';
import { dayFromToday } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';

/** A red dot, 1 × 1. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

const MAIL = `From: Somebody New <new@elsewhere.example>
To: us@northlane.example
Subject: Drawings
Date: Tue, 3 Mar 2026 10:00:00 +0100
Message-ID: <drawings@elsewhere.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="x"

--x
Content-Type: text/plain

Here they are.
--x
Content-Type: text/plain; name="measures.txt"
Content-Disposition: attachment; filename="measures.txt"

4 x 6 m
--x--
`;

const invitation = () =>
  [
    'BEGIN:VCALENDAR',
    'BEGIN:VEVENT',
    'UID:depot',
    'SUMMARY:Depot visit',
    `DTSTART;VALUE=DATE:${dayFromToday(2).replaceAll('-', '')}`,
    'END:VEVENT',
    'END:VCALENDAR',
  ].join('\r\n');

interface Upload {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

const filesOf = ({ page }: Person) =>
  page.locator('section.section').filter({ has: page.getByRole('heading', { name: 'Files', exact: true }) });

async function choose(person: Person, ...files: Upload[]): Promise<void> {
  await expect(filesOf(person).getByRole('button', { name: 'Add files' })).toBeVisible();
  await person.page.getByLabel('Files to add').setInputFiles(files);
}

/** Drops a file onto the page as the desktop does. */
async function drop({ page }: Person, { name, mimeType, buffer }: Upload): Promise<void> {
  const data = await page.evaluateHandle(
    ([text, fileName, type]) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text ?? ''], fileName ?? '', { type: type ?? '' }));
      return transfer;
    },
    [buffer.toString('utf8'), name, mimeType],
  );
  const main = page.getByRole('main');
  await main.dispatchEvent('dragover', { dataTransfer: data });
  await expect(page.getByText(/^Drop to add to /)).toBeVisible();
  await main.dispatchEvent('drop', { dataTransfer: data });
}

test('a file added offline is here at once, survives a reload, and reaches the other browser', async ({
  owner,
  teammate,
}) => {
  // Two browsers, a service worker to install, a line that comes back.
  test.slow();
  const jonas = await teammate('Jonas Weber');
  await addSampleData(owner);
  const address = await addressOf(owner, '/contacts', 'Tessa Hallworth');
  await boardOf(owner).synced();
  await owner.page.goto(address);
  await jonas.page.goto(address);
  await expect(filesOf(jonas)).toBeVisible(AFTER_HEALING);
  await owner.ready();

  owner.line.cut();
  await choose(owner, { name: 'dot.png', mimeType: 'image/png', buffer: DOT });
  await expect(filesOf(owner)).toContainText('Waiting to be sent');
  await owner.page.reload();
  await filesOf(owner).getByRole('button', { name: 'dot.png', exact: true }).click();
  await expect(owner.page.getByRole('dialog').getByRole('img', { name: 'dot.png' })).toBeVisible();
  await expectAccessible(owner.page, { within: '[role="dialog"]' });
  await owner.page.keyboard.press('Escape');
  await expect(filesOf(jonas)).not.toContainText('dot.png');

  owner.line.heal();
  const his = filesOf(jonas).getByRole('button', { name: 'dot.png', exact: true });
  await expect(his).toBeVisible(AFTER_HEALING);
  await expect(filesOf(owner)).not.toContainText('Waiting to be sent', AFTER_HEALING);
  await his.click();
  const picture = jonas.page.getByRole('dialog').getByRole('img', { name: 'dot.png' });
  await expect(picture).toBeVisible();
  expect(await picture.evaluate((image) => (image as HTMLImageElement).naturalWidth)).toBe(1);
  await jonas.page.keyboard.press('Escape');

  // Opened once, it is on his device.
  jonas.line.cut();
  await his.click();
  await expect(picture).toBeVisible();
  await jonas.page.keyboard.press('Escape');
  await filesOf(jonas).getByRole('button', { name: 'More for dot.png' }).click();
  await jonas.page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect(filesOf(jonas)).not.toContainText('dot.png');
  await jonas.page.getByRole('button', { name: /^Undo/ }).first().click();
  await expect(his).toBeVisible();
});

test('a page or a drawing with a script is saved, never run: not from the app and not from its address', async ({
  owner,
}) => {
  await addSampleData(owner);
  await owner.page.goto(await addressOf(owner, '/contacts', 'Tessa Hallworth'));
  const script = '<script>localStorage.setItem("ran", "yes")</script>';
  const files = [
    { name: 'evil.html', mimeType: 'text/html', buffer: Buffer.from(`<h1>hi</h1>${script}`) },
    {
      name: 'evil.svg',
      mimeType: 'image/svg+xml',
      buffer: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg">${script}</svg>`),
    },
  ];
  await choose(owner, ...files);
  for (const { name, buffer } of files) {
    const [saved] = await Promise.all([
      owner.page.waitForEvent('download'),
      filesOf(owner).getByRole('button', { name, exact: true }).click(),
    ]);
    expect(saved.suggestedFilename()).toBe(name);
    expect(readFileSync(await saved.path())).toEqual(buffer);
    await expect(filesOf(owner)).not.toContainText(/Sending|Waiting/);
    const hash = await owner.page.evaluate(
      async (bytes) => {
        const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
        return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
      },
      [...buffer],
    );
    // Whatever the address claims: a picture is broken then, and a page is saved.
    for (const type of ['text/html', 'image/svg+xml', 'image/png', '']) {
      const tab = await owner.context.newPage();
      await tab
        .goto(`/api/files/${hash}?name=${name}&type=${encodeURIComponent(type)}`)
        .catch((error: unknown) => expect(String(error)).toMatch(/Download is starting|ERR_ABORTED/));
      await tab.close();
    }
  }
  expect(await owner.page.evaluate(() => localStorage.getItem('ran'))).toBeNull();
  // What a browser itself puts around a broken picture is refused, too.
  const complaints = owner.complaints as string[];
  expect(complaints.filter((text) => !text.includes('Applying inline style'))).toEqual([]);
  complaints.length = 0;
});

test('a dropped e-mail is logged with its attachment; a broken one, and a file that does not fit, say what is wrong', async ({
  owner,
}, testInfo) => {
  await addSampleData(owner);
  await owner.page.goto(await addressOf(owner, '/contacts', 'Tessa Hallworth'));
  await expect(filesOf(owner)).toBeVisible();
  await drop(owner, { name: 'drawings.eml', mimeType: 'message/rfc822', buffer: Buffer.from(MAIL) });
  await expect(filesOf(owner)).toContainText('measures.txt');
  const entry = owner.page.getByRole('article').filter({ hasText: '“Drawings”' });
  await expect(entry).toContainText('Here they are.');
  await expect(entry.getByRole('list', { name: 'Files of this entry' })).toContainText('measures.txt');
  await drop(owner, { name: 'notes.eml', mimeType: 'message/rfc822', buffer: Buffer.from('shopping list') });
  await expect(filesOf(owner).getByRole('alert').filter({ hasText: 'notes.eml is no e-mail' })).toBeVisible();
  // A calendar file beside it becomes an appointment; what is wrong with one is said once, in one place.
  await drop(owner, { name: 'visit.ics', mimeType: 'text/calendar', buffer: Buffer.from(invitation()) });
  await expect(owner.page.getByRole('button', { name: 'Depot visit' })).toBeVisible();
  await drop(owner, { name: 'half.ics', mimeType: 'text/calendar', buffer: Buffer.from(invitation().slice(0, 60)) });
  await expect(owner.page.getByText(/breaks off before its end\. Nothing was added/)).toHaveCount(1);
  await expect(filesOf(owner).getByRole('alert')).toContainText('breaks off before its end');
  // As long as a film, without its bytes: one that does not fit is not read.
  const film = testInfo.outputPath('film.mov');
  writeFileSync(film, '');
  truncateSync(film, 103_000_000);
  await owner.page.getByLabel('Files to add').setInputFiles(film);
  await expect(filesOf(owner).getByRole('alert')).toContainText(
    'film.mov has 103 MB; at most 100 MB fit. It was not added.',
  );
  rmSync(film);
  await expectAccessible(owner.page);
});

test('a viewer sees and saves files, and adds none', async ({ owner, teammate }) => {
  const vera = await teammate('Vera Olsen', 'viewer');
  await addSampleData(owner);
  const address = await addressOf(owner, '/contacts', 'Tessa Hallworth');
  await owner.page.goto(address);
  await choose(owner, { name: 'terms.txt', mimeType: 'text/plain', buffer: Buffer.from('Terms') });
  await expect(filesOf(owner)).not.toContainText(/Sending|Waiting/);
  await vera.page.goto(address);
  const [saved] = await Promise.all([
    vera.page.waitForEvent('download'),
    filesOf(vera).getByRole('button', { name: 'terms.txt', exact: true }).click(),
  ]);
  expect(readFileSync(await saved.path(), 'utf8')).toBe('Terms');
  await expect(filesOf(vera).getByRole('button', { name: 'Add files' })).toHaveCount(0);
});
