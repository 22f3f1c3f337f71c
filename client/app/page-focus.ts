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

function focusHeading(main: HTMLElement): void {
  const { activeElement } = document;
  if (activeElement !== main && main.contains(activeElement)) return;
  if (activeElement?.closest('[role="dialog"]')) return;
  const heading = main.querySelector<HTMLElement>('h1');
  if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
  (heading ?? main).focus({ preventScroll: true });
}
