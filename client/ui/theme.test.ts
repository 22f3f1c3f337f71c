import { createRoot } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTheme, type Theme } from './theme.ts';

let deviceIsDark = false;
let tellDeviceChanged: () => void = () => undefined;
let dispose: () => void = () => undefined;

beforeEach(() => {
  deviceIsDark = false;
  localStorage.clear();
  vi.stubGlobal('matchMedia', () => ({
    get matches() {
      return deviceIsDark;
    },
    addEventListener: (_: string, listener: () => void) => {
      tellDeviceChanged = listener;
    },
    removeEventListener: () => undefined,
  }));
});
afterEach(() => {
  dispose();
  vi.unstubAllGlobals();
});

function setupTheme(): Theme {
  return createRoot((end) => {
    dispose = end;
    return createTheme();
  });
}
const onPage = () => document.documentElement.dataset.theme;

test('without a choice the page follows the device, also when that changes', () => {
  const theme = setupTheme();
  expect(theme.preference()).toBe('system');
  expect(onPage()).toBe('light');
  deviceIsDark = true;
  tellDeviceChanged();
  expect(onPage()).toBe('dark');
});

test('a choice wins over the device and is kept for the next visit', () => {
  setupTheme().setPreference('dark');
  expect(onPage()).toBe('dark');
  dispose();
  expect(setupTheme().preference()).toBe('dark');
});

test('going back to the device forgets the choice', () => {
  const theme = setupTheme();
  theme.setPreference('dark');
  theme.setPreference('system');
  expect(onPage()).toBe('light');
  expect(localStorage.getItem('rapport.theme')).toBeNull();
});

test('a choice made in another tab arrives here', () => {
  const theme = setupTheme();
  localStorage.setItem('rapport.theme', 'dark');
  dispatchEvent(new StorageEvent('storage', { key: 'rapport.theme' }));
  expect(theme.preference()).toBe('dark');
  expect(onPage()).toBe('dark');
});

test('without storage the choice holds until the page is closed', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    setItem: () => {
      throw new DOMException('denied', 'SecurityError');
    },
    clear: () => undefined,
  });
  const theme = setupTheme();
  theme.setPreference('dark');
  expect(onPage()).toBe('dark');
});
