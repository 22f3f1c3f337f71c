/** What people do with tasks beyond editing fields: add, finish, take up again, move to another day, start a plan. */
import { deal } from '../entities/deal.ts';
import { plan, planStep } from '../entities/plan.ts';
import { type Task, task } from '../entities/task.ts';
import type { Day } from '../model/day.ts';
import type { Changes } from '../model/entity.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { nextRepeat, repeatIssue, withShortMonths } from '../model/repeat.ts';
import { textSortKey } from '../model/text-order.ts';
import { addDaysTo, onDay, type When, whenDay } from '../model/when.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

type TaskChanges = Changes<typeof task>;

/**
 * Adds a task; who adds it owns it unless told otherwise. A repeated one needs a day to count from, and when it is written
 * down as done already, the next one follows at once.
 */
export function addTask(tx: Tx, values: TaskChanges): Id<'task'> {
  checkRepeat(values.repeats ?? '', values.due ?? null);
  const { doneAt = null, ...open } = values;
  const isFollowed = doneAt !== null && (values.repeats ?? '') !== '';
  const made = isFollowed ? open : values;
  const id = tx.insert(task, { type: 'todo', ...(tx.actor === '' ? {} : { owner: tx.actor }), ...made });
  if (isFollowed) completeTask(tx, { id, at: doneAt, by: values.doneBy ?? null });
  return id;
}

/**
 * Changes a task, its repetition included: that is counted from a new date. A stored rule that nobody can follow stands in
 * the way of neither a new title nor a rule that can be followed. `doneAt` among the changes finishes the task or takes it
 * up again, with all that follows from it.
 */
export function editTask(tx: Tx, { id, changes: given }: { id: string; changes: TaskChanges }): void {
  const { doneAt, ...changes } = given;
  const current = mustGet(tx, task, id);
  const isNewDate = changes.due !== undefined && changes.due !== current.due;
  const isNewRule = changes.repeats !== undefined && changes.repeats !== current.repeats;
  if (isNewDate || isNewRule) {
    checkRepeat(changes.repeats ?? current.repeats, changes.due === undefined ? current.due : changes.due);
  }
  tx.patch(task, id, isNewDate || isNewRule ? { ...changes, repeatsFrom: null } : changes);
  if (doneAt === undefined) return;
  if (doneAt === null) reopenTask(tx, id);
  else if (current.doneAt !== null) tx.patch(task, id, { doneAt });
  else completeTask(tx, { id, at: doneAt, ...(changes.doneBy === undefined ? {} : { by: changes.doneBy }) });
}

function checkRepeat(rule: string, due: When | null): void {
  if (rule === '') return;
  if (due === null) throw new CommandRefused('invalid', 'A task that repeats needs a due date to count from.');
  const issue = repeatIssue(rule, due);
  if (issue !== null) throw new CommandRefused('invalid', issue);
}

export interface Completion {
  readonly id: string;
  /** When, epoch ms, and who: now and whoever acts when left out. */
  readonly at?: number;
  readonly by?: string | null;
  /** What came of it. */
  readonly outcome?: string;
  /** The task to go on with: about the same records and with the same owner unless it says otherwise. */
  readonly next?: TaskChanges;
}

/**
 * Finishes a task. One that repeats makes the next one, under an id that follows from this one: two people who finish
 * it apart make one. Returns the ids of the tasks that follow. Finishing it twice changes nothing.
 */
export function completeTask(tx: Tx, { id, at = tx.now, by = doer(tx), outcome, next }: Completion): Id<'task'>[] {
  const current = mustGet(tx, task, id);
  const followers: Id<'task'>[] = [];
  if (current.doneAt === null) {
    tx.patch(task, id, { doneAt: at, doneBy: by });
    const repeated = repeatTask(tx, current);
    if (repeated) followers.push(repeated);
  }
  if (outcome !== undefined) tx.patch(task, id, { outcome });
  if (next) followers.push(addTask(tx, { owner: current.owner, about: current.about, ...next, after: id }));
  return followers;
}

const doer = (tx: Tx): string | null => (tx.actor === '' ? null : tx.actor);

function repeatTask(tx: Tx, current: Task): Id<'task'> | null {
  if (current.repeats === '' || current.due === null) return null;
  const from = onDay(current.due, current.repeatsFrom ?? whenDay(current.due));
  const rule = withShortMonths(current.repeats, whenDay(from));
  const due = nextRepeat(rule, from, tx.today);
  if (due === null) return null;
  const id = idFromCause('task', `repeat:${current.id}`);
  const made = tx.get(task, id);
  if (made) {
    // Finished, taken up again and finished once more: the next one comes back from the trash, unless somebody did it.
    if (made.deleted && made.doneAt === null) tx.patch(task, id, { deleted: false, due });
    return null;
  }
  const { title, type, owner, priority, about, note, reminders, tags } = current;
  const repeats = countedDown(rule);
  return tx.insert(
    task,
    { title, type, owner, priority, about, note, reminders, tags, repeats, due, after: current.id },
    id,
  );
}

