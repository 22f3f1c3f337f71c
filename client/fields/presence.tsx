/** Teammates who are here now, wherever they are shown. The parts themselves are loaded after the first paint. */
import { type Component, createComponent, type JSX, Show } from 'solid-js';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { lateComponent } from '../ui/late.tsx';
import { memberColourClass } from './peer-words.ts';

/** Presence is opened once the first page is shown: what stands on every page asks for its code then, and not before. */
function onceOpen<P extends object>(Part: Component<P>): Component<P> {
  return (props): JSX.Element => {
    const workspace = useWorkspace();
    return <Show when={workspace.presence()}>{createComponent(Part, props)}</Show>;
  };
}

/** Who is in this view: at the right end of every topbar. */
export const PresenceStack = onceOpen(
  lateComponent(() => import('./presence-parts.tsx').then((module) => module.PresenceStack)),
);
/** Who is in an area of the app, behind its name in the sidebar. */
export const AreaPresence = onceOpen(
  lateComponent(() => import('./presence-parts.tsx').then((module) => module.AreaPresence)),
);
/** What a teammate is typing into a field with their name, or who has just changed it; inside what has its `fieldMark`. */
export const FieldPresence = lateComponent(() => import('./presence-parts.tsx').then((module) => module.FieldPresence));
/** Who has a card in view or in hand. */
export const CardPresence = lateComponent(() => import('./presence-parts.tsx').then((module) => module.CardPresence));
/** What a teammate types into the value of a card. */
export const CardDraft = lateComponent(() => import('./presence-parts.tsx').then((module) => module.CardDraft));
/** "Jonas moved this", for as long as that is news. */
export const CardChange = lateComponent(() => import('./presence-parts.tsx').then((module) => module.CardChange));
/** Who is working now, for a page's side. */
export const WorkingNow = onceOpen(
  lateComponent(() => import('./presence-parts.tsx').then((module) => module.WorkingNow)),
);

/** The class for the box around a field that a teammate is in, or has just changed: '' for any other. Tracks this one field. */
export function fieldMark(workspace: Workspace, record: string, field: string): string {
  const presence = workspace.presence();
  const who = presence?.inField(record, field);
  if (who) return `is-remote ${memberColourClass(workspace, who.peer.memberId)}`;
  const memberId = presence?.changes.field(record, field);
  return memberId ? `just-changed ${memberColourClass(workspace, memberId)}` : '';
}
