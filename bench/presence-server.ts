/** What a real server spends on the presence of people who are in one room, at a set number of messages a second. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as encoding from 'lib0/encoding';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { startServerProcess } from '../server/testing/server-process.ts';
import { MESSAGE } from '../shared/sync/protocol.ts';
import { cpuSeconds } from './peers/servers.ts';
import { Wire } from './peers/wire.ts';

export interface PresenceLoad {
  readonly people: number;
  readonly messagesPerSecond: number;
  readonly seconds: number;
}

export interface PresenceCost {
  readonly cpuMsPerSecond: number;
  readonly deliveredPerSecond: number;
  /** Of what each person should have heard, the speaker included. */
  readonly lost: number;
}

const TICK_MS = 50;
const ROOM = 'team.workspace.1';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

export async function presenceOnServer({ people, messagesPerSecond, seconds }: PresenceLoad): Promise<PresenceCost> {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-presence-'));
  const server = await startServerProcess({ DATA_DIR: folder, BACKUP_EVERY_MINUTES: '0' });
  const lines: Wire[] = [];
  try {
    const { hostname, port } = new URL(server.url);
    const headers = { cookie: await setUp(server.url), origin: server.url };
    let heard = 0;
    const speakers = await Promise.all(
      Array.from({ length: people }, async (_, index) => {
        const awareness = new Awareness(new Y.Doc());
        const line = await new Promise<Wire>((opened, fail) => {
          const onMessage = (bytes: Buffer, from: number) => {
            if (bytes[from] === MESSAGE.awareness) heard++;
          };
          const address = { host: hostname, port: Number(port), path: `/sync/${ROOM}`, headers };
          const onClose = (reason: string) => fail(new Error(reason));
          const wire = new Wire({ ...address, onMessage, onOpen: () => opened(wire), onClose });
          lines.push(wire);
        });
        return { awareness, line, path: `/deals/deal_${index}` };
      }),
    );
    let said = 0;
    const speak = (turn: number) => {
      const speaker = speakers[turn % people];
      if (!speaker) return;
      const { awareness, line, path } = speaker;
      awareness.setLocalState({ path, record: path.slice(7), field: 'title', draft: `typed ${turn}`, idle: 'active' });
      line.send(messageOf(encodeAwarenessUpdate(awareness, [awareness.clientID])));
      said++;
    };
    for (let turn = 0; turn < people; turn++) speak(turn);
    await wait(1_000);
    [said, heard] = [0, 0];
    const pid = server.child.pid ?? 0;
    const before = cpuSeconds(pid);
    const began = performance.now();
    while (said < messagesPerSecond * seconds) {
      const due = Math.min(messagesPerSecond * seconds, ((performance.now() - began) / 1_000) * messagesPerSecond);
      while (said < due) speak(said);
      await wait(TICK_MS);
    }
    await wait(1_000);
    const tookSeconds = (performance.now() - began) / 1_000;
    return {
      cpuMsPerSecond: ((cpuSeconds(pid) - before) * 1_000) / tookSeconds,
      deliveredPerSecond: heard / tookSeconds,
      lost: said * people - heard,
    };
  } finally {
    for (const line of lines) line.close();
    server.child.kill('SIGTERM');
    await server.ended();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The cookie of a first visitor. */
async function setUp(url: string): Promise<string> {
  const account = { name: 'Anna', email: 'anna@acme.test', password: 'correct horse battery' };
  const answer = await fetch(`${url}/api/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...account, workspaceName: 'Acme', currency: 'EUR' }),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
}

function messageOf(update: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, update);
  return encoding.toUint8Array(encoder);
}
