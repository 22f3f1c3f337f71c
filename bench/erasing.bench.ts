/**
 * What others notice while a person is erased (privacy law) from a workspace of 130,000 records: how late the server
 * answers them, and acknowledges what they write. A real server process, real sockets; what is left of the person is
 * looked for in every file afterwards.
 *
 * `npm run bench -- erasing` takes a minute; `-- erasing --quick` has a tenth of the records.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as decoding from 'lib0/decoding';
import { startServerProcess } from '../server/testing/server-process.ts';
import { askAt, cookieOf } from '../server/testing/test-server.ts';
import { MESSAGE, readSaved, SYNC } from '../shared/sync/protocol.ts';
import { measured, percentile } from './measure.ts';
import { speechOf } from './peers/dialect.ts';
import { Editor } from './peers/edits.ts';
import { Wire } from './peers/wire.ts';
import { withFolder } from './peers/workplace.ts';

const isQuick = process.argv.includes('--quick');
const SIZE = isQuick
  ? { contacts: 5_000, deals: 1_000, activities: 6_000 }
  : { contacts: 50_000, deals: 10_000, activities: 60_000 };
/** Who `npm run seed` makes the owner of an empty folder. */
const OWNER = { email: 'maya@northlane.example', password: 'northlane-demo' };
/** In no other word of the workspace. */
const NAME = 'Quartzfinch';
const ROOM = 'team.directory.1';
const WRITE_EVERY_MS = 50;
const ASK_EVERY_MS = 20;
const STARTS_WITHIN_MS = 120_000;

/** The longest anything waited. */
interface Waits {
  readonly answers: number[];
  readonly writes: number[];
  readonly saved: number[];
}

await withFolder(async (folder) => {
  seed(folder);
  const before = await inspect(folder);
  console.log(`${before.megabytes.toFixed(0)} MB of data`);
});

function seed(folder: string): void {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const numbers = Object.entries(SIZE).flatMap(([name, count]) => [`--${name}`, String(count)]);
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', 'server/scripts/seed.ts', ...numbers], {
    cwd: root,
    env: { ...process.env, DATA_DIR: folder },
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: STARTS_WITHIN_MS,
  });
  if (status !== 0) throw new Error(`the workspace could not be made: ${status}`);
}

async function inspect(folder: string): Promise<{ readonly megabytes: number }> {
  const server = await startServerProcess({ DATA_DIR: folder });
  const ask = askAt(server.url);
  try {
    const cookie = await signIn(ask, server.url);
    const person = await makePerson(ask, cookie);
    const megabytes = statSync(join(folder, 'rapport.db')).size / 1e6;
    const others = startOthers(ask, server.url, cookie);
    await others.untilSynced();

    const usual = await others.during(() => new Promise((resolve) => setTimeout(resolve, 3_000)));
    say('nothing else', usual);
    const looking = await others.during(() => tell(ask('GET', `/api/persons/${person}`, { cookie })));
    say('looking for what there is of the person', looking);
    const body = { name: `Zebulon ${NAME}`, also: [], withBackups: false };
    const erasing = await others.during(() => tell(ask('POST', `/api/persons/${person}/erase`, { cookie, body })));
    say('erasing', erasing);
    others.end();

    const left = filesWith(folder, NAME);
    const worst = (waits: Waits) => Math.max(...waits.answers, ...waits.writes, ...waits.saved);
    const answers = ({ answers: all }: Waits) => Math.max(...all);
    console.log(measured({ name: 'looking, the longest wait of others', value: worst(looking), unit: 'ms' }));
    console.log(measured({ name: 'erasing', value: erasing.tookMs, unit: 'ms' }));
    console.log(
      measured({ name: 'erasing, the longest wait of others', value: worst(erasing), unit: 'ms', atMost: 1_000 }),
    );
    console.log(
      measured({ name: 'erasing, the event loop held for', value: answers(erasing), unit: 'ms', atMost: 200 }),
    );
    console.log(measured({ name: 'files that name the person', value: left.length, unit: '', atMost: 0 }));
    if (left.length > 0) console.log(left.join('\n'));
    return { megabytes };
  } finally {
    server.child.kill('SIGTERM');
    await server.ended();
  }
}

type Ask = ReturnType<typeof askAt>;

async function signIn(ask: Ask, url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(OWNER),
  });
  if (!answer.ok) throw new Error(await answer.text());
  const cookie = cookieOf(answer);
  if (!(await ask('GET', '/api/me', { cookie })).ok) throw new Error('the owner did not get in');
  return cookie;
}

