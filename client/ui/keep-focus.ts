/**
 * A button may go with what it did: the row that was removed, the note that was put away. Browsers then give all keys to
 * the document as a whole; here they go on from the heading of the part the button was in, else from that of the page.
 */
import { onCleanup } from 'solid-js';

/** A `ref` for what holds such buttons. Parts are `section`s with a heading. Dialogs may take the button away too. */
export function keepFocus(root: HTMLElement): void {
  let last: { readonly element: Element; readonly part: Element | null } | undefined;
  const note = ({ target }: FocusEvent) => {
    const element = target as Element;
    last = { element, part: element.closest('section') };
  };
  function goOn(): void {
    if (!last || last.element.isConnected || document.activeElement?.closest('[role="dialog"]')) return;
    const { part } = last;
    last = undefined;
    if (document.activeElement !== document.body) return;
    const heading = (part?.isConnected ? part : root.closest('main'))?.querySelector<HTMLElement>('h1, h2');
    if (heading && !heading.hasAttribute('tabindex')) heading.tabIndex = -1;
    heading?.focus({ preventScroll: true });
  }
  root.addEventListener('focusin', note);
  // It is told after the element has gone: before, Chromium would send the keys to what is no longer there.
  const observer = new MutationObserver(goOn);
  observer.observe(root, { childList: true, subtree: true });
  // A dialog has the focus while it is open, and gives it back to what may be gone by then.
  observer.observe(document.body, { childList: true });
  onCleanup(() => observer.disconnect());
}
