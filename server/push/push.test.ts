import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';
import { newId } from '../../shared/model/id.ts';
import { connectStock } from '../testing/stock-client.ts';
import { makeTemporaryFolder, type Person, startTestServer } from '../testing/test-server.ts';

interface Pushed {
  readonly path: string;
  readonly headers: Record<string, unknown>;
  readonly body: Buffer;
}

/** What stands in for the push service of a browser; it answers with the status it is told to. */
async function setupPushService() {
  const pushed: Pushed[] = [];
  const answer = { status: 201 };
  const service = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      pushed.push({ path: request.url ?? '', headers: request.headers, body: Buffer.concat(parts) });
      response.writeHead(answer.status).end();
    });
  });
  await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void service.close());
  const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}/`;
  const server = await startTestServer(makeTemporaryFolder(), { push: { alsoTo: [url], waitMs: 30 } });
  onTestFinished(() => server.stop());
  return { pushed, answer, url, server };
}

/** Devices make notices, in the step that is their cause. */
async function tellingDevice(url: string, { cookie }: Person) {
  const device = connectStock(url, 'team.work.1', { cookie });
  onTestFinished(() => device.destroy());
  await device.synced();
  return (values: object) => void device.records.set(newId('notice'), JSON.stringify(values));
}

function aBrowser() {
  const ecdh = createECDH('prime256v1');
  const own = ecdh.generateKeys();
  const secret = randomBytes(16);
  const keys = { p256dh: own.toString('base64url'), auth: secret.toString('base64url') };
  /** As a browser reads it, RFC 8291. */
  function read(body: Buffer): unknown {
    const [salt, sender] = [body.subarray(0, 16), body.subarray(21, 21 + (body[20] ?? 0))];
    const sealed = body.subarray(21 + sender.length);
    const bits = (key: Buffer, with_: Buffer, info: string | Buffer, length: number) =>
      Buffer.from(hkdfSync('sha256', key, with_, info, length));
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, sender]);
    const shared = bits(ecdh.computeSecret(sender), secret, info, 32);
    const key = bits(shared, salt, 'Content-Encoding: aes128gcm\0', 16);
    const nonce = bits(shared, salt, 'Content-Encoding: nonce\0', 12);
    const decipher = createDecipheriv('aes-128-gcm', key, nonce);
    decipher.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
  }
  return { keys, read };
}

test('a notice reaches the browsers of its owner, sealed for them and signed with the same keys, and nobody else', async () => {
  const { pushed, url, server } = await setupPushService();
  const owner = await server.setUp();
  const other = await server.invite(owner, { name: 'Jonas' });
  const [mine, his] = [aBrowser(), aBrowser()];
  const { cookie } = owner;
  const { publicKey } = (await (await server.ask('GET', '/api/push', { cookie })).json()) as { publicKey: string };
  const add = (who: string, body: unknown) => server.ask('POST', '/api/push', { cookie: who, body });
  expect((await add(cookie, { endpoint: `${url}mine`, keys: mine.keys })).status).toBe(201);
  expect((await add(other.cookie, { endpoint: `${url}his`, keys: his.keys })).status).toBe(201);

  const tell = await tellingDevice(server.url, other);
  tell({ owner: owner.memberId, by: other.memberId, kind: 'mention', text: 'Look', at: Date.now() });
  await vi.waitFor(() => expect(pushed).toHaveLength(1), { timeout: 5_000 });
  expect(pushed[0]?.path).toBe('/mine');
  expect(pushed[0]?.headers.authorization).toContain(`k=${publicKey}`);
  expect(pushed[0]?.body.includes('Look')).toBe(false);
  expect(mine.read(pushed[0]?.body as Buffer)).toMatchObject({
    title: 'Jonas mentioned you',
    text: 'Look',
    path: '/inbox',
  });
});

test('what was read meanwhile is not sent, and a browser that is gone is forgotten', async () => {
  const { pushed, answer, url, server } = await setupPushService();
  const owner = await server.setUp();
  const { keys } = aBrowser();
  await server.ask('POST', '/api/push', { cookie: owner.cookie, body: { endpoint: url, keys } });
  const device = await tellingDevice(server.url, owner);
  const tell = (values: object) => device({ owner: owner.memberId, kind: 'reply', ...values });
  answer.status = 410;
  tell({ text: 'Read', readAt: Date.now() });
  tell({ text: 'First' });
  await vi.waitFor(() => expect(pushed).toHaveLength(1), { timeout: 5_000 });
  tell({ text: 'Second' });
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(pushed).toHaveLength(1);
});

test('only the push services of browsers are called, and only for who is signed in', async () => {
  const { server } = await setupPushService();
  const { cookie } = await server.setUp();
  const { keys } = aBrowser();
  const add = (endpoint: string, who?: string) =>
    server.ask('POST', '/api/push', { body: { endpoint, keys }, ...(who ? { cookie: who } : {}) });
  for (const endpoint of [
    'http://fcm.googleapis.com/x',
    'https://fcm.googleapis.com.evil.example/x',
    'https://127.0.0.1/x',
    'https://fcm.googleapis.com:8443/x',
    'nonsense',
  ]) {
    expect((await add(endpoint, cookie)).status, endpoint).toBe(422);
  }
  expect((await add('https://fcm.googleapis.com/fcm/send/x', cookie)).status).toBe(201);
  expect((await add('https://fcm.googleapis.com/fcm/send/x')).status).toBe(401);
});
