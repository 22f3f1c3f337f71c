/** Who this person is to the team. The address to sign in with and the role are the server's and only shown. */
import type { JSX } from 'solid-js';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { member, ROLES } from '../../../shared/entities/member.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { attempt } from '../../fields/record-edit.ts';
import { InlineField } from '../../ui/inline-field.tsx';
import { SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';

export function ProfileSection(): JSX.Element {
  const workspace = useWorkspace();
  const me = () => workspace.me();
  const name = () => workspace.collection('member').byId(me().memberId)?.name || me().name;

  function rename(typed: string): string | undefined {
    const read = member.fields.name.parse(typed);
    if (!read.ok) return read.issue.message;
    const changes = { name: read.value };
    return attempt(() =>
      workspace.run('Your name changed', (tx) => editRecords(tx, { entity: member, ids: [me().memberId], changes })),
    );
  }

  return (
    <div class={`box ${styles.first}`}>
      <SettingRow label="Name" hint="On deals, notes and in the history.">
        <MemberAvatar memberId={me().memberId} size={28} decorative />
        <span class={styles.name}>
          <InlineField
            label="Name"
            value={name()}
            text={name()}
            onCommit={rename}
            readOnly={!workspace.canWrite()}
            hideHints
          />
        </span>
      </SettingRow>
      <SettingRow label="Email" hint="What you sign in with.">
        <span class="fg-2">{me().email}</span>
      </SettingRow>
      <SettingRow label="Role" hint="An owner can change what you may do.">
        <span class="fg-2">{ROLES[me().role]}</span>
      </SettingRow>
    </div>
  );
}
