import CircleAlert from 'lucide-solid/icons/circle-alert';
import Pencil from 'lucide-solid/icons/pencil';
import { type Accessor, createSignal, createUniqueId, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js';
import { Kbd } from './kbd.tsx';

/** What the editor inside an inline field works with. */
export interface InlineEdit<T> {
  readonly draft: Accessor<T>;
  readonly setDraft: (value: T) => void;
  /** Commits the draft, or the value given with it; false when it was refused and editing goes on. */
  readonly commit: (value?: T) => boolean;
  readonly cancel: () => void;
  /** Why the last commit was refused. */
  readonly error: Accessor<string | undefined>;
  /** The character that started editing, when typing did. */
  readonly typed: string | undefined;
  readonly label: string;
  readonly errorId: string;
}

export interface InlineFieldProps<T> {
  /** Names the button together with `text`: "Job title, Head of Fleet". */
  readonly label: string;
  readonly value: T;
  /** The value in words. Empty shows the placeholder. */
  readonly text: string;
  /** "Add a title". */
  readonly placeholder?: string;
  /** What is shown instead of the plain text: tags, an avatar with a name. */
  readonly view?: JSX.Element;
  /** Quiet things at the right edge: the cloud mark, "2 kept". */
  readonly aside?: JSX.Element;
  /** Writes the value. Returns a sentence when it cannot be used; the field then stays open with it. */
  readonly onCommit: (value: T) => string | undefined;
  /** Enter makes a new line and Mod+Enter commits. */
  readonly multiline?: boolean;
  /** The editor is a list that opens over the page: leaving it is up to the editor (`cancel` on close). */
  readonly popup?: boolean;
  readonly readOnly?: boolean;
  /** Hides the "Save, Cancel" key hints under the field. */
  readonly hideHints?: boolean;
  readonly class?: string;
  /** The editor. Without it: a text input, for `T` = string. */
  readonly children?: (edit: InlineEdit<T>) => JSX.Element;
}

/**
 * A value that is edited where it stands.
 *
 * - A click, Enter, F2 or simply typing starts; Enter and Tab commit; Esc restores.
 * - Clicking away commits too, and so does leaving the page: nothing typed is thrown away.
 * - A refused value stays in the field with the reason.
 */
export function InlineField<T>(props: InlineFieldProps<T>): JSX.Element {
  const id = createUniqueId();
  const [editing, setEditing] = createSignal<{ typed: string | undefined }>();
  let button: HTMLButtonElement | undefined;

  function start(typed?: string): void {
    if (!props.readOnly && editing() === undefined) setEditing({ typed });
  }
  function stop(refocus: boolean): void {
    setEditing(undefined);
    if (refocus) button?.focus();
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'F2') {
      event.preventDefault();
      start();
    } else if (isPrintable(event)) {
      event.preventDefault();
      event.stopPropagation();
      start(event.key);
    }
  }

  return (
    <Show
      when={editing()}
      keyed
      fallback={
        <button
          ref={(element) => {
            button = element;
          }}
          type="button"
          class={['inline', props.class].filter(Boolean).join(' ')}
          classList={{ 'is-empty': props.text === '' }}
          aria-label={`${props.label}, ${props.text || 'empty'}`}
          disabled={props.readOnly}
          onClick={() => start()}
          onKeyDown={onKeyDown}
        >
          <Show
            when={props.view}
            fallback={<span class="inline__text">{props.text || (props.placeholder ?? '–')}</span>}
          >
            {props.view}
          </Show>
          <Show when={props.aside}>
            <span class="push row row--4">{props.aside}</span>
          </Show>
          <Show when={!props.readOnly}>
            <Pencil class="inline__pencil" />
          </Show>
        </button>
      }
    >
      {(session) => <InlineEditor field={props} id={id} typed={session.typed} onStop={stop} />}
    </Show>
  );
}

