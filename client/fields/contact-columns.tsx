/** Columns that say when somebody was last in touch with a record, and what comes next. */

import CalendarClock from 'lucide-solid/icons/calendar-clock';
import Clock from 'lucide-solid/icons/clock';
import HeartHandshake from 'lucide-solid/icons/heart-handshake';
import { type JSX, Show, untrack } from 'solid-js';
import { dayOfInstant, daysBetween } from '../../shared/model/day.ts';
import { inTouchBy } from '../../shared/query/today-view.ts';
import type { Workspace } from '../data/workspace.ts';
import { createToday } from './create-today.ts';
import { formatDay, formatPlural } from './format.ts';
import { LastContact, NextStepText } from './last-contact.tsx';
import type { DerivedFilter } from './list-filters.ts';
import { nextStepDay } from './next-step.ts';
import type { DerivedColumn } from './record-list.ts';
import { currentDay } from './reference.ts';

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
    width: 128,
    cell: (id) => (
      <span class="row row--6 nextstep">
        <NextStepText recordId={id} />
      </span>
    ),
    sortKey: (record) => nextStepDay(workspace, record.id),
    dependsOn: ['task'],
  };
}

/** By when somebody who is to be kept in touch with should hear from us; sorted by it, those who are due come first. */
export function inTouchColumn(workspace: Workspace): DerivedColumn {
  const byWhen = (id: string) => {
    const contact = workspace.collection('contact').byId(id);
    const last = contact?.keepInTouchWeeks ? workspace.about.lastContact(id) : null;
    return contact ? inTouchBy(contact, last && dayOfInstant(last.at), currentDay()) : null;
  };
  return {
    id: 'inTouchBy',
    header: 'In touch by',
    icon: HeartHandshake,
    width: 132,
    cell: (id) => <InTouchBy day={byWhen(id)} />,
    sortKey: (record) => byWhen(record.id),
    dependsOn: ['activity'],
  };
}

const SOON_DAYS = 7;

/** Who is due to hear from us, by their interval. Within a Solid owner. */
export function inTouchFilter(workspace: Workspace): DerivedFilter {
  const today = createToday();
  return {
    id: 'inTouch',
    label: 'Keep in touch',
    icon: HeartHandshake,
    options: { due: 'Due', soon: 'Due within a week', later: 'Later' },
    none: 'No interval',
    values() {
      // Each of the two is told of every change of its records.
      workspace.collection('activity').count();
      workspace.collection('contact').count();
      const day = today();
      return ({ id }) =>
        untrack(() => {
          const contact = workspace.collection('contact').peek(id);
          if (!contact?.keepInTouchWeeks) return null;
          const last = workspace.about.lastContact(id);
          const left = daysBetween(day, inTouchBy(contact, last && dayOfInstant(last.at), day) ?? day);
          return left <= 0 ? 'due' : left <= SOON_DAYS ? 'soon' : 'later';
        });
    },
  };
}

function InTouchBy(props: { readonly day: string | null }): JSX.Element {
  const late = () => (props.day === null ? 0 : daysBetween(props.day, currentDay()));
  return (
    <Show when={props.day} fallback={<span class="fg-3">–</span>}>
      {(day) => (
        <span class="num" classList={{ 'fg-danger': late() > 0 }}>
          {late() > 0
            ? `Due, ${formatPlural(late(), 'day', 'days')} over`
            : late() === 0
              ? 'Due today'
              : formatDay(day(), currentDay())}
        </span>
      )}
    </Show>
  );
}
