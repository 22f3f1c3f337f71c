/** Where others are writing: a coloured bar with their first name, and what they have selected. */
import { Extension } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { TextAwareness } from '../../data/texts.ts';
import type { EditorSources } from './editor-sources.ts';

interface CaretUser {
  readonly memberId?: unknown;
  readonly name?: unknown;
}

/** The name shows for a moment after each movement, then only the bar (design guide, 5.5). */
const NAME_MS = 2_500;

export function carets(awareness: TextAwareness, sources: EditorSources): Extension {
  /** Client → when its caret was last drawn at a new place. */
  const moved = new Map<number, { readonly at: number; readonly where: string }>();
  const colour = ({ memberId }: CaretUser) => sources.colourOf(typeof memberId === 'string' ? memberId : '');
  const nameOf = ({ name }: CaretUser) => (typeof name === 'string' ? (name.split(' ')[0] ?? name) : '');

  function caret(user: CaretUser, client: number): HTMLElement {
    const where = JSON.stringify(awareness.getStates().get(client)?.cursor ?? null);
    const before = moved.get(client);
    const at = before?.where === where ? before.at : Date.now();
    moved.set(client, { at, where });
    const element = document.createElement('span');
    element.className = `caret rich__caret ${colour(user)}`;
    const flag = document.createElement('span');
    flag.className = 'caret__flag';
    flag.textContent = nameOf(user);
    flag.setAttribute('aria-hidden', 'true');
    const left = at + NAME_MS - Date.now();
    if (left > 0) {
      element.append(flag);
      setTimeout(() => flag.remove(), left);
    }
    return element;
  }

  return Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      yCursorPlugin(awareness, {
        awarenessStateFilter: (_own: number, client: number) => client !== awareness.clientID,
        cursorBuilder: caret,
        selectionBuilder: (user: CaretUser) => ({ class: `sel ${colour(user)}` }),
      }),
    ],
  });
}
