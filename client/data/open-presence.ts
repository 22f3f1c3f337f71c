/** Presence as a browser tab has it: told when the person uses the tab, and silent while the tab is hidden. */
import { createJustChanged, type JustChangedOptions } from './just-changed.ts';
import { createPresence, type Presence, type PresenceOptions } from './presence.ts';

const INPUTS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** How long "just changed" is seen: fading, or as it is where motion is not welcome. */
const FADES_MS = 2_400;
const STAYS_MS = 4_000;

export interface OpenPresenceOptions extends Omit<PresenceOptions, 'shelf' | 'changes' | 'now'> {
  readonly shelf: Pick<Storage, 'getItem' | 'setItem'>;
  /** Where the device remembers that this person works unseen. */
  readonly shelfKey: string;
  /** Where teammates' changes come in, and what is needed to read them. */
  readonly changesOf: Pick<JustChangedOptions, 'rooms' | 'members' | 'now'>;
}

export function openPresence({ shelf, shelfKey, changesOf, ...options }: OpenPresenceOptions): Presence {
  const isStill = globalThis.matchMedia?.('(prefers-reduced-motion: reduce)');
  const presence = createPresence({
    ...options,
    changes: createJustChanged({
      ...changesOf,
      me: options.memberId,
      holdMs: () => (isStill?.matches ? STAYS_MS : FADES_MS),
    }),
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
