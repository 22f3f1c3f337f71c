/** The quick form for a new record: Enter adds and stays open for the next one, Esc closes. */
import Plus from 'lucide-solid/icons/plus';
import { type Accessor, createSignal, createUniqueId, type JSX, Show, untrack } from 'solid-js';
import { Button } from '../ui/button.tsx';
import { Popover } from '../ui/popover.tsx';
import { TextField, type TextFieldProps } from '../ui/text-field.tsx';
import { RecordLink } from './person.tsx';

/** The button of a list's topbar that opens the form. */
export function QuickCreate(props: {
  /** What is made, in a sentence: "contact". */
  readonly noun: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <Popover
      label={`New ${props.noun}`}
      open={props.open}
      onOpenChange={(open) => props.onOpenChange(open)}
      placement="bottom-end"
      class="quickform"
      trigger={(trigger) => (
        <Button {...trigger} variant="primary" icon={Plus} keys="N" class="topbar__new">
          New<span class="topbar__what quickform__noun">{props.noun}</span>
        </Button>
      )}
    >
      {props.children}
    </Popover>
  );
}

/** One line of the form: what is typed and why it cannot be used. Typing takes the reason away. */
export interface QuickDraft {
  readonly id: string;
  readonly text: Accessor<string>;
  readonly type: (text: string) => void;
  readonly error: Accessor<string | undefined>;
  readonly refuse: (reason: string | undefined) => void;
}

export function createQuickDraft(): QuickDraft {
  const [text, setText] = createSignal('');
  const [error, setError] = createSignal<string>();
  return {
    id: createUniqueId(),
    text,
    type(next) {
      setText(next);
      setError(undefined);
    },
    error,
    refuse: setError,
  };
}

export function QuickLine(
  props: { readonly draft: QuickDraft } & Pick<TextFieldProps, 'label' | 'inputMode' | 'placeholder' | 'autofocus'>,
): JSX.Element {
  return (
    <TextField
      label={props.label}
      id={props.draft.id}
      inputMode={props.inputMode}
      placeholder={props.placeholder}
      value={props.draft.text()}
      onInput={(text) => props.draft.type(text)}
      error={props.draft.error()}
      autocomplete="off"
      autofocus={props.autofocus}
    />
  );
}

export function QuickForm(props: {
  /** The line that says what the record is called: where the next one begins, and where a refusal is shown. */
  readonly name: QuickDraft;
  /** Adds the record and gives its id; undefined when something typed cannot be used. */
  readonly onAdd: () => string | undefined;
  readonly onClose: () => void;
  /** A record of the name that is being typed: said, not forbidden. */
  readonly twin?: string;
  /** The lines, the name among them. */
  readonly children: JSX.Element;
}): JSX.Element {
  const [added, setAdded] = createSignal<string>();
  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const id = props.onAdd();
    if (id === undefined) return;
    setAdded(id);
    props.name.type('');
    document.getElementById(untrack(() => props.name.id))?.focus();
  }
  return (
    <form class="quickform__body" onSubmit={submit} noValidate>
      {props.children}
      <p class="quickform__note" role="status">
        <Show when={props.twin ?? added()} keyed>
          {(id) => (
            <>
              {id === props.twin ? 'There is one already: ' : 'Added '}
              <RecordLink id={id} class="link" />
            </>
          )}
        </Show>
      </p>
      <div class="quickform__foot">
        <Button variant="quiet" onClick={() => props.onClose()}>
          Close
        </Button>
        <Button variant="primary" type="submit" keys="Enter">
          Add
        </Button>
      </div>
    </form>
  );
}
