/** How long a closing menu may take before it has given the focus back. */
const MENU_MS = 1_000;

/** Between the menu's leaving the page and its giving back the focus. */
const MENU_SETTLES_MS = 50;

/** Focuses something that a change has just made, once the menu the change came from has closed and let go. */
export function focusMade(selector: string): void {
  const began = performance.now();
  const tryNow = () => {
    const isMenuOpen = document.querySelector('[role="menu"]') !== null;
    if (isMenuOpen && performance.now() - began < MENU_MS) requestAnimationFrame(tryNow);
    else setTimeout(() => document.querySelector<HTMLElement>(selector)?.focus(), MENU_SETTLES_MS);
  };
  requestAnimationFrame(tryNow);
}
