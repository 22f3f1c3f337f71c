/**
 * Texts that people wrote are put into pages as texts. This looks for the ways a browser has to make a page, or run a
 * script, out of a text; and at the built page's source, which the content security policy allows no inline script.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const at = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

const SINKS =
  /\b(inner|outer)HTML\s*(=(?!=)|\})|\binnerHTML=|insertAdjacentHTML\s*\(|document\.write|srcdoc|\beval\s*\(|new Function\s*\(|createContextualFragment|setHTMLUnsafe|["'`]javascript:/;

const sources = (folder: string) =>
  readdirSync(at(folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(at(`${folder}/${file}`), 'utf8') }));

test.each([
  'element.innerHTML = text;',
  '<div innerHTML={text} />',
  'element.insertAdjacentHTML("beforeend", text)',
  'frame.srcdoc = text',
  'eval(text)',
  "link.href = 'javascript:void 0'",
])('%s would be found', (planted) => {
  expect(SINKS.test(planted)).toBe(true);
});

test('nothing in the client or in shared makes a page or a script out of a text', () => {
  const found = [...sources('client'), ...sources('shared')].filter(({ text }) => SINKS.test(text));
  expect(found.map(({ file }) => file)).toEqual([]);
});

test('the page has no inline script, no inline handler and nothing from elsewhere', () => {
  const page = readFileSync(at('client/index.html'), 'utf8');
  for (const [, attributes = '', body = ''] of page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)) {
    expect(attributes).toMatch(/\bsrc="\//);
    expect(body.trim()).toBe('');
  }
  expect(page).not.toMatch(/\son[a-z]+\s*=/i);
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page).not.toMatch(/<style|<base|http-equiv/i);
});
