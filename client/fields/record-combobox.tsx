/** A labelled form control that chooses a record, or the name of a company to be made. */
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down';
import { createSignal, type JSX, Show } from 'solid-js';
import { useWorkspace } from '../data/workspace.ts';
import { Popover } from '../ui/popover.tsx';
import { isNewRecord, type NewRecord } from './record-edit.ts';
import { RecordPicker, RecordSign } from './record-picker.tsx';
import { followReference } from './reference.ts';

export function RecordCombobox(props: {
  readonly label: string;
  readonly target: 'company' | 'contact' | 'member';
  readonly value: string | NewRecord | null;
  readonly emptyLabel: string;
  readonly onChange: (value: string | NewRecord | null) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [open, setOpen] = createSignal(false);
  const id = () => (typeof props.value === 'string' ? props.value : null);
  const text = () => {
    if (isNewRecord(props.value)) return `${props.value.newName} (new)`;
    return props.value === null ? '' : followReference(workspace, props.value).title;
  };
  function choose(value: string | NewRecord | null): void {
    props.onChange(value);
    setOpen(false);
  }
  return (
    <div class="field">
      <span class="field__label" aria-hidden="true">
        {props.label}
      </span>
      <Popover
        label={props.label}
        open={open()}
        onOpenChange={setOpen}
        class="popover--picker"
        trigger={(trigger) => (
          <button
            type="button"
            {...trigger}
            class="selectbtn"
            aria-label={`${props.label}, ${text() || 'nothing chosen'}`}
          >
            <span class="selectbtn__value">
              <Show when={text()} fallback={<span class="fg-3">{props.emptyLabel}</span>}>
                <Show when={id()}>{(known) => <RecordSign id={known()} target={props.target} />}</Show>
                <span class="truncate">{text()}</span>
              </Show>
            </span>
            <ChevronsUpDown />
          </button>
        )}
      >
        <RecordPicker
          label={props.label}
          target={props.target}
          value={id()}
          onPick={choose}
          onCreate={props.target === 'company' ? (newName) => choose({ newName }) : undefined}
          clearLabel={props.value === null ? undefined : `No ${props.label.toLowerCase()}`}
        />
      </Popover>
    </div>
  );
}
