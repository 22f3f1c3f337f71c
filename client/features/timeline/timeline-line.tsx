/** One line of the feed, of whichever kind. */
import type { JSX } from 'solid-js';
import { Match, Switch } from 'solid-js';
import { addDays, type Day } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { TimelineEntry } from '../../../shared/query/timeline.ts';
import { formatDay, formatTime } from '../../fields/format.ts';
import { ActivityLine } from './activity-line.tsx';
import { AppointmentLine, TaskLineDone } from './done-lines.tsx';
import { StoryLine } from './story-line.tsx';

export interface TimelineLineProps {
  readonly entry: TimelineEntry;
  /** Of its group: no line leads on from it. */
  readonly isLast: boolean;
  /** Whose page it is. */
  readonly record: AnyRecord;
  readonly today: Day;
  readonly isEditing: boolean;
  readonly onEdit: (id: string | undefined) => void;
}

type EntryOf<K extends TimelineEntry['kind']> = Extract<TimelineEntry, { readonly kind: K }>;

export function TimelineLine(props: TimelineLineProps): JSX.Element {
  const of = <K extends TimelineEntry['kind']>(kind: K): EntryOf<K> | undefined =>
    props.entry.kind === kind ? (props.entry as EntryOf<K>) : undefined;
  /** The heading says that it was yesterday, but for what is pinned. */
  const isYesterday = () => of('activity')?.activity.pinned !== true && props.entry.day === addDays(props.today, -1);
  const when = () =>
    props.entry.at !== null && (props.entry.day === props.today || isYesterday())
      ? formatTime(props.entry.at)
      : formatDay(props.entry.day, props.today);
  return (
    <Switch>
      <Match when={of('activity')}>
        {(entry) => (
          <ActivityLine
            activity={entry().activity}
            when={when()}
            isLast={props.isLast}
            record={props.record}
            isEditing={props.isEditing}
            onEdit={props.onEdit}
          />
        )}
      </Match>
      <Match when={of('task')}>
        {(entry) => <TaskLineDone task={entry().task} record={props.record} when={when()} isLast={props.isLast} />}
      </Match>
      <Match when={of('appointment')}>
        {(entry) => (
          <AppointmentLine
            appointment={entry().appointment}
            record={props.record}
            when={when()}
            isLast={props.isLast}
          />
        )}
      </Match>
      <Match when={of('story')}>
        {(entry) => <StoryLine story={entry().story} when={when()} isLast={props.isLast} record={props.record} />}
      </Match>
    </Switch>
  );
}
