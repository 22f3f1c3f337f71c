/** A task that was done, and an appointment that is over. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import { For, type JSX, Show } from 'solid-js';
import type { Appointment } from '../../../shared/entities/appointment.ts';
import type { Task } from '../../../shared/entities/task.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { formatPlural } from '../../fields/format.ts';
import { ContactAvatar, MemberAvatar, MemberName } from '../../fields/person.tsx';
import { EntryPart } from '../../fields/record-middle.tsx';

export function TaskLineDone(props: {
  readonly task: Task;
  readonly record: AnyRecord;
  readonly when: string;
  readonly isLast: boolean;
}): JSX.Element {
  return (
    <div class="tl__item tl__item--minor" classList={{ 'is-last': props.isLast }}>
      <span class="tl__icon tl__icon--plain">
        <CircleCheck class="lucide--sm" />
      </span>
      <div>
        <div class="tl__head">
          <span class="tl__text">
            <Show when={props.task.doneBy}>
              {(by) => (
                <strong>
                  <MemberName memberId={by()} short />
                </strong>
              )}
            </Show>
            {props.task.doneBy ? 'did' : 'Done:'} <span class="fg">{props.task.title}</span>
          </span>
          <time>{props.when}</time>
        </div>
        <Show when={props.task.outcome}>
          <p class="fg-2 tl__body">{props.task.outcome}</p>
        </Show>
        <EntryPart record={props.record} entryId={props.task.id} />
      </div>
    </div>
  );
}

const FACES = 5;

export function AppointmentLine(props: {
  readonly appointment: Appointment;
  readonly record: AnyRecord;
  readonly when: string;
  readonly isLast: boolean;
}): JSX.Element {
  const count = () => props.appointment.guests.length + props.appointment.team.length;
  return (
    <div class="tl__item" classList={{ 'is-last': props.isLast }}>
      <span class="tl__icon">
        <CalendarDays class="lucide--sm" />
      </span>
      <div>
        <div class="tl__head">
          <span class="tl__text">
            <strong>{props.appointment.title}</strong>
            <Show when={props.appointment.place}>at {props.appointment.place}</Show>
            <Show when={count() > 0}>
              <span class="meta">{formatPlural(count(), 'person', 'people')}</span>
            </Show>
          </span>
          <time>{props.when}</time>
        </div>
        <Show when={count() > 0}>
          <div class="row row--6">
            <For each={props.appointment.team.slice(0, FACES)}>{(id) => <MemberAvatar memberId={id} size={18} />}</For>
            <For each={props.appointment.guests.slice(0, FACES)}>
              {(guest) => <ContactAvatar contactId={guest.contact} size={18} />}
            </For>
          </div>
        </Show>
        <Show when={props.appointment.notes}>
          <p class="fg-2 tl__body clamp-2">{props.appointment.notes}</p>
        </Show>
        <EntryPart record={props.record} entryId={props.appointment.id} />
      </div>
    </div>
  );
}
