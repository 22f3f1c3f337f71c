/** What the forms of tasks and appointments share: the records they are about, and when to be reminded. How often: repeat-choice.tsx. */
import Link from 'lucide-solid/icons/link';
import { createSignal, createUniqueId, For, type JSX } from 'solid-js';
import { SUBJECTS } from '../../../shared/entities/activity.ts';
import { REMINDERS } from '../../../shared/entities/task.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { askToNotify } from '../../platform/notifications.ts';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Tag } from '../../ui/tag.tsx';
import { RecordPicker } from '../record-picker.tsx';
import { followReference } from '../reference.ts';

const REMINDER_OPTIONS = Object.entries(REMINDERS).map(([value, label]) => ({ value, label }));

/** Several reminders. The first one somebody sets is when the browser is asked whether it may notify. */
export function ReminderChoice(props: {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** Why what is chosen will not come. */
  readonly hint?: string | undefined;
}): JSX.Element {
  function toggle(option: string, on: boolean): void {
    if (on) void askToNotify();
    props.onChange(on ? [...props.value, option] : props.value.filter((each) => each !== option));
  }
  return (
    <fieldset class="taskform__reminders">
      <legend class="field__label">Remind me</legend>
      <div>
        <For each={REMINDER_OPTIONS}>
          {(option) => (
            <Checkbox
              label={option.label}
              checked={props.value.includes(option.value)}
              onChange={(on) => toggle(option.value, on)}
            />
          )}
        </For>
      </div>
      <p class="meta" aria-live="polite">
        {props.hint}
      </p>
    </fieldset>
  );
}

/** Records by name, each with a cross, and a way to find one more. Subjects unless it says which. */
export function LinkedRecords(props: {
  readonly label: string;
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  /** Entity names with a comma between them. */
  readonly target?: string;
  readonly addLabel?: string;
  readonly pickerLabel?: string;
}): JSX.Element {
  const workspace = useWorkspace();
  const labelId = createUniqueId();
  const [open, setOpen] = createSignal(false);
  const pickerLabel = () => props.pickerLabel ?? 'People, companies and deals';
  const toggle = (id: string) =>
    props.onChange(props.value.includes(id) ? props.value.filter((each) => each !== id) : [...props.value, id]);
  return (
    <div class="field">
      <span class="field__label" id={labelId}>
        {props.label}
      </span>
      <div class="tags" role="group" aria-labelledby={labelId}>
        <For each={props.value}>
          {(id) => (
            <Tag onRemove={() => toggle(id)} removeLabel={`Remove ${followReference(workspace, id).title}`}>
              {followReference(workspace, id).title}
            </Tag>
          )}
        </For>
        <Popover
          label={pickerLabel()}
          open={open()}
          onOpenChange={setOpen}
          class="popover--picker"
          trigger={(trigger) => (
            <button type="button" {...trigger} class="btn btn--sm btn--ghost">
              <Link class="lucide--sm" />
              {props.addLabel ?? 'Link a record'}
            </button>
          )}
        >
          <RecordPicker
            label={pickerLabel()}
            target={props.target ?? SUBJECTS.join(',')}
            value={props.value}
            onPick={(id) => {
              if (id !== null) toggle(id);
            }}
          />
        </Popover>
      </div>
    </div>
  );
}
