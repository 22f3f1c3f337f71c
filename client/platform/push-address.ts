/** The address of this browser at its push service: who has it can be told things while Rapport is closed. */

/** Undefined where there is no service worker, and so nobody to tell. */
export async function pushManager(): Promise<PushManager | undefined> {
  if (!('serviceWorker' in navigator)) return undefined;
  const registration = await navigator.serviceWorker.getRegistration();
  return registration?.pushManager;
}

/**
 * Nobody is signed in here any more: what is told to somebody must not be shown to whoever sits here next. The server learns
 * it from the push service, which knows the address no longer.
 */
export async function dropPushAddress(): Promise<void> {
  try {
    const push = await pushManager();
    await (await push?.getSubscription())?.unsubscribe();
  } catch {
    // A browser that does not say what it has told nobody anything either.
  }
}
