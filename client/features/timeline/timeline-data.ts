/** The feed of a record as a memo: what the indexes know of it, put together with what the records say. */
import { type Accessor, createMemo } from 'solid-js';
import type { Activity } from '../../../shared/entities/activity.ts';
import type { Appointment } from '../../../shared/entities/appointment.ts';
import type { Deal } from '../../../shared/entities/deal.ts';
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import type { Task } from '../../../shared/entities/task.ts';
import { type AnyRecord, type Entity, fieldOf } from '../../../shared/model/entity.ts';
import { type KnownEdit, type TimelineEntry, timelineOf } from '../../../shared/query/timeline.ts';
import { splitPath } from '../../../shared/sync/record-keys.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { rightNow } from '../../platform/right-now.ts';

/** `keptId` is an activity that is shown even when somebody deletes it: it is being edited. */
export function createTimeline(
  record: Accessor<AnyRecord>,
  keptId: Accessor<string | undefined>,
): Accessor<readonly TimelineEntry[]> {
  const workspace = useWorkspace();
  const id = createMemo(() => record().id);
  // A subject is told of every change of what is about it: reading the records one by one would track thousands.
  const records = <T>(name: 'activity' | 'task' | 'appointment' | 'deal', ids: readonly string[]): readonly T[] =>
    ids.flatMap((each) => (workspace.collection(name).peek(each) as T | undefined) ?? []);
  const activities = createMemo(() => {
    const ids = workspace.about.activities(id());
    const kept = keptId();
    return records<Activity>('activity', kept === undefined || ids.includes(kept) ? ids : [kept, ...ids]);
  });
  const tasks = createMemo(() => records<Task>('task', workspace.about.tasks(id())));
  const appointments = createMemo(() => records<Appointment>('appointment', workspace.about.appointments(id())));
  const deals = createMemo(() => {
    const ids = workspace.about.deals(id());
    return records<Deal>('deal', record().entity === 'deal' ? [id()] : ids);
  });
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const entries = createMemo(() =>
    timelineOf({
      record: record(),
      activities: activities(),
      tasks: tasks(),
      appointments: appointments(),
      deals: deals(),
      edits: shownEdits(record(), workspace.newestEdits(id())),
      stageOf: (stageId) => workspace.collection('stage').byIdInTrash(stageId),
      now: rightNow(),
      zone,
    }),
  );
  return entries;
}

/** Fields that tell of themselves elsewhere: the brief is a text, the stages are moves. */
const QUIET: ReadonlySet<string> = new Set(['about', 'nextStep', 'nextStepOn']);

/** One line a field: of a set its newest element. */
function shownEdits(record: AnyRecord, edits: readonly KnownEdit[]): readonly KnownEdit[] {
  const entity: Entity | undefined = isEntityName(record.entity) ? entities[record.entity] : undefined;
  const newest = new Map<string, KnownEdit>();
  for (const edit of edits) {
    const { field: name } = splitPath(edit.path);
    const field = entity && Object.hasOwn(entity.fields, name) ? fieldOf(entity, name) : undefined;
    if (!field || field.hidden || QUIET.has(name)) continue;
    const known = newest.get(name);
    if (!known || known.stamp < edit.stamp) newest.set(name, edit);
  }
  return [...newest].map(([name, edit]) => ({ ...edit, path: name, value: record[name] }));
}
