/** The coming appointments with a contact, company or deal, and ways to add one: a form, or a calendar file. One that is dropped on the page goes where all files go, to the record's files. */
import CalendarPlus from 'lucide-solid/icons/calendar-plus';
import FileUp from 'lucide-solid/icons/file-up';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { addDays } from '../../../shared/model/day.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import { appointmentItems, byTime, type CalendarItem } from '../../../shared/query/calendar-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { type AppointmentDraft, AppointmentForm, nextHour } from '../../fields/appointments/appointment-form.tsx';
import { IcsDrop } from '../../fields/appointments/ics-drop.tsx';
import { createToday } from '../../fields/create-today.ts';
import { formatDay, formatTime } from '../../fields/format.ts';
import { RecordSection } from '../../fields/record-panels.tsx';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { IconButton } from '../../ui/icon-button.tsx';

/** A yearly one is found, too. */
const DAYS_AHEAD = 366;
const MOST_SHOWN = 4;

export function RecordAppointments(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const [draft, setDraft] = createSignal<AppointmentDraft>();
  let chooseFile: (() => void) | undefined;
  /** The next time of each. */
  const coming = createMemo(() =>
    workspace.about
      .appointments(props.record.id)
      .flatMap((id) => {
        const record = workspace.collection('appointment').byId(id);
        if (!record || record.cancelled) return [];
        return appointmentItems(record, [today(), addDays(today(), DAYS_AHEAD)], zone).slice(0, 1);
      })
      .sort((left, right) =>
        left.firstDay === right.firstDay ? byTime(left, right) : left.firstDay < right.firstDay ? -1 : 1,
      ),
  );
  const add = () => {
    const { id } = props.record;
    const isPerson = entityNameOf(id) === 'contact';
    setDraft({
      start: nextHour(addDays(today(), 1), today(), new Date()),
      about: [id],
      ...(isPerson ? { guests: [id] } : {}),
    });
  };
  function open({ id, occurrence }: CalendarItem): void {
    const edit = workspace.collection('appointment').peek(id);
    if (edit) setDraft({ edit, occurrence });
  }
  const words = (item: CalendarItem) => {
    const day = formatDay(item.firstDay < today() ? today() : item.firstDay, today());
    return item.isWholeDay ? day : `${day}, ${formatTime(item.from)}`;
  };
  return (
    <IcsDrop
      choiceOnly
      about={[props.record.id]}
      chooser={(choose) => {
        chooseFile = choose;
      }}
    >
      <RecordSection
        title="Appointments"
        count={coming().length || undefined}
        aside={
          <Show when={workspace.canWrite()}>
            <span class="row row--4">
              <IconButton
                size="sm"
                icon={FileUp}
                label="Add from a calendar file (.ics)"
                onClick={() => chooseFile?.()}
              />
              <IconButton size="sm" icon={CalendarPlus} label="Add an appointment" onClick={add} />
            </span>
          </Show>
        }
      >
        <Show when={coming().length > 0} fallback={<p class="fg-3">None to come.</p>}>
          <ul class="tasklines">
            <For each={coming().slice(0, MOST_SHOWN)}>
              {(item) => (
                <li class="taskline">
                  <button type="button" class="fu__title truncate grow" title={item.title} onClick={() => open(item)}>
                    {item.title}
                  </button>
                  <span class="due fu__due">{words(item)}</span>
                </li>
              )}
            </For>
          </ul>
        </Show>
      </RecordSection>
      <Show when={draft()} keyed>
        {(shown) => <AppointmentForm draft={shown} onClose={() => setDraft(undefined)} />}
      </Show>
    </IcsDrop>
  );
}
