/** Columns that say when somebody was last in touch with a record, and what comes next. */
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import Clock from 'lucide-solid/icons/clock';
import type { Workspace } from '../data/workspace.ts';
import { LastContact, NextStepText } from './last-contact.tsx';
import { nextStepDay } from './next-step.ts';
import type { DerivedColumn } from './record-list.ts';

export function lastContactColumn(workspace: Workspace): DerivedColumn {
  return {
    id: 'lastContact',
    header: 'Last contact',
    icon: Clock,
    width: 132,
    cell: (id) => <LastContact recordId={id} />,
    sortKey: (record) => workspace.about.lastContact(record.id)?.at ?? null,
    dependsOn: ['activity'],
  };
}

export function nextStepColumn(workspace: Workspace): DerivedColumn {
  return {
    id: 'comesNext',
    header: 'Next step',
    icon: CalendarClock,
    width: 220,
    cell: (id) => (
      <span class="row row--6 nextstep">
        <NextStepText recordId={id} />
      </span>
    ),
    sortKey: (record) => nextStepDay(workspace, record.id),
    dependsOn: ['task'],
  };
}
