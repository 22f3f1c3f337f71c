/** Importing a file by hand, seeing what it would do, and taking it back; files that cannot be read say why. */
import { csvNamed, importOf } from './pages/import.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

const FAIR = `Full Name;E-mail;Firma;Position;Tel.;Erstkontakt;Notiz
Marta Halvorsen;marta@havnfisk.example;Havn Fisk;Buyer;+47 900 12 034;03.11.2025;Stand 4B
Piet Vos;piet@vosvers.example;Vos Vers;Owner;0612 445 90;14.02.2026;
;;Nobody;;;;
`;

const INVITATION = [
  'BEGIN:VCALENDAR',
  'BEGIN:VEVENT',
  'UID:fair',
  'SUMMARY:Trade fair',
  'DTSTART:20270302T090000Z',
  'END:VEVENT',
  'END:VCALENDAR',
].join('\r\n');

test('a file of contacts is matched, previewed, imported with its companies, and undone as a whole', async ({
  owner,
}) => {
  const wizard = importOf(owner);
  const { page } = owner;
  await wizard.open();
  await wizard.choose([csvNamed('messe-2026.csv', FAIR)]);
  await expect(page.getByText('3 rows, 7 columns, semicolons, UTF-8')).toBeVisible();
  await wizard.goTo('Match columns');
  await expect(page.getByRole('row', { name: /Erstkontakt.*Day\.Month\.Year/ })).toBeVisible();
  await expect(page.getByRole('complementary')).toContainText('Marta Halvorsen');
  await page.getByRole('button', { name: 'Next row' }).click();
  await expect(page.getByRole('complementary')).toContainText('Piet Vos');
  await expect(wizard.footer()).toContainText('2 new contacts');
  await expectAccessible(page);
  await wizard.goTo('Check duplicates');
  await expect(page.getByRole('cell', { name: /needs a name, an e-mail address or a phone number/ })).toBeVisible();
  await expectAccessible(page);
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '1 row of messe-2026.csv' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('messe-2026-problems.csv');
  await wizard.goTo('Import');
  await expect(wizard.headline()).toHaveText(/^Imported 2 contacts and 2 companies/);
  await expectAccessible(page);
  await expect(page.getByText('Everything is on this device and with your team.')).toBeVisible();
  await page.goto('/contacts');
  await expect(page.getByText('Marta Halvorsen')).toBeVisible();
  await page.goto('/companies');
  await expect(page.getByText('Havn Fisk')).toBeVisible();
});

test('the whole import is undone from its result', async ({ owner }) => {
  const wizard = importOf(owner);
  await wizard.open();
  await wizard.choose([csvNamed('messe-2026.csv', FAIR)]);
  await wizard.goTo('Match columns');
  await wizard.goTo('Check duplicates');
  await wizard.goTo('Import');
  await owner.page.getByRole('button', { name: 'Undo the whole import' }).click();
  await expect(wizard.headline()).toHaveText('The import is undone');
  await owner.page.goto('/contacts');
  await expect(owner.page.getByText('Marta Halvorsen')).toHaveCount(0);
});

test('a file that is no CSV says what to do, and the good one beside it is kept', async ({ owner }) => {
  const wizard = importOf(owner);
  await wizard.open();
  await wizard.choose([
    csvNamed('deals.xlsx', 'PK\u0003\u0004 [Content_Types].xml xl/workbook.xml'),
    {
      name: 'letter.eml',
      mimeType: 'message/rfc822',
      buffer: Buffer.from('From: a@b.se\nSubject: Hi, there\n\nHello'),
    },
    { name: 'fair.ics', mimeType: 'text/calendar', buffer: Buffer.from(INVITATION) },
    csvNamed('messe-2026.csv', FAIR),
  ]);
  await expect(owner.page.getByText(/deals\.xlsx is an Excel workbook.*save it as CSV first/)).toBeVisible();
  await expect(owner.page.getByText(/letter\.eml is an e-mail.*on the page of the person/)).toBeVisible();
  await expect(owner.page.getByText('messe-2026.csv', { exact: true })).toBeVisible();
  const invitation = owner.page.getByRole('note').filter({ hasText: 'fair.ics is a calendar file' });
  await invitation.getByRole('button', { name: 'Add to the calendar' }).click();
  await expect(owner.page.getByText('Trade fair added')).toBeVisible();
  await expect(invitation).toHaveCount(0);
});

test('a look at another page loses nothing of an import that is being prepared', async ({ owner }) => {
  const wizard = importOf(owner);
  const { page } = owner;
  await wizard.open();
  await wizard.choose([csvNamed('messe-2026.csv', FAIR)]);
  await wizard.goTo('Match columns');
  await page.getByRole('link', { name: 'Companies' }).first().click();
  await expect(page).toHaveURL(/\/companies/);
  await page.goBack();
  await expect(page.getByRole('row', { name: /Erstkontakt/ })).toBeVisible();
});

test('on a phone the columns stand below each other and nothing scrolls sideways @mobile', async ({ owner }) => {
  const wizard = importOf(owner);
  const { page } = owner;
  await page.setViewportSize({ width: 390, height: 844 });
  await wizard.open();
  await wizard.choose([csvNamed('messe-2026.csv', FAIR)]);
  await wizard.goTo('Match columns');
  await expect(page.getByText('Erstkontakt', { exact: true })).toBeVisible();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  await expectAccessible(page);
});
