/**
 * Keys for whatever is on screen. A part of the page registers what its keys do while it lives; the part that came
 * last (a page over the shell, a panel over the page) is asked first. Single keys are silent where somebody types,
 * inside dialogs and menus, and when the person has switched them off (WCAG 2.1.4).
 */
import { onCleanup } from 'solid-js';

export type HotkeyAction = (event: KeyboardEvent) => void;

/**
 * Combination → what it does: `N`, `Shift+X`, `?`, `Mod+K`, `Escape`, or two keys after each other, `G C`. Letters in
 * either case.
 * `Mod` is ⌘ on a Mac and Ctrl elsewhere.
 */
export type Hotkeys = Readonly<Record<string, HotkeyAction | undefined>>;

export interface HotkeyOptions {
  /** Also while somebody types or a dialog is open. For combinations with `Mod` that mean nothing to a text field. */
  readonly everywhere?: boolean;
}

interface Layer {
  readonly keys: () => Hotkeys;
  readonly everywhere: boolean;
}

const SINGLE_KEYS = 'rapport.single-keys';
/** How long the first of two keys waits for the second. */
const SEQUENCE_MS = 1_200;

const layers: Layer[] = [];
let firstKey: { readonly combo: string; readonly at: number } | null = null;

/** Registers keys for the life of the current Solid owner. `keys` is read at each press, so it may depend on anything. */
export function createHotkeys(keys: () => Hotkeys, options: HotkeyOptions = {}): void {
  const layer: Layer = { keys, everywhere: options.everywhere ?? false };
  if (layers.length === 0) addEventListener('keydown', onKeyDown);
  layers.push(layer);
  onCleanup(() => {
    layers.splice(layers.indexOf(layer), 1);
    if (layers.length === 0) removeEventListener('keydown', onKeyDown);
  });
}

/** Does what a key would do now, for a button that stands for it. False when nobody has taken the key. */
export function runHotkey(combo: string): boolean {
  const action = findAction(combo, () => true);
  action?.(new KeyboardEvent('keydown', { key: combo, cancelable: true }));
  return action !== undefined;
}

/** Whether keys without a modifier do anything. Belongs to this device. */
export function areSingleKeysOn(): boolean {
  try {
    return localStorage.getItem(SINGLE_KEYS) !== 'off';
  } catch {
    return true;
  }
}

export function setSingleKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(SINGLE_KEYS);
    else localStorage.setItem(SINGLE_KEYS, 'off');
  } catch {
    // Without storage the keys stay as they are.
  }
}

/** On `window`, behind everything on the page: whoever handles a key itself stops it or prevents its default. */
function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const combo = comboOf(event);
  if (combo === null || (event.repeat && isSingle(combo))) return;
  const isQuiet = isTyping(event.target) || isInOverlay(event.target) || (isSingle(combo) && !areSingleKeysOn());
  const mayAct = (layer: Layer) => layer.everywhere || !isQuiet;
  const first = firstKey && event.timeStamp - firstKey.at < SEQUENCE_MS ? firstKey.combo : null;
  firstKey = null;
  const action = (first && findAction(`${first} ${combo}`, mayAct)) ?? findAction(combo, mayAct);
  if (action) {
    event.preventDefault();
    action(event);
  } else if (!isQuiet && beginsSequence(combo)) {
    firstKey = { combo, at: event.timeStamp };
  }
}

function findAction(combo: string, mayAct: (layer: Layer) => boolean): HotkeyAction | undefined {
  for (const layer of layers.toReversed()) {
    if (!mayAct(layer)) continue;
    const keys = layer.keys();
    const name = Object.keys(keys).find((key) => key.toLowerCase() === combo.toLowerCase());
    const action = name === undefined ? undefined : keys[name];
    if (action) return action;
  }
  return undefined;
}

function beginsSequence(combo: string): boolean {
  return layers.some((layer) =>
    Object.keys(layer.keys()).some((key) => key.toLowerCase().startsWith(`${combo.toLowerCase()} `)),
  );
}

/**
 * The spelling of a key press. Shift is part of it for letters and named keys only: `?` already is Shift and something
 * else, on a key that differs between keyboards.
 */
export function comboOf(event: KeyboardEvent, mac: boolean = isMac()): string | null {
  const { key } = event;
  if (['Shift', 'Control', 'Alt', 'Meta', 'Dead', 'Unidentified'].includes(key)) return null;
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const isSymbol = key.length === 1 && !isLetter && key !== ' ';
  // AltGr writes symbols on many keyboards and reports Ctrl and Alt.
  const writesSymbol = isSymbol && event.getModifierState?.('AltGraph');
  const mod = mac ? event.metaKey : event.ctrlKey;
  const ctrl = mac && event.ctrlKey;
  if (!mac && event.metaKey) return null;
  return [
    mod && !writesSymbol ? 'Mod' : '',
    ctrl ? 'Ctrl' : '',
    event.altKey && !writesSymbol ? 'Alt' : '',
    event.shiftKey && !isSymbol ? 'Shift' : '',
    key === ' ' ? 'Space' : key.length === 1 ? key.toUpperCase() : key,
  ]
    .filter((part) => part !== '')
    .join('+');
}

const isSingle = (combo: string): boolean => !/^(Mod|Ctrl|Alt)\+/.test(combo) && combo !== 'Escape';

/** True on Apple platforms, where the command key takes the place of Ctrl. */
export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** Whether a key press there writes text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !/^(checkbox|radio|button|submit|reset|range|file)$/.test(target.type);
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable;
}

function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
