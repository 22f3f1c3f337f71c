/** A task with everything about it: what, when, who, about whom, how often, and when to be reminded. */
import '../fields.css';
import './tasks.css';
import Link from 'lucide-solid/icons/link';
import { createMemo, createSignal, For, type JSX } from 'solid-js';
import { addTask, completeTask, editTask } from '../../../shared/commands/task-commands.ts';
import { SUBJECTS } from '../../../shared/entities/activity.ts';
import { PRIORITIES, REMINDERS, TASK_TYPES, type Task, type TaskType, task } from '../../../shared/entities/task.ts';
import { repeatText } from '../../../shared/model/repeat.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Tag } from '../../ui/tag.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { lineText } from '../line-text.ts';
import { parseHints } from '../parse-hints.ts';
import { RecordCombobox } from '../record-combobox.tsx';
import { attempt, isNewRecord } from '../record-edit.ts';
import { RecordPicker } from '../record-picker.tsx';
import { followReference } from '../reference.ts';

/** What the form begins with: a task to change, the one to go on from, or the records a new one is about. */
export interface TaskDraft {
  readonly edit?: Task;
  /** Is finished when the new task is added. */
  readonly after?: Task;
  readonly about?: readonly string[];
  readonly due?: string;
}

const REPEATS: readonly { readonly value: string; readonly label: string }[] = [
  { value: '', label: 'Once' },
  { value: 'FREQ=DAILY', label: 'Every day' },
  { value: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', label: 'Every working day' },
  { value: 'FREQ=WEEKLY', label: 'Every week' },
  { value: 'FREQ=WEEKLY;INTERVAL=2', label: 'Every 2 weeks' },
  { value: 'FREQ=MONTHLY', label: 'Every month' },
  { value: 'FREQ=MONTHLY;INTERVAL=3', label: 'Every quarter' },
  { value: 'FREQ=YEARLY', label: 'Every year' },
];

const REMINDER_OPTIONS = Object.entries(REMINDERS).map(([value, label]) => ({ value, label }));

export function TaskForm(props: { readonly draft: TaskDraft; readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  // Taken over once: from here on the form is what the person works on.
  // oxlint-disable-next-line solid/reactivity
  const { edit, after, about: aboutAtFirst, due: dueAtFirst } = props.draft;
  const from = edit ?? after;
  const line = (when: string | null) => lineText(task.fields.due)?.toLine(when, task.fields.due, {}) ?? '';
  const [title, setTitle] = createSignal(edit?.title ?? '');
  const [type, setType] = createSignal((edit?.type ?? after?.type ?? 'todo') as TaskType);
  const [due, setDue] = createSignal(line(edit?.due ?? null) || (dueAtFirst ?? ''));
  const [owner, setOwner] = createSignal<string | null>(from ? from.owner : workspace.me().memberId);
  const [priority, setPriority] = createSignal<string>(edit?.priority ?? 'normal');
  const [about, setAbout] = createSignal<readonly string[]>(from?.about ?? aboutAtFirst ?? []);
  const [repeats, setRepeats] = createSignal(edit?.repeats ?? '');
  const [reminders, setReminders] = createSignal<readonly string[]>(edit?.reminders ?? []);
  const [note, setNote] = createSignal(edit?.note ?? '');
  const [tried, setTried] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();

  const read = createMemo(() => ({
    title: task.fields.title.parse(title()),
    due: task.fields.due.parse(due(), parseHints(workspace)),
  }));
  const errorOf = (name: 'title' | 'due') => {
    const result = read()[name];
    return tried() && !result.ok ? result.issue.message : undefined;
  };
  const repeatOptions = () =>
    REPEATS.some(({ value }) => value === repeats())
      ? REPEATS
      : [...REPEATS, { value: repeats(), label: repeatText(repeats()) || repeats() }];
  const head = () => (edit ? 'Task' : after ? 'Next step' : 'New task');

  function submit(): void {
    setTried(true);
    const results = read();
    if (!results.title.ok || !results.due.ok) return;
    const values = {
      title: results.title.value,
      due: results.due.value,
      type: type(),
      owner: owner(),
      priority: priority() === 'normal' ? null : (priority() as Task['priority']),
      about: about(),
      repeats: repeats(),
      reminders: reminders(),
      note: note(),
    };
    const sentence = attempt(() => {
      if (edit) workspace.run(`${values.title} changed`, (tx) => editTask(tx, { id: edit.id, changes: values }));
      else if (after) {
        workspace.run(`${after.title} done, ${values.title} is next`, (tx) =>
          completeTask(tx, { id: after.id, next: values }),
        );
      } else workspace.run(`${values.title} added`, (tx) => addTask(tx, values));
    });
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={head()}
      width={520}
      description={after ? `“${after.title}” is done when you add this.` : undefined}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="primary" onClick={submit} keys="Mod+Enter">
            {edit ? 'Save' : 'Add'}
          </Button>
        </>
      }
    >
      <form
        class="taskform"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
          event.preventDefault();
          submit();
        }}
      >
        <TextField label="What is to be done" value={title()} onInput={setTitle} error={errorOf('title')} autofocus />
        <Segmented
          label="Type"
          value={type()}
          options={Object.entries(TASK_TYPES).map(([value, label]) => ({ value: value as TaskType, label }))}
          onChange={setType}
        />
        <div class="taskform__pair">
          <TextField
            label="Due"
            value={due()}
            onInput={setDue}
            error={errorOf('due')}
            placeholder="Tomorrow, or Fri 15:00"
            autocomplete="off"
          />
          <Select label="Repeats" options={repeatOptions()} value={repeats()} onChange={(value) => setRepeats(value)} />
        </div>
        <div class="taskform__pair">
          <RecordCombobox
            label="Owner"
            target="member"
            value={owner()}
            onChange={(value) => setOwner(isNewRecord(value) ? null : value)}
            emptyLabel="Nobody yet"
          />
          <Select
            label="Priority"
            options={Object.entries(PRIORITIES).map(([value, label]) => ({ value, label }))}
            value={priority()}
            onChange={setPriority}
          />
        </div>
        <About value={about()} onChange={setAbout} />
        <fieldset class="taskform__reminders">
          <legend class="field__label">Remind me</legend>
          <div>
            <For each={REMINDER_OPTIONS}>
              {(option) => (
                <Checkbox
                  label={option.label}
                  checked={reminders().includes(option.value)}
                  onChange={(on) =>
                    setReminders(
                      on ? [...reminders(), option.value] : reminders().filter((each) => each !== option.value),
                    )
                  }
                />
              )}
            </For>
          </div>
        </fieldset>
        <TextArea label="Note" value={note()} onInput={setNote} />
        <p class="field__error" role="alert">
          {refused()}
        </p>
        <button type="submit" class="sr" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  );
}

/** The records a task is about, each with a cross, and a way to find one more. */
function About(props: {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [open, setOpen] = createSignal(false);
  const toggle = (id: string) =>
    props.onChange(props.value.includes(id) ? props.value.filter((each) => each !== id) : [...props.value, id]);
  return (
    <div class="field">
      <span class="field__label" id="task-about">
        About
      </span>
      <div class="tags" role="group" aria-labelledby="task-about">
        <For each={props.value}>
          {(id) => (
            <Tag onRemove={() => toggle(id)} removeLabel={`Remove ${followReference(workspace, id).title}`}>
              {followReference(workspace, id).title}
            </Tag>
          )}
        </For>
        <Popover
          label="People, companies and deals"
          open={open()}
          onOpenChange={setOpen}
          class="popover--picker"
          trigger={(trigger) => (
            <button type="button" {...trigger} class="btn btn--sm btn--ghost">
              <Link class="lucide--sm" />
              Link a record
            </button>
          )}
        >
          <RecordPicker
            label="People, companies and deals"
            target={SUBJECTS.join(',')}
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
