/**
 * Who may do what: a viewer and a removed person, checked on the wire and in what the app offers; roles that change while
 * somebody works; the ways in beside the password.
 */
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { PASSWORD, type Person } from './support/person.ts';
import { startServer } from './support/server.ts';

/** The menu at the end of a person's row under Members. */
async function choose(page: Page, name: string, item: string): Promise<void> {
  await page.getByRole('button', { name: `More for ${name}`, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** How the server answers this person, past the interface. */
async function status(person: Person, path: string, method: 'GET' | 'POST' = 'GET', data?: object): Promise<number> {
  const headers = { origin: person.line.url };
  const answer = await person.context.request.fetch(path, { method, headers, ...(data ? { data } : {}) });
  return answer.status();
}

test('a viewer sees everything, is offered no writing, and the server refuses what a changed client sends', async ({
  owner,
  teammate,
}) => {
  const board = boardOf(owner);
  await board.open();
  await board.add('Cold rooms 48k');
  const vera = await teammate('Vera Novak', 'viewer');
  const { page } = vera;
  const hers = boardOf(vera);
  await hers.open();
  await expect(hers.card('Cold rooms')).toBeVisible();
  await expect(owner.page.getByRole('button', { name: /^Add deal to/ }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: /^Add deal to/ })).toHaveCount(0);
  await page.goto('/settings/pipelines');
  await expect(page.getByText('Changing it needs the role of an admin.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Add a stage' })).toHaveCount(0);
  await page.goto('/settings/members');
  await expect(page.getByRole('cell', { name: 'Vera Novak', exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Invite' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^More for/ })).toHaveCount(1);

  // Past the interface: the API, and a Yjs update straight into the socket.
  expect(await status(vera, '/api/records/deal', 'POST', { title: 'Forged' })).toBe(403);
  const refused = await page.evaluate(() => {
    const { protocol, host } = location;
    const socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}/sync/team.pipeline.1`);
    socket.binaryType = 'arraybuffer';
    const text = (value: string) => [value.length, ...[...value].map((letter) => letter.charCodeAt(0))];
    const key = 'deal_forged0000000001';
    // One client (7), one struct from clock 0: in the map `records`, under the key, the text "{}"; nothing deleted.
    const update = [1, 1, 7, 0, 0x28, 1, ...text('records'), ...text(key), 1, 119, ...text('{}'), 0];
    const hello = JSON.stringify({ protocol: 1, build: 'forged', schema: 1, clock: 0, clientIds: [7] });
    return new Promise<string>((resolve) => {
      socket.onopen = () => {
        socket.send(new Uint8Array([100, ...text(hello)]));
        socket.send(new Uint8Array([0, 1, 2, 0, 0]));
        socket.send(new Uint8Array([0, 2, update.length, ...update]));
      };
      socket.onmessage = ({ data }) => {
        const bytes = new Uint8Array(data as ArrayBuffer);
        if (bytes[0] === 102) resolve(new TextDecoder().decode(bytes));
      };
      setTimeout(() => resolve('nothing was refused'), 5_000);
    });
  });
  expect(refused).toContain('"code":"read-only"');
  expect(await status(owner, '/api/records/deal/deal_forged0000000001')).toBe(404);
});

test('a removed person: the line closes, unsent changes go to review and are applied by choice, the copy goes', async ({
  owner,
  teammate,
}) => {
  // A long story: three lives of one device.
  test.slow();
  const board = boardOf(owner);
  await board.open();
  await board.add('Cold rooms 48k');
  const ben = await teammate('Ben Carter');
  const his = boardOf(ben);
  await his.open();
  await his.add('Warm rooms 12k');
  await his.synced();
  await expect(board.card('Warm rooms')).toBeVisible();
  await ben.ready();
  ben.line.cut();
  await his.add('Sensors 9k');

  const { page } = owner;
  await page.goto('/settings/members');
  await choose(page, 'Ben Carter', 'Remove Ben Carter');
  const dialog = page.getByRole('dialog', { name: 'Remove Ben Carter' });
  await expect(dialog.getByText('Who takes over 1 open deal')).toBeVisible();
  await expectAccessible(page);
  // Keys go on from the menu it was chosen in, and from the team when that is gone.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'More for Ben Carter' })).toBeFocused();
  await choose(page, 'Ben Carter', 'Remove Ben Carter');
  await dialog.getByRole('button', { name: 'Remove from the team' }).press('Enter');
  await expect(page.getByRole('cell', { name: 'Ben Carter', exact: true })).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Team' })).toBeFocused();

  // His device hears of it, hands in what it had not sent, and offers the file before the copy goes.
  ben.line.heal();
  await expect(ben.page.getByRole('heading', { name: 'You are no longer part of Northlane' })).toBeVisible();
  await expect(ben.page.getByText(/that (was|were) not sent (is|are) with Maya Lindqvist now/)).toBeVisible();
  await expectAccessible(ben.page);
  for (const path of ['/api/records/deal', '/api/rooms', '/api/members']) expect(await status(ben, path)).toBe(401);
  const saved = ben.page.waitForEvent('download');
  await ben.page.getByRole('button', { name: 'Save my unsent changes' }).click();
  expect((await saved).suggestedFilename()).toContain('unsent changes');
  await ben.page.getByRole('button', { name: 'Remove the copy from this device' }).click();
  await expect(ben.page.getByText('The copy was removed from this device.')).toBeVisible();
  const left = await ben.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
  expect(left.filter((name) => name?.startsWith('rapport/'))).toEqual([]);

  // Nothing was applied by itself; the owner looks and decides.
  await page.reload();
  await page.getByRole('button', { name: 'Look at the changes of Ben Carter' }).click();
  await expect(page.getByText('Deal “Sensors”')).toBeVisible();
  await expectAccessible(page);
  await board.open();
  await expect(board.card('Warm rooms')).toBeVisible();
  await expect(board.card('Sensors')).toHaveCount(0);
  await page.goto('/settings/members');
  await page.getByRole('button', { name: 'Look at the changes of Ben Carter' }).click();
  await page.getByRole('button', { name: 'Apply them' }).click();
  await expect(page.getByText(/Applied by Maya Lindqvist/)).toBeVisible();
  await board.open();
  await expect(board.card('Sensors')).toBeVisible();
});

test('a role that changes while somebody works is followed at once, down and up again, without a reload', async ({
  owner,
  teammate,
}) => {
  const jonas = await teammate('Jonas Weber');
  const his = boardOf(jonas);
  await his.open();
  await his.add('Cold rooms 48k');
  await his.synced();
  const { page } = owner;
  await page.goto('/settings/members');
  const adds = jonas.page.getByRole('button', { name: /^Add deal to/ });
  await expect(adds.first()).toBeVisible();
  await page.getByRole('button', { name: /Role of Jonas Weber/ }).click();
  await page.getByRole('option', { name: 'Viewer' }).click();
  await expect(adds).toHaveCount(0);
  await expect(his.card('Cold rooms')).toBeVisible();
  // Nor is a step of undo offered that the server would refuse.
  await jonas.page.keyboard.press('ControlOrMeta+z');
  await expect(jonas.page.getByText(/^You can look at this workspace but not change it/)).toBeVisible();
  await expect(his.card('Cold rooms')).toBeVisible();
  await page.getByRole('button', { name: /Role of Jonas Weber/ }).click();
  await page.getByRole('option', { name: 'Member' }).click();
  await expect(adds.first()).toBeVisible();
});

test('the table of rights, sign-in, devices and tokens can be used by everybody', async ({ owner, elsewhere }) => {
  const { page } = owner;
  await elsewhere(owner);
  await page.goto('/settings/members');
  const roles = page.getByRole('table', { name: 'What each role may do' });
  await expect(
    roles.getByRole('row', { name: /Make, change and remove admins and owners Yes No No No/ }),
  ).toBeVisible();
  await expectAccessible(page);
  await page.goto('/settings/tokens');
  await page.getByRole('textbox', { name: 'What it is for' }).fill('Nightly report');
  await page.keyboard.press('Enter');
  const token = await page.getByRole('textbox', { name: 'API token' }).inputValue();
  expect(token).toMatch(/^rap_/);
  await expectAccessible(page);
  const headers = { authorization: `Bearer ${token}` };
  expect((await page.request.get('/api/records/deal', { headers })).status()).toBe(200);
  await page.getByRole('button', { name: 'Revoke Nightly report' }).click();
  await expect(page.getByText('Ends in')).toHaveCount(0);
  expect((await page.request.get('/api/records/deal', { headers })).status()).toBe(401);
  await page.goto('/settings/security');
  await page
    .getByRole('button', { name: /^Sign out \S+/ })
    .first()
    .click();
  await expect(page.getByText('This device')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sign out all others' })).toHaveCount(0);
  await expectAccessible(page);
});

/** RFC 6238, six digits, 30 s. */
function totp(secret: string): string {
  let bits = '';
  for (const letter of secret) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE((mac.at(-1) ?? 0) & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('two-step sign-in is set up with an app and asked for at the next sign-in', async ({ owner, visitor }) => {
  const { page } = owner;
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Set up two-step sign-in' }).click();
  await page.getByRole('textbox', { name: 'Your password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('img', { name: 'QR code for your authenticator app' })).toBeVisible();
  await expectAccessible(page);
  const secret = (await page.locator('dialog code, [role=dialog] code').first().innerText()).replaceAll(' ', '');
  await page.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10);
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await expect(page.getByRole('button', { name: 'Turn off two-step sign-in' })).toBeVisible();

  const there = visitor.page;
  await there.goto('/');
  await there.getByRole('textbox', { name: 'Email' }).fill(owner.email);
  await there.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await there.keyboard.press('Enter');
  await expect(there.getByRole('heading', { name: 'One more step' })).toBeVisible();
  await expectAccessible(there);
  await there.getByRole('textbox', { name: 'Code' }).fill('000000');
  await there.keyboard.press('Enter');
  await expect(there.getByText('This code is not right')).toBeVisible();
  await there.getByRole('textbox', { name: 'Code' }).fill(totp(secret));
  await there.keyboard.press('Enter');
  await expect(there.getByRole('button', { name: 'Northlane workspace menu' })).toBeVisible();
});

test('a new password by a link that an owner made', async ({ owner, teammate, visitor }) => {
  const ben = await teammate('Ben Carter');
  const { page } = owner;
  await page.goto('/settings/members');
  await choose(page, 'Ben Carter', 'Link for a new password');
  const link = await page.getByRole('textbox', { name: 'Link for a new password' }).inputValue();
  await visitor.page.goto(new URL(link).pathname);
  await expect(visitor.page.getByText(`For Ben Carter, ${ben.email}.`)).toBeVisible();
  await expectAccessible(visitor.page);
  await visitor.page.getByRole('textbox', { name: 'Password' }).fill('a-new-horse-battery');
  await visitor.page.keyboard.press('Enter');
  await visitor.page.getByRole('link', { name: 'Sign in' }).click();
  await visitor.page.getByRole('textbox', { name: 'Email' }).fill(ben.email);
  await visitor.page.getByRole('textbox', { name: 'Password' }).fill('a-new-horse-battery');
  await visitor.page.keyboard.press('Enter');
  await expect(visitor.page.getByRole('button', { name: 'Northlane workspace menu' })).toBeVisible();
});

test('a passkey is made and signs in instead of the password', async ({ browser }) => {
  test.slow();
  // Passkeys belong to a host name; an address of figures has none.
  const server = await startServer({ env: { PUBLIC_URL: 'http://localhost' } });
  const context = await browser.newContext({ baseURL: `http://localhost:${server.port}` });
  const page = await context.newPage();
  const device = await context.newCDPSession(page);
  await device.send('WebAuthn.enable');
  await device.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  const made = await context.request.post('/api/setup', {
    data: {
      workspaceName: 'Northlane',
      name: 'Maya Lindqvist',
      email: 'maya@northlane.example',
      password: PASSWORD,
      currency: 'EUR',
    },
    headers: { origin: `http://localhost:${server.port}` },
  });
  expect(made.status()).toBe(201);
  await page.goto('/settings/security');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await expect(page.getByRole('button', { name: /^Remove the passkey/ })).toBeVisible();
  // Nobody is known here any more; only the device still has its key.
  await context.clearCookies();
  await page.evaluate(() => localStorage.clear());
  await page.goto('/');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await expect(page.getByRole('button', { name: 'Northlane workspace menu' })).toBeVisible();
  expect((await context.request.get('/api/me')).status()).toBe(200);
  await context.close();
  await server.dispose();
});

test('where strangers can reach an empty server, the first run takes the code from its terminal', async ({ page }) => {
  const server = await startServer({ env: { HOST: '0.0.0.0' } });
  const code = /takes this code: (\S+)/.exec(server.output())?.[1] ?? '';
  expect(code).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  await page.goto(server.url);
  const field = page.getByRole('textbox', { name: 'Setup code' });
  await expect(field).toBeFocused();
  await expectAccessible(page);
  await field.fill('AAAA-AAAA');
  await page.getByRole('textbox', { name: 'Workspace name' }).fill('Northlane');
  await page.getByRole('textbox', { name: 'Your name' }).fill('Maya Lindqvist');
  await page.getByRole('textbox', { name: 'Email' }).fill('maya@northlane.example');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await expect(page.getByText('This is not the setup code.')).toBeVisible();
  await page.goto(`${server.url}/#setup=${code}`);
  await page.reload();
  await expect(field).toHaveValue(code);
  await server.dispose();
});
