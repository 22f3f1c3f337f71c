import type { JSX } from 'solid-js';
import { Refusal } from './refusal.tsx';

export interface DialogFormProps {
  readonly onSubmit: () => void;
  /** Why it was not taken, under the fields. */
  readonly refused?: string | undefined;
  readonly children: JSX.Element;
}

/** The fields of a dialog, whose buttons stand outside of them: submitted by Enter in a line, and by Mod+Enter anywhere. */
export function DialogForm(props: DialogFormProps): JSX.Element {
  function submit(event: Event): void {
    event.preventDefault();
    props.onSubmit();
  }
  return (
    <form
      class="dialogform"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) submit(event);
      }}
    >
      {props.children}
      <Refusal text={props.refused} />
      <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" />
    </form>
  );
}
