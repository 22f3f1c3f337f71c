/**
 * The editor of notes and briefs. Loaded when it is first needed (`rich-text.tsx`): it brings ProseMirror along. Either
 * bound to a shared text, or with a text of its own for the composer.
 */
import './rich-text.css';
import { Editor } from '@tiptap/core';
import { Collaboration } from '@tiptap/extension-collaboration';
import type { Slice } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { createSignal, type JSX, onCleanup, onMount, untrack } from 'solid-js';
import { memberOf } from '../../../shared/model/rich-parts.ts';
import type { RichDoc } from '../../../shared/model/rich-text.ts';
import type { OpenText } from '../../data/texts.ts';
import { matchesMedia, SMALL } from '../../ui/media-query.ts';
import { carets } from './carets.ts';
import { editorExtensions, insertMarkdown, KNOWN_NODES } from './editor-extensions.ts';
import type { EditorSources } from './editor-sources.ts';
import { RichToolbar } from './rich-toolbar.tsx';
import { steadyCaret } from './steady-caret.ts';

export interface RichEditorProps {
  /** Names the text for assistive technology. */
  readonly label: string;
  readonly placeholder: string;
  readonly sources: EditorSources;
  /** The shared text to write in; without it the editor has a text of its own. */
  readonly shared?: OpenText;
  readonly initial?: RichDoc;
  /** The caret goes to the end; a number counts characters of a plain text, line breaks included. */
  readonly autofocus?: boolean | number;
  /** After a change made here; not for what others write. */
  readonly onChange?: () => void;
  /** Teammates whom this person has just named here; not by undoing, and not those whom others name. */
  readonly onNamed?: (memberIds: readonly string[]) => void;
  /** Mod+Enter. */
  readonly onSave: () => void;
  readonly onEscape?: () => void;
  /** The text got something from a newer version that this editor would throw away: it stopped before that. */
  readonly onUnknown?: () => void;
  readonly onReady?: (handle: EditorHandle) => void;
  /** Stands at the right end of the toolbar. */
  readonly children?: JSX.Element;
}

/** What the place around the editor does with it. */
export interface EditorHandle {
  readonly doc: () => RichDoc;
  readonly isEmpty: () => boolean;
  readonly setDoc: (doc: RichDoc) => void;
  readonly insertMarkdown: (markdown: string) => void;
  readonly focus: () => void;
  /** From now on it gives what the text was at last. */
  readonly close: () => void;
}

export function RichEditor(props: RichEditorProps): JSX.Element {
  let place!: HTMLDivElement;
  const [editor, setEditor] = createSignal<Editor>();

  onMount(() => {
    // An editor is bound to one text for its life: what it is made with is read once.
    const { shared, sources } = untrack(() => ({ shared: props.shared, sources: props.sources }));
    // Told before the editor is: what it does not know it would delete for everybody.
    const stopWatching = shared?.onChange(stopAtUnknown);
    function stopAtUnknown(): void {
      if (shared?.knowsAll(KNOWN_NODES) !== false) return;
      made.destroy();
      props.onUnknown?.();
    }
    const made = new Editor({
      element: place,
      injectCSS: false,
      extensions: [
        ...editorExtensions({
          sources,
          placeholder: props.placeholder,
          isShared: shared !== undefined,
          onSave: () => props.onSave(),
          onEscape: () => {
            props.onEscape?.();
            return props.onEscape !== undefined;
          },
        }),
        ...(shared ? [Collaboration.configure({ fragment: shared.fragment }), steadyCaret(shared)] : []),
        ...(shared?.awareness ? [carets(shared.awareness, sources)] : []),
      ],
      ...(shared || !props.initial || props.initial.content.length === 0 ? {} : { content: props.initial as never }),
      editorProps: {
        ...(matchesMedia(SMALL) ? { scrollMargin: ABOVE_DOCK, scrollThreshold: ABOVE_DOCK } : {}),
        attributes: {
          class: 'doc rich rich--edit',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': props.label,
        },
      },
      onUpdate: ({ transaction }) => {
        if (transaction.getMeta('y-sync$')) return;
        props.onChange?.();
        const named = props.onNamed ? namedBy(transaction) : [];
        if (named.length > 0) props.onNamed?.(named);
      },
    });
    setEditor(made);
    const focused = untrack(() => props.autofocus);
    if (focused !== undefined && focused !== false) {
      focusNow(made, focused === true ? null : focused);
      keepFocus(made);
    }
    const handle = handleOf(made);
    props.onReady?.(handle);
    onCleanup(() => {
      stopWatching?.();
      handle.close();
      made.destroy();
    });
  });

  return (
    <>
      <div class="rich__place" ref={place} />
      <div class="composer__foot">
        <RichToolbar editor={editor()} />
        {props.children}
      </div>
    </>
  );
}

/** On phones the foot of the page, where a note is begun, lies over what is written; in px. */
const ABOVE_DOCK = { top: 5, right: 5, bottom: 80, left: 5 };

/** Teammates in what a change puts into the text. */
function namedBy(transaction: Transaction): readonly string[] {
  const named: string[] = [];
  for (const step of transaction.steps) {
    (step as { readonly slice?: Slice }).slice?.content.descendants((node) => {
      const memberId = memberOf({ type: node.type.name, attrs: node.attrs });
      if (memberId !== '') named.push(memberId);
    });
  }
  return named;
}

/**
 * In this very moment, and not with the next frame as the editor's own command: whoever presses N and writes on may have
 * typed a letter by then, which nothing would have taken. The caret goes to the end unless its place is said.
 */
function focusNow(editor: Editor, caret: number | null = null): void {
  editor.commands.setTextSelection(placeOf(editor, caret));
  editor.view.focus();
  editor.commands.scrollIntoView();
}

/** The editor's place of a character of a plain text: each line is a paragraph, with a sign before and after it. */
function placeOf({ state }: Editor, caret: number | null): number {
  if (caret === null) return state.doc.content.size;
  let left = caret;
  let place = state.doc.content.size;
  state.doc.forEach((line, offset) => {
    if (left >= 0 && left <= line.content.size) place = offset + 1 + left;
    left -= line.content.size + 1;
  });
  return place;
}

const FOCUS_CHECKS_MS = [0, 60, 150, 300];

/** The menu that an editor is opened from gives the focus back to its button a moment later. */
function keepFocus(editor: Editor): void {
  for (const delay of FOCUS_CHECKS_MS) {
    setTimeout(() => {
      if (editor.isDestroyed) return;
      const active = document.activeElement;
      const isTaken = active === null || active === document.body || active.hasAttribute('aria-haspopup');
      if (isTaken) focusNow(editor);
    }, delay);
  }
}

function handleOf(editor: Editor): EditorHandle {
  let last: { readonly doc: RichDoc; readonly isEmpty: boolean } | null = null;
  const now = () => last ?? { doc: editor.getJSON() as unknown as RichDoc, isEmpty: editor.isEmpty };
  return {
    doc: () => now().doc,
    isEmpty: () => now().isEmpty,
    setDoc: (doc) => last ?? editor.commands.setContent(doc as never, { emitUpdate: false }),
    insertMarkdown: (markdown) => last ?? insertMarkdown(editor, markdown),
    focus: () => last ?? focusNow(editor),
    close() {
      last = now();
    },
  };
}
