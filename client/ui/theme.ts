/**
 * Light, dark, or what the device says. The choice belongs to this device, so it lives in localStorage and works
 * before anything is loaded or signed in. `public/theme.js` applies it before the first paint; this keeps it true.
 */
import { type Accessor, createEffect, createMemo, createSignal, onCleanup } from 'solid-js';
import { createMediaQuery } from './media-query.ts';

export type ThemePreference = 'light' | 'dark' | 'system';

const STORAGE_KEY = 'rapport.theme';
const BROWSER_FRAME = { light: '#f4f2f0', dark: '#100f0d' };
const DARK_QUERY = '(prefers-color-scheme: dark)';

/** What is stored; "system" when there is nothing, nonsense, or no storage at all. */
function storedTheme(): ThemePreference {
  try {
    const stored = localStorage.getItem(STORAGE_KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    // Storage can be forbidden by the browser; the device's own setting is then the best answer.
    return 'system';
  }
}

export interface Theme {
  readonly preference: Accessor<ThemePreference>;
  /** What is on screen now. */
  readonly resolved: Accessor<'light' | 'dark'>;
  readonly setPreference: (preference: ThemePreference) => void;
}

/** The theme of the page, following the device while the preference is "system". */
export function createTheme(): Theme {
  const [preference, setPreference] = createSignal(storedTheme());
  const deviceIsDark = createMediaQuery(DARK_QUERY);
  const resolved = createMemo(() => {
    const wanted = preference();
    return wanted === 'system' ? (deviceIsDark() ? 'dark' : 'light') : wanted;
  });

  const onOtherTab = (event: StorageEvent) => {
    if (event.key === STORAGE_KEY) setPreference(storedTheme());
  };
  addEventListener('storage', onOtherTab);
  onCleanup(() => removeEventListener('storage', onOtherTab));
  createEffect(() => {
    document.documentElement.dataset.theme = resolved();
    document.querySelector('meta[name="theme-color"]')?.setAttribute('content', BROWSER_FRAME[resolved()]);
  });

  return {
    preference,
    resolved,
    setPreference(next) {
      setPreference(next);
      try {
        if (next === 'system') localStorage.removeItem(STORAGE_KEY);
        else localStorage.setItem(STORAGE_KEY, next);
      } catch {
        // Without storage the choice holds until the page is closed.
      }
    },
  };
}