function InlineEditor<T>(props: {
  readonly field: InlineFieldProps<T>;
  readonly id: string;
  readonly typed: string | undefined;
  readonly onStop: (refocus: boolean) => void;
}): JSX.Element {
  // Taken once: the draft is what the person works on, whatever arrives for the record meanwhile.
  const original = untrack(() => props.field.value);
  const onCommit = untrack(() => props.field.onCommit);
  const [draft, setDraft] = createSignal<T>(original);
  const [error, setError] = createSignal<string>();
  let open = true;
  let box!: HTMLDivElement;

  function finish(refocus: boolean): void {
    open = false;
    props.onStop(refocus);
  }
  function commit(value: T, refocus: boolean): boolean {
    if (!open) return true;
    const refused = value === original ? undefined : onCommit(value);
    if (refused !== undefined) {
      setDraft(() => value);
      setError(refused);
      return false;
    }
    finish(refocus);
    return true;
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (!box.contains(event.target as Node)) return;
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      finish(true);
    } else if (event.key === 'Enter' && (!props.field.multiline || event.metaKey || event.ctrlKey)) {
      event.preventDefault();
      commit(draft(), true);
    } else if (event.key === 'Tab') {
      // The button is back and focused before the browser moves on, so Tab continues from this field.
      if (!commit(draft(), true)) event.preventDefault();
    }
  }
  function onFocusOut(event: FocusEvent): void {
    if (props.field.popup || !open || box.contains(event.relatedTarget as Node | null)) return;
    // Another window got the focus: the person comes back to where they were.
    if (event.relatedTarget === null && !document.hasFocus()) return;
    commit(draft(), false);
  }
  onMount(() => box.querySelector<HTMLElement>('input, textarea, select, button')?.focus());
  onCleanup(() => {
    if (open && !props.field.popup && draft() !== original) onCommit(draft());
  });

  const edit: InlineEdit<T> = {
    draft,
    setDraft: (value) => {
      setDraft(() => value);
      setError(undefined);
    },
    commit: (value) => commit(value === undefined ? draft() : value, true),
    cancel: () => open && finish(true),
    error,
    typed: untrack(() => props.typed),
    get label() {
      return props.field.label;
    },
    errorId: untrack(() => `${props.id}-error`),
  };

  return (
    <div
      class="inline is-editing"
      classList={{ 'is-error': error() !== undefined, 'inline--popup': props.field.popup }}
      ref={box}
      onKeyDown={onKeyDown}
      onFocusOut={onFocusOut}
    >
      {props.field.children?.(edit) ?? (
        <InlineText edit={edit as unknown as InlineEdit<string>} multiline={props.field.multiline} />
      )}
      <Show when={error()}>
        <p class="inline__error" id={edit.errorId} role="alert">
          <CircleAlert class="lucide--sm" />
          {error()}
        </p>
      </Show>
      <Show when={!props.field.hideHints && !props.field.popup && !error()}>
        <p class="inline__hints" aria-hidden="true">
          <span>
            <Kbd keys={props.field.multiline ? 'Mod+Enter' : 'Enter'} />
            Save
          </span>
          <span>
            <Kbd keys="Escape" />
            Cancel
          </span>
        </p>
      </Show>
    </div>
  );
}

/** The plain text editor of an inline field; typing that started it replaces the text, a click keeps it selected. */
export function InlineText(props: {
  readonly edit: InlineEdit<string>;
  readonly multiline?: boolean;
  readonly type?: 'text' | 'tel' | 'url' | 'date';
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'tel' | 'url';
}): JSX.Element {
  // A date field takes whole dates only: the first digit would leave it empty.
  const typed = untrack(() => (props.type === 'date' ? undefined : props.edit.typed));
  if (typed !== undefined) untrack(() => props.edit.setDraft(typed));
  const ready = (element: HTMLInputElement | HTMLTextAreaElement) =>
    queueMicrotask(() => {
      if (typed === undefined) element.select();
      else element.setSelectionRange(typed.length, typed.length);
    });
  return (
    <Show
      when={props.multiline}
      fallback={
        <input
          ref={ready}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          autocomplete="off"
          value={props.edit.draft()}
          aria-label={props.edit.label}
          aria-invalid={props.edit.error() !== undefined}
          aria-describedby={props.edit.error() === undefined ? undefined : props.edit.errorId}
          onInput={(event) => props.edit.setDraft(event.currentTarget.value)}
        />
      }
    >
      <textarea
        ref={ready}
        rows={3}
        value={props.edit.draft()}
        aria-label={props.edit.label}
        aria-invalid={props.edit.error() !== undefined}
        aria-describedby={props.edit.error() === undefined ? undefined : props.edit.errorId}
        onInput={(event) => props.edit.setDraft(event.currentTarget.value)}
      />
    </Show>
  );
}

/** A key that writes a character, pressed without a command modifier. Space is left to buttons. */
function isPrintable(event: KeyboardEvent): boolean {
  return event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey;
}
