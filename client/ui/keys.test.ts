import { expect, test } from 'vitest';
import { ariaKeys, keyLabels } from './keys.ts';

test('key caps say what stands on the keyboard of the platform', () => {
  expect(keyLabels('Mod+Shift+Z', true)).toEqual(['⌘', '⇧', 'Z']);
  expect(keyLabels('Mod+Shift+Z', false)).toEqual(['Ctrl', 'Shift', 'Z']);
  expect(keyLabels('Escape', false)).toEqual(['esc']);
  expect(ariaKeys('Mod+K', true)).toBe('Meta+K');
  expect(ariaKeys('Mod+K', false)).toBe('Control+K');
});
