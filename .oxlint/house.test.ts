/** The Solid rules are proven by planted mistakes: a linter that finds nothing looks the same as clean code. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const planted: Record<string, { source: string; rule: string | null }> = {
  'setter in an effect': {
    rule: 'house(no-setter-in-effect)',
    source: `createEffect(() => setTotal(count() * 2));`,
  },
  'setter in an effect with named sources': {
    rule: 'house(no-setter-in-effect)',
    source: `createEffect(on(count, (value) => { setTotal(value * 2); }));`,
  },
  'setter in a loop inside an effect': {
    rule: 'house(no-setter-in-effect)',
    source: `createEffect(() => { for (const row of props.rows) batch(() => { setTotal(row.cents); }); });`,
  },
  'setter in a subscription made by an effect, which is what effects are for': {
    rule: null,
    source: `createEffect(() => { props.source.subscribe((value: number) => setTotal(value)); });`,
  },
  'destructured row': {
    rule: 'house(no-destructured-row)',
    source: `return <For each={props.rows}>{({ name }) => <b>{name}</b>}</For>;`,
  },
  'whole row': {
    rule: null,
    source: `return <For each={props.rows}>{(row) => <b>{row.name}</b>}</For>;`,
  },
  'prop read once in the body': {
    rule: 'solid(reactivity)',
    source: `const first = props.rows[0]; return <b>{first?.name}</b>;`,
  },
  'early return': {
    rule: 'solid(components-return-once)',
    source: `if (props.rows.length === 0) return null; return <b>{total()}</b>;`,
  },
  'list by map': {
    rule: 'solid(prefer-for)',
    source: `return <ul>{props.rows.map((row) => <li>{row.name}</li>)}</ul>;`,
  },
};

function fileOf(source: string): string {
  return `import { batch, createEffect, createSignal, For, on } from 'solid-js';
interface Props { rows: { name: string; cents: number }[]; source: { subscribe(listener: (value: number) => void): void } }
export function Planted(props: Props) {
  const [count] = createSignal(1);
  const [total, setTotal] = createSignal(0);
  ${source}
}
`;
}

let folder: string;
let found: Map<string, string[]>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'rapport-oxlint-'));
  const names = Object.keys(planted);
  await Promise.all(names.map((name, i) => writeFile(join(folder, `${i}.tsx`), fileOf(planted[name]?.source ?? ''))));
  const oxlint = join(root, 'node_modules/oxlint/bin/oxlint');
  const args = [oxlint, '-c', join(root, '.oxlintrc.json'), '--format', 'json', folder];
  // oxlint exits with 1 because it finds what was planted; its report is on stdout all the same.
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root }).catch((error) => error);
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: { code: string; filename: string }[] };
  found = new Map(names.map((name) => [name, []]));
  for (const { code, filename } of diagnostics)
    found.get(names[Number.parseInt(filename.split('/').at(-1) ?? '', 10)] ?? '')?.push(code);
}, 30_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

test.each(Object.entries(planted))('%s', (name, { rule }) => {
  const ours = (found.get(name) ?? []).filter((code) => code.startsWith('house(') || code.startsWith('solid('));
  if (rule === null) expect(ours).toEqual([]);
  else expect(ours).toContain(rule);
});
