/** What the window tells a program that keeps data: the page is about to go, the network went or came. */

/** Asks before the page goes while something is not stored here: normally a few milliseconds after a change. Returns how to stop. */
export function guardUnload(isStored: () => boolean): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const leaving = (event: BeforeUnloadEvent) => {
    if (!isStored()) event.preventDefault();
  };
  window.addEventListener('beforeunload', leaving);
  return () => window.removeEventListener('beforeunload', leaving);
}

/**
 * Whether there may be a network: the browser says so, or the page is looked at again. Without a window never.
 * Chromium freezes an open socket for up to 32 s when the network goes, without closing it.
 */
export function listenToNetwork({ lost, back }: { lost: () => void; back: () => void }): () => void {
  if (typeof window === 'undefined') return () => undefined;
  const looked = () => {
    if (!document.hidden) back();
  };
  window.addEventListener('offline', lost);
  window.addEventListener('online', back);
  document.addEventListener('visibilitychange', looked);
  return () => {
    window.removeEventListener('offline', lost);
    window.removeEventListener('online', back);
    document.removeEventListener('visibilitychange', looked);
  };
}
