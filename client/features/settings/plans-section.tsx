/** Plans: ordered templates of tasks that are started together on a record's page ("Start a plan" beside its next steps). */
import { Key } from '@solid-primitives/keyed';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { addPlan, addPlanStep, deletePlan, editPlan, movePlanStep } from '../../../shared/commands/plan-commands.ts';
import { stepsOf } from '../../../shared/commands/task-commands.ts';
import { plan as planEntity } from '../../../shared/entities/plan.ts';
import type { RecordNamed } from '../../../shared/entities/registry.ts';
import { compareSortKeys, textSortKey } from '../../../shared/model/text-order.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { announce } from '../../platform/announce.ts';
import { Button } from '../../ui/button.tsx';
import { InlineField } from '../../ui/inline-field.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { focusMade } from './focus-made.ts';
import { PlanStepRow } from './plan-step-row.tsx';
import { SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';
import { freeName } from './stage-values.ts';

export function PlansSection(): JSX.Element {
  const workspace = useWorkspace();
  const plans = createMemo(() =>
    workspace
      .collection('plan')
      .all()
      .toSorted(
        (left, right) =>
          compareSortKeys(textSortKey(left.name), textSortKey(right.name)) || (left.id < right.id ? -1 : 1),
      ),
  );
  const [refused, setRefused] = createSignal<string>();
  function add(): void {
    const names = plans().map((each) => each.name);
    const name = freeName('New plan', names);
    let id = '';
    setRefused(
      attempt(() => {
        id = workspace.run(`${name} added`, (tx) => addPlan(tx, { name, step: 'First step' }));
      }),
    );
    if (id !== '') focusMade(`[data-plan="${id}"] [data-plan-name] button`);
  }
  return (
    <>
      <Key
        each={plans()}
        by="id"
        fallback={
          <p class="set fg-2">
            There is no plan yet. A plan is a list of tasks that belong together, like what to do for a new customer.
          </p>
        }
      >
        {(plan) => <PlanSettings plan={plan()} />}
      </Key>
      <Refusal text={refused()} />
      <Show when={workspace.may('settings')}>
        <p class={styles.first}>
          <Button icon={Plus} onClick={add}>
            Add a plan
          </Button>
        </p>
      </Show>
    </>
  );
}

function PlanSettings(props: { readonly plan: RecordNamed<'plan'> }): JSX.Element {
  const workspace = useWorkspace();
  const [refused, setRefused] = createSignal<string>();
  const steps = createMemo(() => stepsOf(workspace.collection('planStep').all(), props.plan.id));
  const mayEdit = () => workspace.may('settings');
  const act = (label: string, command: Parameters<typeof workspace.run>[1]) => {
    const sentence = attempt(() => workspace.run(label, command));
    setRefused(sentence);
    return sentence;
  };

  function rename(typed: string): string | undefined {
    const read = planEntity.fields.name.parse(typed);
    if (!read.ok) return read.issue.message;
    const { id } = props.plan;
    return act('Plan renamed', (tx) => editPlan(tx, { id, changes: { name: read.value } }));
  }
  function addStep(): void {
    const { id: planId } = props.plan;
    const title = freeName(
      'New step',
      steps().map((each) => each.title),
    );
    let id = '';
    act(`${title} added`, (tx) => {
      id = addPlanStep(tx, { planId, title });
    });
    if (id !== '') focusMade(`[data-step="${id}"] [data-step-title] button`);
  }
  function move(id: string, position: number): void {
    if (position < 0 || position >= steps().length) return;
    const title = steps().find((each) => each.id === id)?.title ?? '';
    if (act(`${title} moved`, (tx) => movePlanStep(tx, { id, position })) === undefined) {
      announce(`${title}, ${position + 1} of ${steps().length}`);
    }
  }
  function remove(): void {
    const { id, name } = props.plan;
    act(`${name} deleted`, (tx) => deletePlan(tx, { id }));
  }

  return (
    <div data-plan={props.plan.id}>
      <SettingGroup
        title={
          <span class={styles.pipeline} data-plan-name>
            <InlineField
              label="Plan name"
              value={props.plan.name}
              text={props.plan.name}
              onCommit={rename}
              readOnly={!mayEdit()}
              hideHints
            />
          </span>
        }
        actions={
          <Show when={mayEdit()}>
            <Button size="sm" icon={Plus} aria-label={`Add a step to ${props.plan.name}`} onClick={addStep}>
              Step
            </Button>
            <MoreMenu
              size="sm"
              label={`More about ${props.plan.name}`}
              items={[{ label: 'Delete plan', icon: Trash, danger: true, onSelect: remove }]}
            />
          </Show>
        }
      >
        <ol class={`box ${styles.steps}`} aria-label={`Steps of ${props.plan.name}`}>
          <Key each={steps()} by="id" fallback={<li class={`fg-3 ${styles.noSteps}`}>No steps yet.</li>}>
            {(step, index) => (
              <PlanStepRow
                step={step()}
                index={index()}
                count={steps().length}
                mayEdit={mayEdit()}
                onMove={move}
                onRefused={setRefused}
              />
            )}
          </Key>
        </ol>
        <Refusal text={refused()} />
      </SettingGroup>
    </div>
  );
}
