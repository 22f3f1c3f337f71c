/** What a reminder says, and where a click on it leads. */
import type { Notice } from '../../../shared/entities/notice.ts';
import { addDays, dayOfInstant } from '../../../shared/model/day.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import { whenDay, whenInstant, whenTime } from '../../../shared/model/when.ts';
import { nextYearly, yearsOn } from '../../../shared/model/yearly-day.ts';
import { appointmentItems } from '../../../shared/query/calendar-view.ts';
import type { Moment } from '../../../shared/query/reminders.ts';
import { dayHere } from '../../../shared/query/task-view.ts';
import type { Workspace } from '../../data/workspace.ts';
import { formatDay, formatTime } from '../../fields/format.ts';
import { followReference, recordHref } from '../../fields/reference.ts';
import { taskHref } from '../../fields/tasks/task-row.tsx';

/** `Call Oliver Hart, today 16:30`, `Ingrid Solberg turns 40 today`; missed ones say so in front. */
export function reminderText(workspace: Workspace, moment: Moment, isMissed: boolean, zone: string): string {
  const said = moment.kind === 'date' ? dateText(workspace, moment, zone) : timeText(workspace, moment, zone);
  return isMissed ? `Missed: ${said}` : said;
}

function timeText(workspace: Workspace, { record, at }: Moment, zone: string): string {
  const { title } = followReference(workspace, record);
  const today = dayOfInstant(at, zone);
  const appointment = workspace.collection('appointment').peek(record);
  // The occurrence that the moment is before.
  const start = appointment
    ? appointmentItems(appointment, [today, addDays(today, 8)], zone).find((item) => item.from >= at || item.isWholeDay)
        ?.start
    : workspace.collection('task').peek(record)?.due;
  if (!start) return title;
  const day = formatDay(whenTime(start) === null ? whenDay(start) : dayHere(start, zone), today).replace(/^T/, 't');
  return `${title}, ${whenTime(start) === null ? day : `${day} ${formatTime(whenInstant(start, zone))}`}`;
}

function dateText(workspace: Workspace, { record, at }: Moment, zone: string): string {
  const { title } = followReference(workspace, record);
  const contact = workspace.collection('contact').peek(record);
  const day = dayOfInstant(at, zone);
  const birthday = contact?.birthday ?? null;
  const said: string[] = [];
  if (birthday !== null && nextYearly(birthday, day) === day) {
    const years = yearsOn(birthday, day);
    said.push(years === null ? 'has a birthday' : `turns ${years}`);
  }
  for (const { on, label } of contact?.dates ?? []) if (nextYearly(on, day) === day) said.push(label);
  return `${title}: ${said.join(', ')}`;
}

export function summaryText(count: number): string {
  return `${count} things wait in your inbox`;
}

/** The page of what a notice is about. */
export function noticePath(workspace: Workspace, notice: Notice): string {
  const [id] = notice.record;
  if (id === undefined) return '/inbox';
  const name = entityNameOf(id);
  if (name === 'appointment') {
    const start = workspace.collection('appointment').peek(id)?.start;
    const day = notice.at === null ? start && whenDay(start) : dayOfInstant(notice.at);
    return `/calendar?view=day${day ? `&day=${day}` : ''}`;
  }
  const task = workspace.collection('task').peek(id);
  return (task ? taskHref(workspace, task) : recordHref(id)) ?? '/tasks';
}
