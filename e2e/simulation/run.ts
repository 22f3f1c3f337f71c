/**
 * Many schedules from the command line: `npm run simulate` plays 10,000 from a seed of the moment, `-- --count 500 --seed 1`
 * those of `npm test`, and `-- --replay 1234` one of them, step by step.
 */
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Outcome, runSchedule } from './schedule.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string' },
    replay: { type: 'string' },
    /** `part/parts`: how the seeds are shared among processes. */
    part: { type: 'string' },
  },
});

const count = Number(values.count);
const first = values.seed === undefined ? Math.floor(Date.now() / 1000) % 1_000_000_000 : Number(values.seed);

if (values.replay !== undefined) await replay(Number(values.replay));
else if (values.part !== undefined) await playPart(values.part);
else await playAll();

async function replay(seed: number): Promise<void> {
  const outcome = await runSchedule({ seed, onStep: (line) => console.log(line) });
  console.log(outcome);
  process.exit(outcome.violations.length === 0 ? 0 : 1);
}

async function playPart(part: string): Promise<void> {
  const [mine = 0, parts = 1] = part.split('/').map(Number);
  for (let offset = mine; offset < count; offset += parts) {
    const outcome = await runSchedule({ seed: first + offset });
    await new Promise<void>((sent) => process.send?.(outcome, undefined, undefined, () => sent()));
  }
  process.exit(0);
}

async function playAll(): Promise<void> {
  const parts = Math.min(availableParallelism(), 8);
  console.log(`${count} schedules from seed ${first} on, in ${parts} processes`);
  const began = performance.now();
  const totals: Record<string, number> = {};
  const failed: Outcome[] = [];
  let played = 0;
  const take = (outcome: Outcome) => {
    played++;
    for (const [what, number] of Object.entries(outcome.counts)) totals[what] = (totals[what] ?? 0) + number;
    if (outcome.violations.length > 0) {
      failed.push(outcome);
      console.log(`seed ${outcome.seed} fails:\n  ${outcome.violations.slice(0, 5).join('\n  ')}`);
    }
    if (played % 100 === 0) console.log(`${played} played, ${failed.length} failed`);
  };
  const child = (part: number) =>
    new Promise<void>((ended, died) => {
      const args = ['--count', String(count), '--seed', String(first), '--part', `${part}/${parts}`];
      const process = fork(fileURLToPath(import.meta.url), args);
      process.on('message', (outcome) => take(outcome as Outcome));
      process.on('exit', (code) => (code === 0 ? ended() : died(new Error(`a simulating process ended with ${code}`))));
    });
  await Promise.all(Array.from({ length: parts }, (_, part) => child(part)));
  const seconds = (performance.now() - began) / 1000;
  const numbers = Object.entries(totals).map(([what, number]) => `${number.toLocaleString('en')} ${what}`);
  console.log(`${played} schedules in ${seconds.toFixed(0)} s: ${numbers.join(', ')}`);
  console.log(failed.length === 0 ? 'every law held' : `FAILED: seeds ${failed.map(({ seed }) => seed).join(', ')}`);
  process.exit(failed.length === 0 ? 0 : 1);
}
