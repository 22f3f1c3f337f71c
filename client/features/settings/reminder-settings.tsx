/** How this person is reminded: whether this device notifies, quiet hours on all devices, whose birthdays. */
import { createSignal, type JSX, Match, Show, Switch as When } from 'solid-js';
import { setPreference } from '../../../shared/commands/reminder-commands.ts';
import {
  DATE_REMINDERS,
  type Preference,
  type preference,
  preferenceIdFor,
} from '../../../shared/entities/preference.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { askToNotify, type NotifyState, notifyState, setNotifyHere } from '../../platform/notifications.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import { SettingGroup, SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

const DATE_OPTIONS = Object.entries(DATE_REMINDERS).map(([value, label]) => ({ value, label }));
/** What quiet hours begin with when somebody switches them on. */
const USUAL = { quietFrom: '20:00', quietUntil: '07:30' };

const WORDS: Readonly<Record<NotifyState, string>> = {
  on: 'Reminders come as notifications, also without a connection, while Rapport is open or installed.',
  off: 'Reminders wait in the inbox; nothing pops up here.',
  'not asked': 'Your browser asks once whether Rapport may notify you.',
  blocked: 'Your browser blocks notifications of this page. Allow them in the settings beside its address.',
  impossible: 'This browser has no notifications. Reminders wait in the inbox.',
};

export function ReminderSettings(): JSX.Element {
  const workspace = useWorkspace();
  const [here, setHere] = createSignal(notifyState());
  const [refused, setRefused] = createSignal<string>();
  const choice = (): Preference | undefined =>
    workspace.collection('preference').byId(preferenceIdFor(workspace.me().memberId));
  const isQuiet = () => (choice()?.quietFrom ?? '') !== '';
  const change = (changes: Changes<typeof preference>) =>
    setRefused(attempt(() => workspace.run('How you are reminded changed', (tx) => setPreference(tx, changes))));
  function switchHere(on: boolean): void {
    setNotifyHere(on);
    setHere(notifyState());
  }
  return (
    <SettingGroup title="Reminders">
      <div class="box">
        <SettingRow label="Notify me on this device" hint={WORDS[here()]}>
          <When>
            <Match when={here() === 'not asked'}>
              <Button onClick={() => void askToNotify().then(setHere)}>Allow</Button>
            </Match>
            <Match when={here() === 'on' || here() === 'off'}>
              <Switch label="Notify me on this device" hideLabel checked={here() === 'on'} onChange={switchHere} />
            </Match>
          </When>
        </SettingRow>
        <Show when={workspace.canWrite()}>
          <SettingRow
            label="Quiet hours"
            hint="Nothing pops up then, on any of your devices. It is shown when they are over."
          >
            <Show when={isQuiet()}>
              <ClockInput
                label="Quiet from"
                value={choice()?.quietFrom ?? ''}
                onChange={(quietFrom) => change({ quietFrom })}
              />
              <span class="meta">to</span>
              <ClockInput
                label="Quiet until"
                value={choice()?.quietUntil ?? ''}
                onChange={(quietUntil) => change({ quietUntil })}
              />
            </Show>
            <Switch
              label="Quiet hours"
              hideLabel
              checked={isQuiet()}
              onChange={(on) => change(on ? USUAL : { quietFrom: '', quietUntil: '' })}
            />
          </SettingRow>
          <SettingRow label="Quiet at weekends">
            <Switch
              label="Quiet at weekends"
              hideLabel
              checked={choice()?.quietWeekends ?? false}
              onChange={(quietWeekends) => change({ quietWeekends })}
            />
          </SettingRow>
          <SettingRow label="Birthdays and important dates" hint="At nine on the day, every year.">
            <Select
              label="Birthdays and important dates"
              hideLabel
              options={DATE_OPTIONS}
              value={choice()?.dates ?? 'mine'}
              onChange={(dates) => change({ dates: dates as keyof typeof DATE_REMINDERS })}
            />
          </SettingRow>
        </Show>
      </div>
      <Refusal text={refused()} />
    </SettingGroup>
  );
}

function ClockInput(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (clock: string) => void;
}): JSX.Element {
  return (
    <input
      class={`input ${styles.clock}`}
      type="time"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => {
        // A half-typed time is empty: the one before stays.
        if (event.currentTarget.value !== '') props.onChange(event.currentTarget.value);
        else event.currentTarget.value = props.value;
      }}
    />
  );
}