/** `COUNT` is what is left: the next task's rule counts from that task on. */
function countedDown(rule: string): string {
  return rule.replace(/COUNT=(\d+)/, (_all, count: string) => `COUNT=${Math.max(1, Number(count) - 1)}`);
}

/** Takes up a finished task again; the repetition it made goes to the trash unless somebody has begun with it. */
export function reopenTask(tx: Tx, id: string): void {
  const current = mustGet(tx, task, id);
  if (current.doneAt === null) return;
  tx.patch(task, id, { doneAt: null, doneBy: null });
  const follower = tx.get(task, idFromCause('task', `repeat:${id}`));
  if (follower && !follower.deleted && follower.doneAt === null && follower.updatedAt === follower.createdAt) {
    tx.patch(task, follower.id, { deleted: true });
  }
}

/** Moves open tasks to a day, each keeping its time; those without a date get the day. A repetition keeps its rhythm. */
export function moveTasksTo(tx: Tx, { ids, day }: { ids: readonly string[]; day: Day }): void {
  for (const id of ids) {
    const { due } = mustGet(tx, task, id);
    moveTask(tx, { id, due: due === null ? day : onDay(due, day) });
  }
}

/** Moves a task to another date or time. What repeats is only moved this once: the next comes when it would have come. */
export function moveTask(tx: Tx, { id, due }: { readonly id: string; readonly due: When }): void {
  const current = mustGet(tx, task, id);
  const { repeats, repeatsFrom } = current;
  const standsFor = repeats === '' || current.due === null ? null : (repeatsFrom ?? whenDay(current.due));
  tx.patch(task, id, { due, snoozedUntil: null, repeatsFrom: standsFor === whenDay(due) ? null : standsFor });
}

/** Keeps a task's reminders quiet until an instant; the task stays where it is. */
export function snoozeTask(tx: Tx, { id, until }: { id: string; until: number }): void {
  tx.patch(task, id, { snoozedUntil: until });
}

/** A step as a person writes it; `afterDays` counts from the day the plan is started. */
export interface StepValues {
  readonly id?: string;
  readonly title: string;
  readonly type?: Task['type'];
  readonly afterDays?: number;
  readonly note?: string;
}

/** Makes or changes a plan with its steps in the given order; steps that are not among them go to the trash. */
export function savePlan(
  tx: Tx,
  { id, name, about = '', steps }: { id?: string; name: string; about?: string; steps: readonly StepValues[] },
): Id<'plan'> {
  if (steps.length === 0) throw new CommandRefused('invalid', 'A plan needs at least one step.');
  const planId = id === undefined ? tx.insert(plan, { name, about }) : mustGet(tx, plan, id).id;
  if (id !== undefined) tx.patch(plan, id, { name, about });
  const kept = new Set(steps.map((step) => step.id));
  for (const each of stepsOf(tx.all(planStep), planId)) {
    if (!kept.has(each.id)) tx.patch(planStep, each.id, { deleted: true });
  }
  steps.forEach((step, index) => {
    const { title, type = 'todo', afterDays = 0, note = '' } = step;
    const values = { title, type, afterDays, note, rank: String(index).padStart(4, '0') };
    if (step.id === undefined) tx.insert(planStep, { ...values, plan: planId });
    else tx.patch(planStep, step.id, values);
  });
  return planId;
}

type Step = { readonly plan: string | null; readonly rank: string; readonly id: string };

/** A plan's steps in order. */
export function stepsOf<S extends Step>(steps: Iterable<S>, planId: string): readonly S[] {
  const order = (step: S) => textSortKey(`${step.rank}${step.id}`) ?? '';
  return [...steps].filter((step) => step.plan === planId).sort((left, right) => (order(left) < order(right) ? -1 : 1));
}

export interface PlanStart {
  readonly planId: string;
  /** The records the tasks are about. */
  readonly about: readonly string[];
  readonly owner?: string;
  /** The day that the steps' days are counted from; today when left out. */
  readonly from?: Day;
}

/** Makes a task of each step, all in one step of undo. */
export function startPlan(tx: Tx, { planId, about, owner, from = tx.today }: PlanStart): Id<'task'>[] {
  mustGet(tx, plan, planId);
  const steps = stepsOf(tx.all(planStep), planId);
  if (steps.length === 0) throw new CommandRefused('conflict', 'This plan has no steps yet. Add one in the settings.');
  return steps.map(({ id, title, type, afterDays, note }) =>
    addTask(tx, {
      title,
      type,
      note,
      about,
      ...(owner === undefined ? {} : { owner }),
      due: addDaysTo(from, afterDays ?? 0),
      planStep: id,
    }),
  );
}

/** A next step that was only written on a deal becomes a task about the deal and its first person. */
export function planNextStep(tx: Tx, dealId: string): Id<'task'> {
  const current = mustGet(tx, deal, dealId);
  const people = current.contacts.slice(0, 1).map((each) => each.contact);
  const id = addTask(tx, {
    title: current.nextStep || 'Next step',
    due: current.nextStepOn,
    owner: current.owner,
    about: [...people, dealId],
  });
  tx.patch(deal, dealId, { nextStep: '', nextStepOn: null });
  return id;
}
