/**
 * After another page has come, the focus goes to its heading, so that people who use a keyboard or listen go on from
 * there. A page that puts the focus somewhere itself (a search field, the card one came from) is left alone.
 */
import { useLocation } from '@solidjs/router';
import { createEffect, on } from 'solid-js';

export function createPageFocus(main: () => HTMLElement): void {
  const location = useLocation();
  createEffect(
    on(
      () => location.pathname,
      () => requestAnimationFrame(() => focusHeading(main())),
      { defer: true },
    ),
  );
}

const PAGE_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 50;

/** The page is still on its way: its heading has the focus once it is here, unless somebody put it elsewhere meanwhile. */
export function focusHeadingSoon(): void {
  const began = performance.now();
  const tryNow = () => {
    if (document.activeElement !== document.body) return;
    const main = document.querySelector<HTMLElement>('main');
    if (main?.querySelector('h1')) focusHeading(main);
    else if (performance.now() - began < PAGE_WITHIN_MS) setTimeout(tryNow, LOOK_EVERY_MS);
  };
  setTimeout(tryNow, LOOK_EVERY_MS);
}

function focusHeading(main: HTMLElement): void {
  const { activeElement } = document;
  if (activeElement !== main && main.contains(activeElement)) return;
  if (activeElement?.closest('[role="dialog"]')) return;
  const heading = main.querySelector<HTMLElement>('h1');
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  (heading ?? main).focus({ preventScroll: true });
}
