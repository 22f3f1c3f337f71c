/**
 * `npm run seed -- --deals 10000 --contacts 50000 --activities 100000 --seed 7`: fills the workspace in DATA_DIR with
 * made-up data, the same for the same numbers. `--longest 5000` makes so many of the activities about one contact, whose
 * id is printed. An empty data folder gets an owner first (its sign-in is printed). The server must not be running on the
 * folder; it says so if it is.
 */
import { addMemberByName } from '../../shared/commands/workspace-commands.ts';
import { member } from '../../shared/entities/member.ts';
import { pipeline } from '../../shared/entities/pipeline.ts';
import { type Stage, stage } from '../../shared/entities/stage.ts';
import { dayOfInstant } from '../../shared/model/day.ts';
import { evenRanks } from '../../shared/model/rank.ts';
import { sortedPipelines, stagesOf, statusOf } from '../../shared/query/pipeline-view.ts';
import { busiestDeal, type DailyWorkOptions, generateDailyWork } from '../../shared/seed/daily-work.ts';
import { generateWorkspace, type Seed } from '../../shared/seed/generate.ts';
import { TEAM } from '../../shared/seed/words.ts';
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { StartRefused } from '../start-refused.ts';
import { openDataFolder } from '../storage/data-folder.ts';
import { createUpdateLog } from '../storage/update-log.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { createRooms, type Rooms } from '../sync/rooms.ts';
import { refuseStart, report } from '../terminal.ts';
import { readOptions } from './read-options.ts';

const OWNER = { name: TEAM[0] ?? 'Owner', email: 'maya@northlane.example', password: 'northlane-demo' };
/** Records per command: big enough to be quick, small enough for one message to a client. */
const CHUNK = 2_000;

try {
  const options = {
    deals: { type: 'string', default: '200' },
    contacts: { type: 'string', default: '1000' },
    activities: { type: 'string' },
    tasks: { type: 'string' },
    longest: { type: 'string', default: '0' },
    seed: { type: 'string', default: '1' },
    today: { type: 'string' },
  } as const;
  const { values } = readOptions({ options }, 'npm run seed -- --deals 200 --contacts 1000 --seed 1');
  const config = readConfig(process.env);
  await ensureOwner({ ...config, host: '127.0.0.1', port: 0 });
  const folder = openDataFolder(config.dataFolder);
  const rooms = createRooms({ log: createUpdateLog(folder.db), report });
  const made = seed(rooms, {
    deals: count('deals', values.deals),
    contacts: count('contacts', values.contacts),
    seed: count('seed', values.seed),
    today: values.today ?? dayOfInstant(Date.now()),
    // A deal has four activities and every third one a task, unless it is said otherwise.
    activities: count('activities', values.activities ?? String(4 * Number(values.deals))),
    tasks: count('tasks', values.tasks ?? String(Math.ceil(Number(values.deals) / 3))),
    longest: count('longest', values.longest),
  });
  rooms.close();
  folder.close();
  if (made.longestOf) console.log(`The longest timeline is that of ${made.longestOf}.`);
  console.log(`Made ${made.records.toLocaleString('en')} records in ${config.dataFolder}. Start with "npm start".`);
} catch (error) {
  refuseStart(error);
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0 && value <= 5_000_000) return value;
  throw new StartRefused(`--${name} is “${text}”, which is no whole number. Nothing was changed.`);
}

async function ensureOwner(config: Parameters<typeof startServer>[0]): Promise<void> {
  const server = await startServer(config, { build: 'seed', client: async (_context, next) => next(), report });
  const origin = `http://127.0.0.1:${server.port}`;
  try {
    const status = (await (await fetch(`${origin}/api/status`)).json()) as { needsSetup: boolean };
    if (!status.needsSetup) return;
    const answer = await fetch(`${origin}/api/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin },
      body: JSON.stringify({ workspaceName: 'Northlane', currency: 'EUR', ...OWNER }),
    });
    if (!answer.ok) throw new Error(`setup answered ${answer.status}: ${await answer.text()}`);
    console.log(`Made the workspace “Northlane”. Sign in as ${OWNER.email} with the password ${OWNER.password}`);
  } finally {
    await server.close();
  }
}

interface Numbers {
  readonly deals: number;
  readonly contacts: number;
  readonly activities: number;
  readonly tasks: number;
  readonly longest: number;
  readonly seed: number;
  readonly today: string;
}

function seed(rooms: Rooms, options: Numbers): { readonly records: number; readonly longestOf: string | undefined } {
  const { members, stages } = writeOwn(rooms, { actor: null, kinds: ['workspace'] }, (tx) => {
    const known = new Map([...tx.all(member)].map((each) => [each.name, each.id as string]));
    for (const name of TEAM) if (!known.has(name)) known.set(name, addMemberByName(tx, { name, team: 'Sales' }));
    const first = sortedPipelines(tx.all(pipeline))[0];
    return { members: TEAM.map((name) => known.get(name) ?? ''), stages: stagesOf(tx.all(stage), first?.id ?? '') };
  });
  const deals: DailyWorkOptions['deals'][number][] = [];
  const records = generateWorkspace({
    ...options,
    members,
    stages: stages.map((each: Stage) => ({ id: each.id, pipeline: each.pipeline ?? '', type: statusOf(each) })),
    ranks: evenRanks(options.deals),
  });
  let made = 0;
  const daily = () => generateDailyWork({ ...options, members, deals, appointments: Math.ceil(options.tasks / 3) });
  for (const chunk of chunksOf(inTurn(noting(records, deals), daily), CHUNK)) {
    const kinds = [...new Set(chunk.map(({ entity }) => entity.room))];
    writeOwn(rooms, { actor: null, kinds }, (tx) => {
      for (const { entity, id, values } of chunk) if (!tx.get(entity, id)) tx.insert(entity, values, id);
    });
    made += chunk.length;
  }
  const longestOf = options.longest > 0 ? busiestDeal(deals)?.values.contacts?.[0]?.contact : undefined;
  return { records: made, longestOf };
}

/** Passes records on and keeps the deals among them: the daily work is about these. */
function* noting(seeds: Iterable<Seed>, deals: DailyWorkOptions['deals'][number][]): Generator<Seed> {
  for (const each of seeds) {
    if (each.entity.name === 'deal') deals.push(each as DailyWorkOptions['deals'][number]);
    yield each;
  }
}

function* inTurn(first: Iterable<Seed>, second: () => Iterable<Seed>): Generator<Seed> {
  yield* first;
  yield* second();
}

function* chunksOf(seeds: Iterable<Seed>, size: number): Generator<readonly Seed[]> {
  let chunk: Seed[] = [];
  for (const each of seeds) {
    chunk.push(each);
    if (chunk.length === size) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}
