/** What the shown days hold, live: appointments with their repetitions, open tasks that are due, open deals that close. */
import { type Accessor, createMemo } from 'solid-js';
import { addDays, type Day } from '../../../shared/model/day.ts';
import { whenDay } from '../../../shared/model/when.ts';
import {
  appointmentItems,
  byTime,
  type CalendarItem,
  closeItem,
  type DayRange,
  taskItem,
} from '../../../shared/query/calendar-view.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';

export interface CalendarOptions {
  readonly range: Accessor<DayRange>;
  readonly zone: string;
  readonly isMine: Accessor<boolean>;
  readonly showsTasks: Accessor<boolean>;
  readonly showsCloses: Accessor<boolean>;
}

export function createCalendarData(options: CalendarOptions): Accessor<readonly CalendarItem[]> {
  const workspace = useWorkspace();
  const { zone } = options;
  /** A time elsewhere may be on the day before or after here. */
  const isNear = (from: Day, until: Day, [first, last]: DayRange) =>
    from <= addDays(last, 1) && until >= addDays(first, -1);

  const appointments = workspace.createQuery('appointment', () => {
    const [range, mine] = [options.range(), options.isMine()];
    const { memberId } = workspace.me();
    return {
      where: ({ start, end, repeats, owner, team }) =>
        start !== null &&
        (!mine || owner === memberId || team.includes(memberId)) &&
        (repeats === ''
          ? isNear(whenDay(start), whenDay(end ?? start), range)
          : whenDay(start) <= addDays(range[1], 1)),
    };
  });
  const tasks = workspace.createQuery('task', () => {
    const [range, mine, shown] = [options.range(), options.isMine(), options.showsTasks()];
    const { memberId } = workspace.me();
    return {
      where: ({ due, doneAt, owner }) =>
        shown &&
        due !== null &&
        doneAt === null &&
        (!mine || owner === memberId) &&
        isNear(whenDay(due), whenDay(due), range),
    };
  });
  const deals = workspace.createQuery('deal', () => {
    const [range, mine, shown] = [options.range(), options.isMine(), options.showsCloses()];
    const { memberId } = workspace.me();
    const stageOf = workspace.collection('stage').peek;
    return {
      where: ({ closesOn, owner, place }) =>
        shown &&
        closesOn !== null &&
        (!mine || owner === memberId) &&
        isNear(closesOn, closesOn, range) &&
        statusOf(stageOf(place[1])) === 'open',
      dependsOn: ['stage'],
    };
  });

  const items = createMemo(() => {
    const range = options.range();
    const found = [
      ...appointments.ids().flatMap((id) => {
        const record = workspace.collection('appointment').byId(id);
        return record ? appointmentItems(record, range, zone) : [];
      }),
      ...tasks.ids().flatMap((id) => {
        const record = workspace.collection('task').byId(id);
        return (record && taskItem(record, zone)) ?? [];
      }),
      ...deals.ids().flatMap((id) => {
        const record = workspace.collection('deal').byId(id);
        return (record && closeItem(record, zone)) ?? [];
      }),
    ];
    return found.filter((each) => each.firstDay <= range[1] && each.lastDay >= range[0]).sort(byTime);
  });
  return items;
}
