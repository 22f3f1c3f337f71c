/**
 * The composer's text of a note: a plain box until the page is painted and the editor's code is there, then the editor with
 * what was typed in it. Making the editor takes as long as the rest of a page, and nobody types in the first frame.
 */
import { createEffect, createMemo, createSignal, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { markdownOf } from '../../../shared/model/rich-markdown.ts';
import { docOfText, plainTextOf } from '../../../shared/model/rich-text.ts';
import { createFirstFrame } from '../../fields/create-first-frame.ts';
import { createEditorSources } from '../../fields/rich-text/editor-sources.ts';
import type { EditorHandle } from '../../fields/rich-text/rich-editor.tsx';
import { richEditor } from '../../fields/rich-text/rich-text.tsx';
import type { ComposerState } from './composer-state.ts';

export interface NoteHandle {
  readonly focus: () => void;
  /** Puts what the editor holds into the draft. */
  readonly read: () => void;
  readonly insertMarkdown: (markdown: string) => void;
  readonly markdown: () => string;
}

const READ_AFTER_MS = 250;

export function NoteEditor(props: {
  readonly state: ComposerState;
  readonly placeholder: string;
  readonly onSave: () => void;
  readonly ref: (handle: NoteHandle | undefined) => void;
  /** The buttons at the end of the foot. */
  readonly children: JSX.Element;
}): JSX.Element {
  const first = createFirstFrame();
  const sources = createEditorSources();
  let box: HTMLTextAreaElement | undefined;
  let editor: EditorHandle | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  void richEditor.load();

  /** A long text is not read at every letter. */
  function readSoon(): void {
    timer ??= setTimeout(read, READ_AFTER_MS);
  }
  function read(): void {
    clearTimeout(timer);
    timer = undefined;
    if (editor) props.state.patch({ note: editor.isEmpty() ? null : editor.doc() });
  }
  function readNow(): void {
    if (timer !== undefined) read();
  }
  /** The page goes, or is left: a phone may never come back to it. */
  function keepNow(): void {
    readNow();
    props.state.keepNow();
  }
  onMount(() => {
    addEventListener('pagehide', keepNow);
    document.addEventListener('visibilitychange', keepNow);
  });
  onCleanup(() => {
    removeEventListener('pagehide', keepNow);
    document.removeEventListener('visibilitychange', keepNow);
    readNow();
    props.ref(undefined);
  });
  createEffect(() =>
    props.ref({
      focus: () => (editor ? editor.focus() : box?.focus()),
      read: readNow,
      insertMarkdown(markdown) {
        if (editor) editor.insertMarkdown(markdown);
        // The box takes it as words: nobody waits for the editor's code to get a template.
        else props.state.patch({ note: docOfText([box?.value ?? '', markdown].filter(Boolean).join('\n')) });
      },
      markdown: () => (editor ? markdownOf(editor.doc()) : (box?.value ?? '')),
    }),
  );
  createEffect(
    on(
      () => props.state.version(),
      () => editor?.setDoc(props.state.draft().note ?? docOfText('')),
      { defer: true },
    ),
  );
  /** A letter is being put together from several keys (Japanese, accents): its box must not go away meanwhile. */
  const [isComposing, setComposing] = createSignal(false);
  let caret: number | false = false;
  /** Somebody who writes in the box goes on writing in the editor, at the same place: looked at while the box is still there. */
  const code = createMemo((before: ReturnType<typeof richEditor.code>) => {
    if (before !== undefined || isComposing() || !first.isPainted()) return before;
    caret = box !== undefined && box === document.activeElement ? box.selectionEnd : false;
    return richEditor.code();
  });

  return (
    <Show
      when={code()}
      fallback={
        <>
          <textarea
            ref={(element) => {
              box = element;
            }}
            class="composer__body composer__box"
            aria-label="Note"
            placeholder={props.placeholder}
            rows={2}
            value={plainTextOf(props.state.draft().note ?? docOfText(''))}
            onCompositionStart={() => setComposing(true)}
            onCompositionEnd={(event) => {
              props.state.patch({ note: docOfText(event.currentTarget.value) });
              setComposing(false);
            }}
            onInput={(event) => props.state.patch({ note: docOfText(event.currentTarget.value) })}
          />
          <div class="composer__foot">{props.children}</div>
        </>
      }
    >
      {(loaded) => (
        <div class="composer__body composer__rich">
          <Dynamic
            component={loaded()}
            label="Note"
            placeholder={props.placeholder}
            sources={sources}
            initial={props.state.draft().note ?? undefined}
            autofocus={caret}
            onChange={readSoon}
            onSave={() => props.onSave()}
            onReady={(handle) => {
              editor = handle;
            }}
          >
            {props.children}
          </Dynamic>
        </div>
      )}
    </Show>
  );
}
