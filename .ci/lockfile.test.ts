import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Lockfile, lockfileFaults } from './lockfile.ts';

const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));

test('the lockfile is complete for every platform and names no registry', () => {
  const lock = readJson('../package-lock.json') as Lockfile;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(lockfileFaults(lock)).toEqual([]);
});

test('every dependency is pinned to one exact version', () => {
  const { dependencies, devDependencies } = readJson('../package.json');
  const loose = Object.entries({ ...dependencies, ...devDependencies }).filter(
    ([, version]) => !/^\d+\.\d+\.\d+$/.test(String(version)),
  );
  expect(loose).toEqual([]);
});

test('a missing platform package is found', () => {
  const lock = {
    packages: {
      '': {},
      'node_modules/tool': { optionalDependencies: { '@tool/linux-x64': '1.0.0', '@tool/darwin-arm64': '1.0.0' } },
      'node_modules/@tool/linux-x64': {},
    },
  };
  expect(lockfileFaults(lock)).toEqual([expect.stringContaining('wants @tool/darwin-arm64')]);
});

test('a platform package nested under its owner counts', () => {
  const lock = {
    packages: {
      'node_modules/a/node_modules/tool': { optionalDependencies: { 'tool-linux': '1.0.0', 'tool-mac': '1.0.0' } },
      'node_modules/a/node_modules/tool/node_modules/tool-linux': {},
      'node_modules/a/node_modules/tool-mac': {},
    },
  };
  expect(lockfileFaults(lock)).toEqual([]);
});

test('an entry that names its registry is found', () => {
  const lock = { packages: { 'node_modules/a': { resolved: 'https://registry.example/a.tgz' } } };
  expect(lockfileFaults(lock)).toEqual([expect.stringContaining('names the registry')]);
});
