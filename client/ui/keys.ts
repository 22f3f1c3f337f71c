/**
 * Keys as data: one spelling ("Mod+Shift+Z") for what is shown in hints, what assistive technology is told
 * and what a handler matches. `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */

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

/** True on Apple platforms, where the command key takes the place of Ctrl. */
export function isMac(platform: string = navigator.platform): boolean {
  return /Mac|iPhone|iPad/.test(platform);
}

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

/**
 * Whether an event is this combination. Shift is compared only for named keys and letters, because
 * "?" already is Shift and something else, on a key that differs between keyboards.
 */
export function matchesKeys(event: KeyboardEvent, combo: string, mac: boolean = isMac()): boolean {
  const parts = combo.split('+');
  const key = parts.pop() ?? '';
  const wants = (name: string) => parts.includes(name);
  const symbol = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  return (
    sameKey(event.key, key) &&
    event.metaKey === (mac && wants('Mod')) &&
    event.ctrlKey === ((!mac && wants('Mod')) || wants('Ctrl')) &&
    event.altKey === wants('Alt') &&
    (symbol || event.shiftKey === wants('Shift'))
  );
}

function sameKey(pressed: string, wanted: string): boolean {
  if (wanted === 'Space') return pressed === ' ';
  return pressed.toLowerCase() === wanted.toLowerCase();
}

/** Whether typing there writes text, so that single-letter shortcuts must stay silent. */
export function isTextTarget(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|reset|range|file)$/.test(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable === true
  );
}
