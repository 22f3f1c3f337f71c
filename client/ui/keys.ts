/**
 * Keys as they are shown in hints and told to assistive technology, from the spelling that `platform/hotkeys.ts` matches:
 * "Mod+Shift+Z", where `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
import { isMac } from '../platform/hotkeys.ts';

const MAC_LABELS: Readonly<Record<string, string>> = { Mod: '⌘', Ctrl: '⌃', Alt: '⌥', Shift: '⇧' };
const PC_LABELS: Readonly<Record<string, string>> = { Mod: 'Ctrl', Ctrl: 'Ctrl', Alt: 'Alt', Shift: 'Shift' };
const KEY_LABELS: Readonly<Record<string, string>> = {
  Enter: '↵',
  Escape: 'esc',
  Backspace: '⌫',
  Delete: 'del',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Tab: 'tab',
  Space: 'space',
};

/** The parts of a key combination as they are printed on key caps: "Mod+K" is ⌘ K or Ctrl K. */
export function keyLabels(combo: string, mac: boolean = isMac()): string[] {
  const modifiers = mac ? MAC_LABELS : PC_LABELS;
  return combo.split('+').map((part) => modifiers[part] ?? KEY_LABELS[part] ?? part);
}

/** The same combination in the grammar of `aria-keyshortcuts`. */
export function ariaKeys(combo: string, mac: boolean = isMac()): string {
  return combo
    .split('+')
    .map((part) => (part === 'Mod' ? (mac ? 'Meta' : 'Control') : part === 'Ctrl' ? 'Control' : part))
    .join('+');
}
