/** Who this person is to the team. The address to sign in with and the role are the server's and only shown. */
import { createSignal, type JSX, Show } from 'solid-js';
import { member, ROLES } from '../../../shared/entities/member.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { announce } from '../../platform/announce.ts';
import { InlineField } from '../../ui/inline-field.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Switch } from '../../ui/switch.tsx';
import { ReminderSettings } from './reminder-settings.tsx';
import { renameMe } from './security-api.ts';
import { SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

export function ProfileSection(): JSX.Element {
  const workspace = useWorkspace();
  const me = () => workspace.me();
  const name = () => workspace.collection('member').byId(me().memberId)?.name || me().name;

  const [refused, setRefused] = createSignal<string>();

  /** The account's name is the server's, and the profile follows it: shown once both have changed. */
  function rename(typed: string): string | undefined {
    const read = member.fields.name.parse(typed);
    if (!read.ok) return read.issue.message;
    void renameMe(read.value).then((answer) => {
      setRefused(answer.ok ? undefined : answer.message);
      if (answer.ok) announce('Your name changed');
    });
    return undefined;
  }

  return (
    <>
      <div class={`box ${styles.first}`}>
        <SettingRow label="Name" hint="On deals, notes and in the history.">
          <MemberAvatar memberId={me().memberId} size={28} decorative />
          <span class={styles.name}>
            <InlineField label="Name" value={name()} text={name()} onCommit={rename} hideHints />
          </span>
        </SettingRow>
        <SettingRow label="Email" hint="What you sign in with.">
          <span class="fg-2">{me().email}</span>
        </SettingRow>
        <SettingRow label="Role" hint="An owner or an admin can change what you may do.">
          <span class="fg-2">{ROLES[me().role]}</span>
        </SettingRow>
      </div>
      <Show when={workspace.presence()}>
        {(presence) => (
          <div class="box">
            <SettingRow
              label="Work unseen"
              hint="Teammates do not see where you are or what you type. On this device only."
            >
              <Switch
                label="Work unseen"
                hideLabel
                checked={presence().isUnseen()}
                onChange={(isUnseen) => presence().setUnseen(isUnseen)}
              />
            </SettingRow>
          </div>
        )}
      </Show>
      <Refusal text={refused()} />
      <ReminderSettings />
    </>
  );
}
