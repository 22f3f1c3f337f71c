/** An appointment with everything about it: what, from when until when and by which clocks, where, with whom, how often. */
import '../fields.css';
import '../tasks/tasks.css';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import {
  addAppointment,
  cancelAppointment,
  defaultEnd,
  editAppointment,
  moveAppointment,
  occurrenceOn,
  reinstateAppointment,
  removeAppointment,
} from '../../../shared/commands/appointment-commands.ts';
import { type Appointment, appointment } from '../../../shared/entities/appointment.ts';
import type { Day } from '../../../shared/model/day.ts';
import { onDay, type When, whenDay, whenTime, whenZone } from '../../../shared/model/when.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/dialog-form.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { lineText } from '../line-text.ts';
import { parseHints } from '../parse-hints.ts';
import { attempt } from '../record-edit.ts';
import { LinkedRecords, ReminderChoice } from '../tasks/form-parts.tsx';
import { createRepeatDraft, RepeatChoice, RepeatEndChoice } from '../tasks/repeat-choice.tsx';
import { GuestAnswers, NOT_ANSWERED } from './guest-answers.tsx';
import { downloadAppointment } from './save-ics.ts';
import { readZone } from './zone-text.ts';

/** What the form begins with: an appointment to change (and which day of a repetition), or what is known of a new one. */
export interface AppointmentDraft {
  readonly edit?: Appointment;
  readonly occurrence?: Day | null;
  readonly start?: When;
  readonly end?: When;
  readonly about?: readonly string[];
  readonly guests?: readonly string[];
}

