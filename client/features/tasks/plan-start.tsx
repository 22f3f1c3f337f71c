/** Starts a plan about a record: which day its steps are counted from, today unless somebody says otherwise, and what comes of it. */
import { createMemo, createSignal, type JSX } from 'solid-js';
import { startPlan, stepsOf } from '../../../shared/commands/task-commands.ts';
import { addDays, parseDay } from '../../../shared/model/day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import { formatDay, formatPlural } from '../../fields/format.ts';
import { parseHints } from '../../fields/parse-hints.ts';
import { attempt } from '../../fields/record-edit.ts';
import { followReference } from '../../fields/reference.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { TextField } from '../../ui/text-field.tsx';

export interface PlanToStart {
  readonly planId: string;
  readonly name: string;
}

export function PlanStartDialog(props: {
  readonly plan: PlanToStart;
  /** The record its tasks are about. */
  readonly about: string;
  readonly onClose: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const [line, setLine] = createSignal('Today');
  const [refused, setRefused] = createSignal<string>();
  const first = createMemo(() => parseDay(line(), parseHints(workspace)));
  const steps = createMemo(() => stepsOf(workspace.collection('planStep').all(), props.plan.planId));
  /** "3 tasks, from Today to Mon 7 Dec." */
  const words = () => {
    const from = first();
    if (from === null || steps().length === 0) return undefined;
    const days = steps().map((step) => addDays(from, step.afterDays ?? 0));
    const [earliest, latest] = [days.reduce((a, b) => (a < b ? a : b)), days.reduce((a, b) => (a > b ? a : b))];
    const count = formatPlural(days.length, 'task', 'tasks');
    return earliest === latest
      ? `${count}, due ${formatDay(earliest, today())}.`
      : `${count}, due from ${formatDay(earliest, today())} to ${formatDay(latest, today())}.`;
  };

  function start(): void {
    const from = first();
    if (from === null) return;
    const plan = { planId: props.plan.planId, about: [props.about], from };
    const label = `${props.plan.name} started for ${followReference(workspace, props.about).title}`;
    const sentence = attempt(() => workspace.run(label, (tx) => startPlan(tx, plan)));
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={`Start ${props.plan.name}`}
      width={420}
      actions={
        <>
          <Button variant="quiet" onClick={() => props.onClose()}>
            Cancel
          </Button>
          <Button variant="primary" onClick={start} keys="Enter">
            Start
          </Button>
        </>
      }
    >
      <DialogForm onSubmit={start} refused={refused()}>
        <TextField
          label="First day"
          value={line()}
          onInput={setLine}
          error={first() === null ? 'Type a day, like today, Monday or 1 Dec.' : undefined}
          hint={words()}
          placeholder="Today, Monday or 1 Dec"
          autocomplete="off"
          onFocus={(event) => event.currentTarget.select()}
        />
      </DialogForm>
    </Dialog>
  );
}
