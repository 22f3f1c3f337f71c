/** A task with everything about it: what, when, who, about whom, how often, and when to be reminded. */
import '../fields.css';
import './tasks.css';
import { createMemo, createSignal, type JSX } from 'solid-js';
import { addTask, completeTask, editTask } from '../../../shared/commands/task-commands.ts';
import { PRIORITIES, TASK_TYPES, type Task, type TaskType, task } from '../../../shared/entities/task.ts';
import { reminderIssue } from '../../../shared/query/reminders.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { rightNow } from '../../platform/right-now.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { lineText } from '../line-text.ts';
import { parseHints } from '../parse-hints.ts';
import { RecordCombobox } from '../record-combobox.tsx';
import { attempt, isNewRecord } from '../record-edit.ts';
import { LinkedRecords, ReminderChoice } from './form-parts.tsx';
import { createRepeatDraft, RepeatChoice, RepeatEndChoice } from './repeat-choice.tsx';

/** What the form begins with: a task to change, the one to go on from, or the records a new one is about. */
export interface TaskDraft {
  readonly edit?: Task;
  /** Is finished when the new task is added. */
  readonly after?: Task;
  readonly about?: readonly string[];
  readonly due?: string;
}

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
  const [reminders, setReminders] = createSignal<readonly string[]>(edit?.reminders ?? []);
  const [note, setNote] = createSignal(edit?.note ?? '');
  const [tried, setTried] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();

  const read = createMemo(() => ({
    title: task.fields.title.parse(title()),
    due: task.fields.due.parse(due(), parseHints(workspace)),
  }));
  const repeat = createRepeatDraft(edit?.repeats ?? '', {
    first: () => {
      const { due: day } = read();
      return day.ok ? day.value : null;
    },
    hints: () => parseHints(workspace),
  });
  const errorOf = (name: 'title' | 'due') => {
    const result = read()[name];
    return tried() && !result.ok ? result.issue.message : undefined;
  };
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const reminderHint = () => {
    const { due: day } = read();
    // What came in its time, and is as it was, needs no word.
    const isAsItWas = edit !== undefined && reminders() === edit.reminders && due() === line(edit.due);
    return day.ok && !isAsItWas
      ? reminderIssue({ due: day.value, reminders: reminders() }, rightNow(), zone)
      : undefined;
  };
  const head = () => (edit ? 'Task' : after ? 'Next step' : 'New task');

  function submit(): void {
    setTried(true);
    const results = read();
    const repeats = repeat.rule();
    if (!results.title.ok || !results.due.ok || repeats === null) return;
    const values = {
      title: results.title.value,
      due: results.due.value,
      type: type(),
      owner: owner(),
      priority: priority() === 'normal' ? null : (priority() as Task['priority']),
      about: about(),
      repeats,
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
      <DialogForm onSubmit={submit} refused={refused()}>
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
          <RepeatChoice draft={repeat} />
        </div>
        <RepeatEndChoice draft={repeat} tried={tried()} />
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
        <LinkedRecords label="About" value={about()} onChange={setAbout} />
        <ReminderChoice value={reminders()} onChange={setReminders} hint={reminderHint()} />
        <TextArea label="Note" value={note()} onInput={setNote} />
      </DialogForm>
    </Dialog>
  );
}