export function AppointmentForm(props: {
  readonly draft: AppointmentDraft;
  readonly onClose: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  // Taken over once: from here on the form is what the person works on.
  // oxlint-disable-next-line solid/reactivity
  const draft = props.draft;
  const { edit } = draft;
  const occurrence = edit && edit.repeats !== '' ? (draft.occurrence ?? null) : null;
  const { start: firstStart, end: firstEnd } =
    edit && occurrence !== null ? occurrenceOn(edit, occurrence) : { start: edit?.start, end: edit?.end };
  const startAtFirst = firstStart ?? draft.start ?? null;
  const endAtFirst = firstEnd ?? draft.end ?? (startAtFirst && defaultEnd(startAtFirst));
  const { timeZone: here } = Intl.DateTimeFormat().resolvedOptions();
  const line = (when: When | null) =>
    lineText(appointment.fields.start)?.toLine(when, appointment.fields.start, {}) ?? '';

  const [title, setTitle] = createSignal(edit?.title ?? '');
  const [isWholeDay, setWholeDay] = createSignal(startAtFirst !== null && whenTime(startAtFirst) === null);
  const [start, setStart] = createSignal(line(startAtFirst));
  const [end, setEnd] = createSignal(endLine(startAtFirst, endAtFirst));
  const zoneAtFirst = (startAtFirst && whenZone(startAtFirst)) ?? here;
  const [zone, setZone] = createSignal(zoneAtFirst);
  const [asksZone, setAsksZone] = createSignal(zoneAtFirst !== here);
  let zoneBox: HTMLInputElement | undefined;
  const [place, setPlace] = createSignal(edit?.place ?? '');
  const [guests, setGuests] = createSignal<readonly string[]>(
    edit?.guests.map((guest) => guest.contact) ?? draft.guests ?? [],
  );
  const [answers, setAnswers] = createSignal<ReadonlyMap<string, string>>(
    new Map(edit?.guests.map((guest) => [guest.contact, guest.role])),
  );
  const [team, setTeam] = createSignal<readonly string[]>(edit?.team ?? []);
  const [about, setAbout] = createSignal<readonly string[]>(edit?.about ?? draft.about ?? []);
  const [reminders, setReminders] = createSignal<readonly string[]>(edit?.reminders ?? []);
  const [notes, setNotes] = createSignal(edit?.notes ?? '');
  const [which, setWhich] = createSignal<'one' | 'all'>(occurrence === null ? 'all' : 'one');
  const [tried, setTried] = createSignal(false);
  const [refused, setRefused] = createSignal<string>();

  /** "15:30" alone when it ends on the day it begins. */
  function endLine(from: When | null, until: When | null): string {
    if (until === null) return '';
    const isSameDay = from !== null && whenDay(from) === whenDay(until);
    return isSameDay && whenTime(until) !== null ? (whenTime(until) ?? '') : line(until);
  }

  const read = createMemo(() => {
    const named = readZone(zone());
    const hints = { ...parseHints(workspace), zone: named ?? here };
    const from = appointment.fields.start.parse(start(), hints);
    const began = from.ok && from.value !== null ? whenDay(from.value) : hints.today;
    const until = appointment.fields.end.parse(end(), { ...hints, ...(began ? { today: began } : {}) });
    return { title: appointment.fields.title.parse(title()), start: from, end: until, zone: named };
  });
  const repeat = createRepeatDraft(edit?.repeats ?? '', {
    // A rule is counted from the first of all times, not from the one that was opened.
    first: () => {
      const { start: from } = read();
      return occurrence === null ? (from.ok ? from.value : null) : (edit?.start ?? null);
    },
    hints: () => parseHints(workspace),
  });
  const errorOf = (name: 'title' | 'start' | 'end') => {
    const result = read()[name];
    if (!tried()) return undefined;
    if (!result.ok) return result.issue.message;
    return name === 'start' && result.value === null
      ? 'An appointment needs a start: a day, or a day and a time.'
      : undefined;
  };
  const zoneError = () => (read().zone === null ? 'No such time zone. Type a city, like Oslo or New York.' : undefined);
  /** In the zone chosen; whole days have none. */
  const asChosen = (when: When): When => {
    const day = whenDay(when);
    const time = whenTime(when);
    return isWholeDay() || time === null ? day : `${day}T${time}[${read().zone ?? here}]`;
  };

  function submit(): void {
    setTried(true);
    const { title: name, start: from, end: until, zone: named } = read();
    const rule = which() === 'all' ? repeat.rule() : '';
    if (!name.ok || !from.ok || !until.ok || from.value === null || named === null || rule === null) return;
    const times = { start: asChosen(from.value), end: until.value === null ? null : asChosen(until.value) };
    const values = {
      title: name.value,
      place: place(),
      guests: guests().map((contact) => ({ contact, role: answers().get(contact) ?? NOT_ANSWERED })),
      team: team(),
      about: about(),
      reminders: reminders(),
      notes: notes(),
    };
    const onlyThis = which() === 'one' ? occurrence : null;
    const isMoved = times.start !== startAtFirst || (times.end ?? defaultEnd(times.start)) !== endAtFirst;
    const sentence = attempt(() => {
      if (!edit) {
        workspace.run(`${values.title} added`, (tx) => addAppointment(tx, { ...values, ...times, repeats: rule }));
        return;
      }
      workspace.run(`${values.title} changed`, (tx) => {
        const { id } = edit;
        if (onlyThis !== null) {
          editAppointment(tx, { id, only: onlyThis, changes: { ...values, ...(isMoved ? times : {}) } });
          return;
        }
        // Moved first: it moves the weekdays of the old rule, which a newly chosen one then replaces.
        if (isMoved) {
          moveAppointment(tx, { id, from: occurrence, start: times.start, end: times.end ?? defaultEnd(times.start) });
        }
        const isNewRule = rule !== edit.repeats;
        editAppointment(tx, { id, changes: { ...values, ...(isNewRule ? { repeats: rule } : {}) } });
      });
    });
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }

  function settle(act: 'off' | 'on' | 'away'): void {
    if (!edit) return;
    const only = which() === 'one' ? occurrence : null;
    const { id } = edit;
    const sentence = attempt(() => {
      if (act === 'off') workspace.run(`${edit.title} called off`, (tx) => cancelAppointment(tx, { id, only }));
      else if (act === 'on') workspace.run(`${edit.title} takes place`, (tx) => reinstateAppointment(tx, { id }));
      else workspace.run(`${edit.title} deleted`, (tx) => removeAppointment(tx, { id, only }));
    });
    setRefused(sentence);
    if (sentence === undefined) props.onClose();
  }

  return (
    <Dialog
      open
      onOpenChange={(open) => !open && props.onClose()}
      title={edit ? (edit.cancelled ? 'Appointment, called off' : 'Appointment') : 'New appointment'}
      width={560}
      actions={
        <>
          <Show when={edit}>
            {(record) => (
              <span class="row row--4" style={{ 'margin-inline-end': 'auto' }}>
                <Show when={workspace.canWrite()}>
                  <Button variant="quiet" onClick={() => settle('away')}>
                    Delete
                  </Button>
                  <Show
                    when={!record().cancelled}
                    fallback={
                      <Button variant="quiet" onClick={() => settle('on')}>
                        Takes place after all
                      </Button>
                    }
                  >
                    <Button variant="quiet" onClick={() => settle('off')}>
                      Call off
                    </Button>
                  </Show>
                </Show>
                <Button variant="quiet" onClick={() => void downloadAppointment(workspace, record())}>
                  Save as .ics
                </Button>
              </span>
            )}
          </Show>
          <Button variant="quiet" onClick={() => props.onClose()}>
            {workspace.canWrite() ? 'Cancel' : 'Close'}
          </Button>
          <Show when={workspace.canWrite()}>
            <Button variant="primary" onClick={submit} keys="Mod+Enter">
              {edit ? 'Save' : 'Add'}
            </Button>
          </Show>
        </>
      }
    >
      <DialogForm onSubmit={submit} refused={refused()}>
        <fieldset class="dialogform apptform" disabled={!workspace.canWrite()}>
          <Show when={occurrence !== null}>
            <Segmented
              label="What to change"
              value={which()}
              options={[
                { value: 'one', label: 'Only this one' },
                { value: 'all', label: 'All of them' },
              ]}
              onChange={setWhich}
            />
          </Show>
          <TextField label="What" value={title()} onInput={setTitle} error={errorOf('title')} autofocus />
          <div class="taskform__pair">
            <TextField
              label="Starts"
              value={start()}
              onInput={setStart}
              error={errorOf('start')}
              placeholder={isWholeDay() ? 'Tomorrow, or 24 Nov' : 'Tomorrow 10:00'}
              autocomplete="off"
            />
            <TextField
              label="Ends"
              value={end()}
              onInput={setEnd}
              error={errorOf('end')}
              placeholder={isWholeDay() ? 'The same day' : '11:00, or after an hour'}
              autocomplete="off"
            />
          </div>
          <div class="apptform__line">
            <Checkbox label="All day" checked={isWholeDay()} onChange={toggleWholeDay} />
            <Show when={!isWholeDay() && !asksZone()}>
              <Button
                size="sm"
                variant="quiet"
                onClick={() => {
                  setAsksZone(true);
                  zoneBox?.focus();
                }}
              >
                {zone().replaceAll('_', ' ')} time
              </Button>
            </Show>
          </div>
          <Show when={!isWholeDay() && asksZone()}>
            <TextField
              ref={(box) => {
                zoneBox = box;
              }}
              label="Time zone"
              value={zone()}
              onInput={setZone}
              error={zoneError()}
              hint="The time stays the same on the clocks there, also when they change."
              autocomplete="off"
            />
          </Show>
          <TextField label="Place" value={place()} onInput={setPlace} placeholder="Address, room or link" />
          <LinkedRecords
            label="Guests"
            target="contact"
            addLabel="Add a guest"
            pickerLabel="Contacts"
            value={guests()}
            onChange={setGuests}
          />
          <Show when={guests().length > 0}>
            <GuestAnswers
              guests={guests()}
              answers={answers()}
              onChange={(id, answer) => setAnswers(new Map([...answers(), [id, answer]]))}
            />
          </Show>
          <LinkedRecords
            label="Team"
            target="member"
            addLabel="Add a teammate"
            pickerLabel="Teammates"
            value={team()}
            onChange={setTeam}
          />
          <LinkedRecords label="About" value={about()} onChange={setAbout} />
          <Show when={which() === 'all'}>
            <RepeatChoice draft={repeat} />
            <RepeatEndChoice draft={repeat} tried={tried()} />
          </Show>
          <ReminderChoice value={reminders()} onChange={setReminders} />
          <TextArea label="Notes" value={notes()} onInput={setNotes} />
        </fieldset>
      </DialogForm>
    </Dialog>
  );

  /** The times that were there come back when the box is cleared again. */
  function toggleWholeDay(on: boolean): void {
    const { start: from, end: until } = read();
    setWholeDay(on);
    const [day, last] = [from.ok ? from.value : null, until.ok ? until.value : null];
    if (on) {
      if (day !== null) setStart(line(whenDay(day)));
      if (last !== null) setEnd(line(whenDay(last)));
    } else if (day !== null && whenTime(day) === null) {
      const again = `${whenDay(day)}T${(startAtFirst && whenTime(startAtFirst)) ?? '09:00'}[${here}]`;
      setStart(line(again));
      setEnd(endLine(again, defaultEnd(again)));
    }
  }
}

/** The next full hour of a day; 9:00 on any day but today. */
export function nextHour(day: Day, today: Day, now: Date): When {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const hour = day === today ? Math.min(23, now.getHours() + 1) : 9;
  return onDay(`${day}T${String(hour).padStart(2, '0')}:00[${timeZone}]`, day);
}
