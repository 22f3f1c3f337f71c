import { expect, test } from 'vitest';
import { hasUnsavedTyping } from './unsaved.ts';

function page(html: string): HTMLElement {
  const root = document.createElement('div');
  root.innerHTML = html;
  return root;
}

test('text in a form, a dialog or an open inline field is not stored yet', () => {
  expect(hasUnsavedTyping(page('<form><input value="Half a deal"></form>'))).toBe(true);
  expect(hasUnsavedTyping(page('<div role="dialog"><textarea>Half a note</textarea></div>'))).toBe(true);
  expect(hasUnsavedTyping(page('<div class="inline is-editing"><input value="x"></div>'))).toBe(true);
});

test('empty fields, filters and choices lose nothing', () => {
  expect(hasUnsavedTyping(page('<form><input value="  "><input type="checkbox" value="on"></form>'))).toBe(false);
  expect(hasUnsavedTyping(page('<div role="search"><input value="kestrel"></div>'))).toBe(false);
});
