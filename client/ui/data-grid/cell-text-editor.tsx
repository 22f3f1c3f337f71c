import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createSignal, createUniqueId, type JSX, onCleanup, onMount, Show, untrack } from 'solid-js';
import type { CellEdit } from './grid-column.ts';

export interface CellTextEditorProps {
  readonly edit: CellEdit;
  readonly value: string;
  readonly type?: 'text' | 'tel' | 'url' | 'date';
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'tel' | 'url';
  readonly align?: 'start' | 'end';
  /** Writes the text. Returns a sentence when it cannot be used; the editor then stays with it. */
  readonly onCommit: (text: string) => string | undefined;
}

/** A text input in a cell: Enter goes down, Tab goes on, Esc restores, clicking away commits. */
export function CellTextEditor(props: CellTextEditorProps): JSX.Element {
  const errorId = createUniqueId();
  const original = untrack(() => props.value);
  const onCommit = untrack(() => props.onCommit);
  // A date field takes whole dates only: the first digit would leave it empty.
  const typed = untrack(() => (props.type === 'date' ? undefined : props.edit.typed));
  const [text, setText] = createSignal(typed ?? original);
  const [error, setError] = createSignal<string>();
  let open = true;
  let input!: HTMLInputElement;

  function commit(next: 'stay' | 'down' | 'right' | 'left' | 'leave'): void {
    if (!open) return;
    const refused = text() === original ? undefined : onCommit(text());
    setError(refused);
    if (refused !== undefined) return;
    open = false;
    props.edit.done(next);
  }
  function onKeyDown(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      open = false;
      props.edit.cancel();
    } else if (event.key === 'Enter') {
      event.preventDefault();
      commit(event.metaKey || event.ctrlKey ? 'stay' : 'down');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      commit(event.shiftKey ? 'left' : 'right');
    }
  }
  onMount(() => {
    input.focus();
    if (typed === undefined) input.select();
    else input.setSelectionRange(typed.length, typed.length);
  });
  // The row left the list, or the page was left: what was typed is kept if it can be.
  onCleanup(() => {
    if (open && text() !== original) onCommit(text());
  });

  return (
    <div class="celledit" classList={{ 'is-error': error() !== undefined, 'celledit--end': props.align === 'end' }}>
      <input
        ref={input}
        type={props.type ?? 'text'}
        inputMode={props.inputMode}
        autocomplete="off"
        aria-label={props.edit.label}
        aria-invalid={error() !== undefined}
        aria-describedby={error() === undefined ? undefined : errorId}
        value={text()}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setError(undefined);
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (document.hasFocus()) commit('leave');
        }}
      />
      <Show when={error()}>
        <p class="celledit__error" id={errorId} role="alert">
          <CircleAlert class="lucide--sm" />
          {error()}
        </p>
      </Show>
    </div>
  );
}
