import { createRoot } from 'solid-js';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { comboOf, createHotkeys, type HotkeyOptions, type Hotkeys, runHotkey, setSingleKeys } from './hotkeys.ts';

let disposers: (() => void)[] = [];

function register(keys: Hotkeys, options?: HotkeyOptions): () => void {
  const dispose = createRoot((disposeRoot) => {
    createHotkeys(() => keys, options);
    return disposeRoot;
  });
  disposers.push(dispose);
  return dispose;
}

function press(key: string, init: KeyboardEventInit = {}, target: EventTarget = document.body): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  target.dispatchEvent(event);
  return event;
}

beforeEach(() => {
  document.body.innerHTML =
    '<input id="field"><input id="box" type="checkbox"><div role="dialog"><button id="inside">x</button></div>';
});
afterEach(() => {
  for (const dispose of disposers) dispose();
  disposers = [];
  localStorage.clear();
});

describe('hotkeys', () => {
  test('the part that came last is asked first, and the one before it is back when it has gone', () => {
    const [shell, page] = [vi.fn(), vi.fn()];
    register({ N: shell });
    const leave = register({ N: page });
    press('n');
    leave();
    press('n');
    expect([page.mock.calls.length, shell.mock.calls.length]).toEqual([1, 1]);
  });

  test('single keys are silent where somebody types and inside dialogs', () => {
    const action = vi.fn();
    register({ N: action });
    press('n', {}, document.getElementById('field') ?? document.body);
    press('n', {}, document.getElementById('inside') ?? document.body);
    expect(action).not.toHaveBeenCalled();
    press('n', {}, document.getElementById('box') ?? document.body);
    expect(action).toHaveBeenCalledOnce();
  });

  test('a layer that is there everywhere also hears a text field', () => {
    const action = vi.fn();
    register({ 'Mod+K': action }, { everywhere: true });
    press('k', { ctrlKey: true }, document.getElementById('field') ?? document.body);
    expect(action).toHaveBeenCalledOnce();
  });

  test('single keys can be switched off, combinations stay', () => {
    const [single, combination] = [vi.fn(), vi.fn()];
    register({ N: single, 'Mod+K': combination });
    setSingleKeys(false);
    press('n');
    press('k', { ctrlKey: true });
    expect([single.mock.calls.length, combination.mock.calls.length]).toEqual([0, 1]);
  });

  test('two keys after each other', () => {
    const [go, plain] = [vi.fn(), vi.fn()];
    register({ 'G C': go, C: plain });
    press('g');
    press('c');
    press('c');
    expect([go.mock.calls.length, plain.mock.calls.length]).toEqual([1, 1]);
  });

  test('a key that somebody on the page has dealt with is left alone', () => {
    const action = vi.fn();
    register({ N: action });
    const prevent = (event: Event) => event.preventDefault();
    document.body.addEventListener('keydown', prevent);
    press('n');
    document.body.removeEventListener('keydown', prevent);
    expect(action).not.toHaveBeenCalled();
  });

  test('what a key does can be done by a button, and says when nobody does it', () => {
    const action = vi.fn();
    register({ N: action });
    expect([runHotkey('N'), runHotkey('Q'), action.mock.calls.length]).toEqual([true, false, 1]);
  });

  test.each([
    [{ key: 'z', metaKey: true, shiftKey: true }, true, 'Mod+Shift+Z'],
    [{ key: 'z', ctrlKey: true }, false, 'Mod+Z'],
    [{ key: 'z', ctrlKey: true }, true, 'Ctrl+Z'],
    [{ key: '?', shiftKey: true }, false, '?'],
    [{ key: ' ' }, false, 'Space'],
    [{ key: 'W', shiftKey: true }, false, 'Shift+W'],
    [{ key: 'Shift', shiftKey: true }, false, null],
  ])('%o on a Mac: %s is spelled %s', (init, isMac, combo) => {
    expect(comboOf(new KeyboardEvent('keydown', init), isMac)).toBe(combo);
  });
});
