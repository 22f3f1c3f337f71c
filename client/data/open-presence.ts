/** Presence as a browser tab has it: told when the person uses the tab, and silent while the tab is hidden. */
import { createPresence, type Presence, type PresenceOptions } from './presence.ts';

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

export interface OpenPresenceOptions extends Omit<PresenceOptions, 'shelf'> {
  readonly shelf: Pick<Storage, 'getItem' | 'setItem'>;
  /** Where the device remembers that this person works unseen. */
  readonly shelfKey: string;
}

export function openPresence({ shelf, shelfKey, ...options }: OpenPresenceOptions): Presence {
  const presence = createPresence({
    ...options,
    shelf: {
      read: () => shelf.getItem(shelfKey) === 'yes',
      write: (isUnseen) => shelf.setItem(shelfKey, isUnseen ? 'yes' : 'no'),
    },
  });
  if (typeof window === 'undefined') return presence;
  const looked = () => presence.setHidden(document.hidden);
  const used = () => presence.touched();
  looked();
  document.addEventListener('visibilitychange', looked);
  for (const input of INPUTS) window.addEventListener(input, used, { passive: true, capture: true });
  return {
    ...presence,
    dispose() {
      document.removeEventListener('visibilitychange', looked);
      for (const input of INPUTS) window.removeEventListener(input, used, { capture: true });
      presence.dispose();
    },
  };
}
