/** SPEC.md and the tests hold on to each other: no rule without a test, no test of a rule that is not there. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const spec = readFileSync(at('shared/sync/SPEC.md'), 'utf8');
const ruleIds = [...spec.matchAll(/^- \*\*(S\d+\.\d+)\*\*/gm)].map(([, id]) => id ?? '');

/** Rule ids in the names of tests: `[S1.2]` inside the quotes that follow `test(` or `test.each(…)(`. */
function quotedIds(): Set<string> {
  const ids = new Set<string>();
  for (const folder of ['shared', 'server', 'client', 'e2e']) {
    for (const file of readdirSync(at(folder), { recursive: true, encoding: 'utf8' })) {
      if (!/\.(test|spec)\.tsx?$/.test(file)) continue;
      for (const [name] of readFileSync(at(`${folder}/${file}`), 'utf8').matchAll(/^\s*(test\b.*|\]\)\(.*|'.*)$/gm)) {
        for (const [, id] of name.matchAll(/\[(S\d+\.\d+)\]/g)) ids.add(id ?? '');
      }
    }
  }
  return ids;
}

test('every rule of the sync wire is quoted by the name of a test', () => {
  const quoted = quotedIds();
  expect(ruleIds.length).toBeGreaterThan(30);
  expect(ruleIds.filter((id) => !quoted.has(id))).toEqual([]);
});

test('every rule that a test quotes is in SPEC.md, once', () => {
  expect([...quotedIds()].filter((id) => !ruleIds.includes(id))).toEqual([]);
  expect(new Set(ruleIds).size).toBe(ruleIds.length);
});
