import { expect, test } from 'vitest';
import { hasUnsavedWork } from './unsaved.ts';

function page(html: string): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = html;
  return root;
}

test('text in a form, a dialog or an open inline field is not stored yet', () => {
  expect(hasUnsavedWork(page('<form><input value="Half a deal"></form>'))).toBe(true);
  expect(hasUnsavedWork(page('<div role="dialog"><textarea>Half a note</textarea></div>'))).toBe(true);
  expect(hasUnsavedWork(page('<div class="inline is-editing"><input value="x"></div>'))).toBe(true);
});

test('work that its page marks is not stored yet either', () => {
  expect(hasUnsavedWork(page('<section data-unsaved=""><h1>Import</h1></section>'))).toBe(true);
  expect(hasUnsavedWork(page('<section><h1>Import</h1></section>'))).toBe(false);
});

test('empty fields, filters and choices lose nothing', () => {
  expect(hasUnsavedWork(page('<form><input value="  "><input type="checkbox" value="on"></form>'))).toBe(false);
  expect(hasUnsavedWork(page('<div role="search"><input value="kestrel"></div>'))).toBe(false);
});
