/** One step of a plan: its values edited in place; it moves by Alt and the arrow keys, and from its menu. */
import type { JSX } from 'solid-js';
import { Show } from 'solid-js';
import { deletePlanStep, editPlanStep } from '../../../shared/commands/plan-commands.ts';
import { planStep } from '../../../shared/entities/plan.ts';
import type { RecordNamed } from '../../../shared/entities/registry.ts';
import { TASK_TYPES, type TaskType } from '../../../shared/entities/task.ts';
import { optionLabel } from '../../../shared/model/scalar-fields.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { InlineField } from '../../ui/inline-field.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { Select } from '../../ui/select.tsx';
import { makeOrderedRow } from './ordered-row.ts';
import styles from './settings.module.css';
import { afterText, readAfterDays } from './step-values.ts';

const TYPES = Object.entries(TASK_TYPES).map(([value, label]) => ({ value: value as TaskType, label }));

export function PlanStepRow(props: {
  readonly step: RecordNamed<'planStep'>;
  readonly index: number;
  readonly count: number;
  readonly mayEdit: boolean;
  readonly onMove: (id: string, position: number) => void;
  readonly onRefused: (sentence: string | undefined) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  let row!: HTMLLIElement;

  function edit(changes: Parameters<typeof editPlanStep>[1]['changes'], label: string): string | undefined {
    const { id } = props.step;
    return attempt(() => workspace.run(label, (tx) => editPlanStep(tx, { id, changes })));
  }
  function rename(typed: string): string | undefined {
    const read = planStep.fields.title.parse(typed);
    return read.ok ? edit({ title: read.value }, `${props.step.title} renamed`) : read.issue.message;
  }
  function setAfter(typed: string): string | undefined {
    const read = readAfterDays(typed);
    return read.ok ? edit({ afterDays: read.value }, `Day of ${props.step.title} changed`) : read.issue;
  }
  function remove(): void {
    const { id, title } = props.step;
    props.onRefused(attempt(() => workspace.run(`${title} deleted`, (tx) => deletePlanStep(tx, { id }))));
  }
  const ordering = makeOrderedRow({
    element: () => row,
    index: () => props.index,
    count: () => props.count,
    canMove: () => props.mayEdit,
    onMove: (position) => props.onMove(props.step.id, position),
    onDelete: remove,
  });

  return (
    <li ref={row} class={styles.step} data-step={props.step.id} onKeyDown={ordering.onKeyDown}>
      <span class="fg-3 tnum" aria-hidden="true">
        {props.index + 1}
      </span>
      <span class={styles.cell} data-step-title>
        <InlineField
          label="Step"
          class="fw-5"
          value={props.step.title}
          text={props.step.title}
          onCommit={rename}
          readOnly={!props.mayEdit}
          hideHints
        />
      </span>
      <Show
        when={props.mayEdit}
        fallback={<span class="fg-2">{optionLabel(TASK_TYPES, props.step.type ?? 'todo')}</span>}
      >
        <Select
          label={`Type of ${props.step.title}`}
          hideLabel
          class="selectbtn--quiet"
          options={TYPES}
          value={props.step.type ?? 'todo'}
          onChange={(type) => props.onRefused(edit({ type }, `Type of ${props.step.title} changed`))}
        />
      </Show>
      <span class={styles.cell}>
        <InlineField
          label={`Due, ${props.step.title}`}
          value={String(props.step.afterDays ?? 0)}
          text={afterText(props.step.afterDays ?? 0)}
          onCommit={setAfter}
          readOnly={!props.mayEdit}
          hideHints
        />
      </span>
      <Show when={props.mayEdit}>
        <MoreMenu size="xs" label={`More about ${props.step.title}`} items={ordering.menu()} />
      </Show>
    </li>
  );
}
