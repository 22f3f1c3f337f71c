/**
 * Editing a value where it stands, for every kind of field. `FieldEditor` is an editor that is open already: the
 * table mounts it in a cell, a board could mount it on a card. For a record's page see `property-list.tsx`.
 */
import './fields.css';
import CircleAlert from 'lucide-solid/icons/circle-alert';
import { type Component, createSignal, createUniqueId, type JSX, onMount, Show, untrack } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import { useWorkspace } from '../data/workspace.ts';
import { CellTextEditor } from '../ui/data-grid/cell-text-editor.tsx';
import { DayInput } from './day-input.tsx';
import { lineText } from './line-text.ts';
import { parseHints } from './parse-hints.ts';
import { PopupEditor } from './popup-editor.tsx';

export interface FieldEditorProps {
  readonly field: AnyField;
  readonly value: unknown;
  /** The editor's name: "Job title of Ingrid Solberg". */
  readonly label: string;
  /** The character that started editing, when typing did. */
  readonly typed?: string;
  /** Writes the value. Returns a sentence when it cannot be written; the editor then stays, with the sentence. */
  readonly onCommit: (value: unknown) => string | undefined;
  /** The editor is done. `next` says where the person goes from here. */
  readonly onLeave: (next: 'stay' | 'down' | 'right' | 'left' | 'leave') => void;
}

/** The open editor of a field. Fills the nearest positioned box (a table cell, a card's line). */
export function FieldEditor(props: FieldEditorProps): JSX.Element {
  return <Show when={EDITORS[props.field.kind]}>{(editor) => <Dynamic component={editor()} {...props} />}</Show>;
}

/** Whether people can edit this field directly; the stage history is written by moves only. */
export function isEditable(field: AnyField): boolean {
  return EDITORS[field.kind] !== null;
}

function LineEditor(props: FieldEditorProps): JSX.Element {
  const workspace = useWorkspace();
  const line = () => lineText(props.field);
  return (
    <CellTextEditor
      edit={{
        typed: props.typed,
        label: props.label,
        done: (next = 'stay') => props.onLeave(next),
        cancel: () => props.onLeave('stay'),
      }}
      value={line()?.toLine(props.value, props.field, parseHints(workspace)) ?? ''}
      inputMode={line()?.inputMode}
      align={props.field.kind === 'number' || props.field.kind === 'money' ? 'end' : 'start'}
      onCommit={(text) => {
        const result = line()?.fromLine(text, props.field, parseHints(workspace), props.value);
        if (!result) return undefined;
        return result.ok ? props.onCommit(result.value) : result.issue.message;
      }}
    />
  );
}

function DayEditor(props: FieldEditorProps): JSX.Element {
  const workspace = useWorkspace();
  const errorId = createUniqueId();
  const original = untrack(() => lineText(props.field)?.toLine(props.value, props.field, {}) ?? '');
  const [text, setText] = createSignal(untrack(() => props.typed) ?? original);
  const [error, setError] = createSignal<string>();
  let box!: HTMLDivElement;
  let input!: HTMLInputElement;
  let open = true;

  function leave(next: 'stay' | 'down' | 'right' | 'left' | 'leave'): void {
    if (!open) return;
    open = false;
    props.onLeave(next);
  }
  function commit(value: string, next: 'stay' | 'down' | 'right' | 'left' | 'leave'): void {
    if (!open) return;
    if (value === original) {
      leave(next);
      return;
    }
    const result = props.field.parse(value, parseHints(workspace));
    const refused = result.ok ? props.onCommit(result.value) : result.issue.message;
    setError(refused);
    if (refused === undefined) leave(next);
  }
  onMount(() => {
    input.focus();
    if (untrack(() => props.typed) === undefined) input.select();
  });
  return (
    <div
      class="celledit"
      classList={{ 'is-error': error() !== undefined }}
      ref={box}
      on:keydown={(event) => {
        event.stopPropagation();
        if (event.isComposing || event.defaultPrevented) return;
        if (event.key === 'Escape') leave('stay');
        else if (event.key === 'Enter') commit(text(), 'down');
        else if (event.key === 'Tab') commit(text(), event.shiftKey ? 'left' : 'right');
        else return;
        event.preventDefault();
      }}
      onFocusOut={(event) => {
        const outside = !box.contains(event.relatedTarget as Node | null);
        if (outside && document.hasFocus()) commit(text(), 'leave');
      }}
    >
      <DayInput
        ref={(element) => {
          input = element;
        }}
        label={props.label}
        text={text()}
        error={error()}
        errorId={errorId}
        onInput={(value) => {
          setText(value);
          setError(undefined);
        }}
        onPick={(day) => commit(day, 'stay')}
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

function SurfaceEditor(props: FieldEditorProps): JSX.Element {
  return (
    <PopupEditor
      field={props.field}
      value={props.value}
      label={props.label}
      typed={props.typed}
      place="cell"
      onCommit={(value) => props.onCommit(value)}
      onLeave={() => props.onLeave('stay')}
    />
  );
}

/** Yes and no need no editor: starting to edit turns it over. */
function ToggleEditor(props: FieldEditorProps): JSX.Element {
  onMount(() => {
    props.onCommit(props.value !== true);
    props.onLeave('stay');
  });
  return null;
}

const EDITORS = {
  text: LineEditor,
  longText: SurfaceEditor,
  email: LineEditor,
  phone: LineEditor,
  url: LineEditor,
  number: LineEditor,
  money: LineEditor,
  day: DayEditor,
  instant: LineEditor,
  when: LineEditor,
  links: SurfaceEditor,
  choice: SurfaceEditor,
  multiChoice: SurfaceEditor,
  tags: SurfaceEditor,
  person: SurfaceEditor,
  ref: SurfaceEditor,
  address: SurfaceEditor,
  checkbox: ToggleEditor,
  emails: LineEditor,
  phones: LineEditor,
  addresses: SurfaceEditor,
  people: SurfaceEditor,
  positions: SurfaceEditor,
  yearlyDates: SurfaceEditor,
  place: SurfaceEditor,
  stageHistory: null,
} satisfies Record<FieldKind, Component<FieldEditorProps> | null>;
