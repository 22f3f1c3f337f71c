/** The tables in docs/ say which test holds a sentence: that test is there, under those words. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where a document names files without their folder. */
const FOLDERS = ['', 'server/sync/'];

/** `file.test.ts`, "words of its name", "of another": the words belong to the file named last in the same line. */
function missingTests(markdown: string): readonly string[] {
  const missing: string[] = [];
  for (const line of markdown.split('\n').filter((each) => each.startsWith('|'))) {
    let file: string | undefined;
    for (const [, path, words] of line.matchAll(/`([^` *]+\.(?:test|spec)\.tsx?)`|"([^"]+)"/g)) {
      if (path !== undefined) {
        file = FOLDERS.map((folder) => `${root}${folder}${path}`).find(existsSync);
        if (file === undefined) missing.push(path);
      } else if (file !== undefined && words !== undefined && !readFileSync(file, 'utf8').includes(words)) {
        missing.push(`${file.slice(root.length)}, "${words}"`);
      }
    }
  }
  return missing;
}

test('a test that is not there is noticed', () => {
  const words = ['no', 'such', 'words'].join(' ');
  const line = `| a fault | \`.ci/docs.test.ts\`, "is noticed", "${words}"; \`.ci/none.test.ts\` |`;
  expect(missingTests(line)).toEqual([`.ci/docs.test.ts, "${words}"`, '.ci/none.test.ts']);
});

test.each(readdirSync(`${root}docs`).filter((name) => name.endsWith('.md')))(
  '%s names tests that are there',
  (name) => {
    expect(missingTests(readFileSync(`${root}docs/${name}`, 'utf8'))).toEqual([]);
  },
);
