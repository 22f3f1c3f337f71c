import { expect, test } from 'vitest';
import { ariaKeys, isTextTarget, keyLabels, matchesKeys } from './keys.ts';

const event = (key: string, held: KeyboardEventInit = {}) => new KeyboardEvent('keydown', { key, ...held });

test('key caps say what stands on the keyboard of the platform', () => {
  expect(keyLabels('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(keyLabels('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyLabels('Escape', false)).toEqual(['esc']);
  expect(ariaKeys('Mod+K', true)).toBe('Meta+K');
  expect(ariaKeys('Mod+K', false)).toBe('Control+K');
});

test('Mod is the command key on a Mac and Ctrl elsewhere, never both', () => {
  expect(matchesKeys(event('k', { metaKey: true }), 'Mod+K', true)).toBe(true);
  expect(matchesKeys(event('k', { ctrlKey: true }), 'Mod+K', true)).toBe(false);
  expect(matchesKeys(event('k', { ctrlKey: true }), 'Mod+K', false)).toBe(true);
  expect(matchesKeys(event('k'), 'Mod+K', false)).toBe(false);
});

test('a plain letter does not match with a modifier, and Shift counts for letters', () => {
  expect(matchesKeys(event('n'), 'N', false)).toBe(true);
  expect(matchesKeys(event('n', { ctrlKey: true }), 'N', false)).toBe(false);
  expect(matchesKeys(event('X', { shiftKey: true }), 'X', false)).toBe(false);
  expect(matchesKeys(event('X', { shiftKey: true }), 'Shift+X', false)).toBe(true);
});

test('a sign is matched by itself, wherever the keyboard has it', () => {
  expect(matchesKeys(event('?', { shiftKey: true }), '?', false)).toBe(true);
  expect(matchesKeys(event('/'), '/', false)).toBe(true);
  expect(matchesKeys(event('['), '[', false)).toBe(true);
});

test('shortcuts are silent where text is written, not on boxes and buttons', () => {
  const input = (type: string) => Object.assign(document.createElement('input'), { type });
  expect(isTextTarget(input('text'))).toBe(true);
  expect(isTextTarget(input('date'))).toBe(true);
  expect(isTextTarget(document.createElement('textarea'))).toBe(true);
  expect(isTextTarget(input('checkbox'))).toBe(false);
  expect(isTextTarget(document.createElement('button'))).toBe(false);
  expect(isTextTarget(null)).toBe(false);
});
