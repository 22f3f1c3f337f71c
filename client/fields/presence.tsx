/** Teammates who are here now, wherever they are shown. The parts themselves are loaded after the first paint. */
import { createMemo } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { backgroundComponent } from '../ui/late.tsx';
import { memberColourClass } from './peer-words.ts';

/** Who is in this view: at the right end of every topbar. */
export const PresenceStack = backgroundComponent(() =>
  import('./presence-parts.tsx').then((module) => module.PresenceStack),
);
/** Who is in an area of the app, behind its name in the sidebar. */
export const AreaPresence = backgroundComponent(() =>
  import('./presence-parts.tsx').then((module) => module.AreaPresence),
);
/** What a teammate is typing into a field, with their name; inside what has `createFieldPresence`'s class. */
export const FieldPresence = backgroundComponent(() =>
  import('./presence-parts.tsx').then((module) => module.FieldPresence),
);
/** Who has a card in view or in hand. */
export const CardPresence = backgroundComponent(() =>
  import('./presence-parts.tsx').then((module) => module.CardPresence),
);
/** Who is working now, for a page's side. */
export const WorkingNow = backgroundComponent(() => import('./presence-parts.tsx').then((module) => module.WorkingNow));

/** Whoever else is in a field, and the class for the box around it: '' while nobody is. */
export function createFieldPresence(record: () => string, field: () => string) {
  const workspace = useWorkspace();
  const who = createMemo(() => workspace.presence()?.inField(record(), field()));
  const boxClass = () => {
    const found = who();
    return found ? `is-remote ${memberColourClass(workspace, found.peer.memberId)}` : '';
  };
  return { who, boxClass };
}
