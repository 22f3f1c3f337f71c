import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test } from 'vitest';
import { fileRules, importsOf, layerRules, layerViolations } from './layers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the repository keeps every layer rule', () => {
  const files = ['client', 'server', 'shared', 'e2e', 'bench', '.ci']
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true }).map((path) => `${folder}/${path}`))
    .filter((path) => /\.(tsx?|css)$/.test(path) && !path.startsWith('.ci/layers.'))
    .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }));
  expect(files.length).toBeGreaterThan(0);
  expect(layerViolations(files)).toEqual([]);
});

describe('each rule finds a planted violation', () => {
  test.each(layerRules)('$rule', ({ rule, planted }) => {
    const found = layerViolations([{ path: planted.file, source: planted.source }]);
    expect(found.some((line) => line.includes(`: ${rule}. `))).toBe(true);
  });

  test.each(fileRules)('$rule', ({ rule, planted }) => {
    expect(layerViolations([planted]).some((line) => line.includes(`: ${rule}. `))).toBe(true);
  });
});

describe('import lines', () => {
  test.each([
    ['a type', `import type { Doc } from 'yjs';`, 'yjs'],
    ['several lines', `import {\n  a,\n  type B,\n} from './b.ts';`, './b.ts'],
    ['a side effect', `import './button.css';`, './button.css'],
    [
      'a dynamic import',
      `const page = lazy(() => import('../features/deals/page.tsx'));`,
      '../features/deals/page.tsx',
    ],
    ['a type position', `type Doc = import('yjs').Doc;`, 'yjs'],
    ['a re-export', `export { a } from './a.ts';`, './a.ts'],
    ['a style sheet', `@import url("../ui/tokens.css");`, '../ui/tokens.css'],
    ['composition of styles', `.a { composes: base from './base.module.css'; }`, './base.module.css'],
  ])('are read from %s', (_what, source, target) => {
    expect(importsOf(source)).toContain(target);
  });

  test('in comments do not count', () => {
    expect(importsOf(`// import 'yjs';\n/* import { a } from 'b'; */`)).toEqual([]);
  });
});

test('a feature may import itself, shared, data, fields and ui', () => {
  const source = ['../../../shared/entities/deal.ts', '../../data/workspace.tsx', '../../ui/button.tsx', './card.tsx']
    .map((target) => `import { a } from '${target}';`)
    .join('\n');
  expect(layerViolations([{ path: 'client/features/deals/board.tsx', source }])).toEqual([]);
});

describe('Biome holds the walls between folders', () => {
  test.each([
    [
      'client/features/deals/board.ts',
      `import { open } from '../../../server/storage/database.ts';`,
      'noRestrictedImports',
    ],
    ['client/platform/file.ts', `import { readFileSync } from 'node:fs';`, 'noRestrictedImports'],
    ['client/ui/badge.ts', `import { deal } from '../../shared/entities/deal.ts';`, 'noRestrictedImports'],
    ['server/http/app.ts', `import { routes } from '../../client/app/routes.ts';`, 'noRestrictedImports'],
    ['shared/csv/csv.ts', `import { createSignal } from 'solid-js';`, 'noRestrictedImports'],
    ['shared/csv/csv.ts', `export const title = document.title;`, 'noRestrictedGlobals'],
    ['shared/csv/csv.ts', `export default 1;`, 'noDefaultExport'],
    ['shared/csv/csv.ts', `export { a } from './a.ts';\nexport { b } from './b.ts';`, 'noBarrelFile'],
    ['server/http/app.ts', `import leftPad from 'left-pad';\nleftPad();`, 'noUndeclaredDependencies'],
  ])('%s: %s', (path, source, rule) => {
    expect(biomeReport({ [path]: source })).toContain(rule);
  });

  test('and finds cycles', () => {
    const files = {
      'shared/query/a.ts': `import { b } from './b.ts';\nexport const a = (): number => b();\n`,
      'shared/query/b.ts': `import { a } from './a.ts';\nexport const b = (): number => a();\n`,
    };
    expect(biomeReport(files)).toContain('noImportCycles');
  });
});

/** What Biome says of files planted in a folder of their own, under this repository's configuration. */
function biomeReport(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'rapport-biome-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const config = JSON.parse(readFileSync(join(root, 'biome.json'), 'utf8'));
  const planted = {
    'biome.json': JSON.stringify({ ...config, $schema: undefined, vcs: undefined }),
    'package.json': '{}',
    ...files,
  };
  for (const [path, source] of Object.entries(planted)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), source);
  }
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome');
  const run = spawnSync(process.execPath, [biome, 'lint', '--max-diagnostics=none', '.'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return run.stdout + run.stderr;
}
