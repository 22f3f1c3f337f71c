import { type Accessor, createSignal, onCleanup } from 'solid-js';

/** Whether a media query holds now; false where there is no window to ask, as in jsdom. */
export function matchesMedia(query: string): boolean {
  return globalThis.matchMedia?.(query).matches ?? false;
}

/** The same, followed while its owner lives. */
export function createMediaQuery(query: string): Accessor<boolean> {
  const media = globalThis.matchMedia?.(query);
  const [matches, setMatches] = createSignal(media?.matches ?? false);
  const update = () => setMatches(media?.matches ?? false);
  media?.addEventListener('change', update);
  onCleanup(() => media?.removeEventListener('change', update));
  return matches;
}

/** Phones: one column, a tab bar, lists instead of tables. */
export const NARROW = '(max-width: 599.98px)';

/** Too small for a sidebar: a tab bar instead. */
export const SMALL = '(max-width: 899.98px)';
