/** Changing what stands in the calendar, whatever it is: an appointment, a task or the day a deal closes. */
import { moveAppointment } from '../../../shared/commands/appointment-commands.ts';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { moveTask } from '../../../shared/commands/task-commands.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { whenDay, whenInstant, whenTime } from '../../../shared/model/when.ts';
import type { Times } from '../../../shared/query/calendar-moves.ts';
import type { CalendarItem } from '../../../shared/query/calendar-view.ts';
import { dayHere } from '../../../shared/query/task-view.ts';
import type { Workspace } from '../../data/workspace.ts';
import { formatDay, formatTime } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { currentDay } from '../../fields/reference.ts';

export interface MoveOutcome {
  /** The sentence of a refusal. */
  readonly refused: string | undefined;
  /** Where it is to be found now: one that was moved out of a repetition is a record of its own. */
  readonly key: string;
}

/** Writes new times. `all` moves every one of a repetition; without it only this one. */
export function writeTimes(workspace: Workspace, item: CalendarItem, times: Times, all: boolean): MoveOutcome {
  const { id, title, occurrence } = item;
  const label = `${title} moved to ${timesText(item, times)}`;
  let key = item.key;
  const refused = attempt(() =>
    workspace.run(label, (tx) => {
      if (item.kind === 'task') moveTask(tx, { id, due: times.start });
      else if (item.kind === 'close')
        editRecords(tx, { entity: deal, ids: [id], changes: { closesOn: whenDay(times.start) } });
      else if (all) moveAppointment(tx, { id, from: occurrence, ...times });
      else key = moveAppointment(tx, { id, only: occurrence, ...times });
    }),
  );
  return { refused, key };
}

/** `Tue 24 Nov, 10:00 to 11:30`; of whole days the day, or the first and the last. */
export function timesText(item: Pick<CalendarItem, 'kind'>, { start, end }: Times): string {
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const today = currentDay();
  const day = formatDay(dayHere(start, zone), today);
  if (whenTime(start) === null) {
    return whenDay(end) > whenDay(start) ? `${day} to ${formatDay(whenDay(end), today)}` : day;
  }
  const from = formatTime(whenInstant(start, zone));
  if (item.kind === 'task') return `${day}, ${from}`;
  const lastDay = dayHere(end, zone);
  const until = formatTime(whenInstant(end, zone));
  return `${day}, ${from} to ${lastDay === dayHere(start, zone) ? until : `${formatDay(lastDay, today)}, ${until}`}`;
}

const KIND_WORDS = { appointment: '', task: 'task, ', close: 'closing deal, ' } as const;

/** The name of an item for people who listen: what, what it is, when. */
export function itemName(item: CalendarItem, isCancelled: boolean): string {
  const repeated = item.occurrence === null ? '' : ', repeats';
  return `${item.title}, ${KIND_WORDS[item.kind]}${timesText(item, item)}${repeated}${isCancelled ? ', called off' : ''}`;
}
