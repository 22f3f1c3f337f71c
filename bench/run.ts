/**
 * `npm run bench`: runs every `bench/*.bench.ts` in a process of its own, one after the other, and prints what they
 * measured in one table. `npm run bench -- cold-open` runs those whose name contains the word.
 *
 * The convention: a bench is a script that measures a thing and something to hold it against in the same run (a
 * physical limit like JSON.parse of the same rows, or a peer), because this machine is never equally busy twice.
 * It prints one line per result to stdout, made by `measured()` of bench/measure.ts; other output is passed on:
 *
 *     console.log(measured({ name: 'cold open', value: 310, unit: 'ms', against: 95, what: 'JSON.parse', atMost: 4 }));
 *
 * Benches are never part of `npm test`: numbers that depend on the machine make poor assertions. The exit code is 1
 * when a bench crashed or a ratio is beyond its limit.
 */
import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isMeasured, type Result } from './measure.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
/** The rest is for the bench itself: `npm run bench -- peers --quick`. */
const [word = '', ...rest] = process.argv.slice(2);
const benches = readdirSync(folder).filter((name) => name.endsWith('.bench.ts') && name.includes(word));
const results: Result[] = [];
const crashed: string[] = [];

for (const bench of benches) {
  console.log(`--- ${bench}`);
  const { lines, code } = await run(`${folder}${bench}`);
  results.push(...lines.map((line) => JSON.parse(line) as Result));
  if (code !== 0) crashed.push(bench);
}

console.table(
  results.map(({ name, value, unit, against, what, atMost, atLeast }) => ({
    name,
    measured: `${round(value)} ${unit}`,
    against: against === undefined ? '' : `${round(against)} ${unit} ${what ?? ''}`,
    ratio: against === undefined ? '' : round(value / against),
    limit: limitText(atMost, atLeast),
    verdict: verdictOf({ value, against, atMost, atLeast }),
  })),
);
const beyond = results.filter((result) => verdictOf(result) === 'beyond').map(({ name }) => name);
if (benches.length === 0) console.log(word ? `No bench has “${word}” in its name.` : 'There are no benches yet.');
if (beyond.length > 0) console.log(`Beyond the limit: ${beyond.join(', ')}`);
if (crashed.length > 0) console.log(`Crashed: ${crashed.join(', ')}`);
process.exitCode = beyond.length + crashed.length > 0 ? 1 : 0;

/** `--expose-gc` lets a bench settle memory before it measures. */
function run(path: string): Promise<{ lines: string[]; code: number | null }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--expose-gc', '--import', 'tsx', path, ...rest], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (isMeasured(line)) lines.push(line);
      else if (line !== '') console.log(line);
    });
    child.on('close', (code) => resolve({ lines, code }));
  });
}

function verdictOf({ value, against, atMost, atLeast }: Pick<Result, 'value' | 'against' | 'atMost' | 'atLeast'>) {
  if (atMost === undefined && atLeast === undefined) return '';
  const measured = against === undefined ? value : value / against;
  return measured > (atMost ?? Number.POSITIVE_INFINITY) || measured < (atLeast ?? 0) ? 'beyond' : 'ok';
}

function limitText(atMost: number | undefined, atLeast: number | undefined): string {
  if (atMost !== undefined) return `at most ${atMost}`;
  return atLeast === undefined ? '' : `at least ${atLeast}`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