/** A contact with a note, a task and former values. */
async function makePerson(ask: Ask, cookie: string): Promise<string> {
  const make = async (entity: string, body: object): Promise<string> => {
    const answer = await ask('POST', `/api/records/${entity}`, { cookie, body });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { record: { id: string } }).record.id;
  };
  const person = await make('contact', { firstName: 'Zebulon', lastName: NAME, emails: [`zeb@${NAME}.test`] });
  await make('activity', { kind: 'note', subject: `About ${NAME}`, at: Date.now(), about: [person] });
  await make('task', { title: `Call ${NAME}`, about: [person] });
  const deal = await make('deal', { title: 'Kitchen', contacts: [{ contact: person, role: 'user' }] });
  await ask('PATCH', `/api/records/deal/${deal}`, { cookie, body: { title: `Zebulon ${NAME}` } });
  await ask('PATCH', `/api/records/deal/${deal}`, { cookie, body: { title: 'Kitchen' } });
  await ask('PATCH', `/api/records/contact/${person}`, { cookie, body: { emails: [`new@${NAME}.test`] } });
  return person;
}

async function tell(asked: Promise<Response>): Promise<void> {
  const answer = await asked;
  if (!answer.ok) throw new Error(await answer.text());
}

/** A device that writes, somebody who asks, and a program that writes over the API: all of them without a pause. */
function startOthers(ask: Ask, url: string, cookie: string) {
  const answers: number[] = [];
  const writes: number[] = [];
  const saved: number[] = [];
  const clear = () => {
    for (const each of [answers, writes, saved]) each.length = 0;
  };
  let isOver = false;
  const every = async (ms: number, into: number[], once: () => Promise<void>) => {
    while (!isOver) {
      const began = performance.now();
      await once();
      into.push(performance.now() - began);
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  };
  const drained = (answer: Response) => answer.arrayBuffer().then(() => undefined);
  const running = [
    every(ASK_EVERY_MS, answers, () => ask('GET', '/healthz').then(drained)),
    every(500, writes, () => ask('POST', '/api/records/task', { cookie, body: { title: 'Call back' } }).then(drained)),
  ];

  const { hostname, port } = new URL(url);
  const editor = new Editor({ clientId: 5_000_000_001, writer: 'w000000001', entity: 'contact' });
  const speech = speechOf('rapport', ROOM);
  const unsaved: { readonly clock: number; readonly at: number }[] = [];
  let isSynced = false;
  const wire = new Wire({
    host: hostname,
    port: Number(port),
    path: `/sync/${ROOM}`,
    headers: { cookie },
    onMessage(bytes, from, to) {
      if (bytes[from] === MESSAGE.sync && bytes[from + 1] === SYNC.step2) isSynced = true;
      if (bytes[from] === MESSAGE.sync && bytes[from + 1] === SYNC.step1) {
        wire.send(speech.sync(SYNC.step2, new Uint8Array([0, 0])));
      }
      if (bytes[from] !== MESSAGE.saved) return;
      const { clocks } = readSaved(decoding.createDecoder(bytes.subarray(from + 1, to)));
      const clock = clocks.get(editor.clientId) ?? 0;
      while ((unsaved[0]?.clock ?? Number.POSITIVE_INFINITY) <= clock)
        saved.push(performance.now() - (unsaved.shift()?.at ?? 0));
    },
    onClose: (reason) => {
      if (!isOver) console.log(`The device lost its line: ${reason}`);
    },
  });
  // All it asks for is what others write from now on.
  for (const message of speech.opening(editor.clientId, new Uint8Array([0]))) wire.send(message);
  const writing = setInterval(() => {
    if (!isSynced) return;
    wire.send(speech.sync(SYNC.update, editor.next()));
    unsaved.push({ clock: editor.clock, at: performance.now() });
  }, WRITE_EVERY_MS);

  return {
    async untilSynced() {
      while (!isSynced) await new Promise((resolve) => setTimeout(resolve, 50));
    },
    async during(work: () => Promise<unknown>): Promise<Waits & { readonly tookMs: number }> {
      clear();
      const began = performance.now();
      await work();
      const tookMs = performance.now() - began;
      // What was asked at the end counts too.
      await new Promise((resolve) => setTimeout(resolve, 300));
      return { answers: [...answers], writes: [...writes], saved: [...saved], tookMs };
    },
    end() {
      isOver = true;
      clearInterval(writing);
      wire.close();
      void Promise.allSettled(running);
    },
  };
}

function say(what: string, { tookMs, ...waits }: Waits & { readonly tookMs: number }): void {
  const cells = Object.entries(waits).map(
    ([name, all]) =>
      `${name} ${all.length}, 95 % ${percentile(all, 0.95).toFixed(0)} ms, longest ${Math.max(...all).toFixed(0)} ms`,
  );
  console.log(`${what}, ${tookMs.toFixed(0)} ms: ${cells.join('; ')}`);
}

/** The files below a folder that hold a word, in any case. */
function filesWith(folder: string, word: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesWith(path, word);
    return readFileSync(path).toString('latin1').toLowerCase().includes(word.toLowerCase()) ? [path] : [];
  });
}
