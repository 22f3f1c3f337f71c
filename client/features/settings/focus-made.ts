/** How long what the change came from may stay open: a closing menu, a dialog that waits for the server. */
const CLOSES_WITHIN_MS = 5_000;

/** Between its leaving the page and its giving back the focus. */
const SETTLES_MS = 50;

/** Focuses something that a change has just made, once the menu or dialog the change came from has closed and let go. */
export function focusMade(selector: string): void {
  const began = performance.now();
  const tryNow = () => {
    const isOpen = document.querySelector('[role="menu"], [role="dialog"]') !== null;
    if (isOpen && performance.now() - began < CLOSES_WITHIN_MS) requestAnimationFrame(tryNow);
    else setTimeout(() => document.querySelector<HTMLElement>(selector)?.focus(), SETTLES_MS);
  };
  requestAnimationFrame(tryNow);
}
