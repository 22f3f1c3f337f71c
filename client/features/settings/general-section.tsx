/** What the workspace is called and what its sums are in. */
import { createSignal, type JSX, Show } from 'solid-js';
import { renameWorkspace } from '../../../shared/commands/workspace-commands.ts';
import { CURRENCIES, WORKSPACE_ID, workspace as workspaceEntity } from '../../../shared/entities/workspace.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { workspaceCurrency } from '../../fields/parse-hints.ts';
import { attempt } from '../../fields/record-edit.ts';
import { InlineField } from '../../ui/inline-field.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { Select, type SelectOption } from '../../ui/select.tsx';
import { SettingRow } from './setting-parts.tsx';
import styles from './settings.module.css';
import { TrashSetting } from './trash-setting.tsx';

const OPTIONS: readonly SelectOption[] = Object.entries(CURRENCIES).map(([code, name]) => ({
  value: code,
  label: `${name}, ${code}`,
}));

export function GeneralSection(): JSX.Element {
  const workspace = useWorkspace();
  const [refused, setRefused] = createSignal<string>();
  const name = () => workspace.collection('workspace').byId(WORKSPACE_ID)?.name ?? '';
  const currency = () => workspaceCurrency(workspace);
  /** A code that the menu does not offer is shown as it is. */
  const options = () =>
    Object.hasOwn(CURRENCIES, currency()) ? OPTIONS : [{ value: currency(), label: currency() }, ...OPTIONS];

  function rename(typed: string): string | undefined {
    const read = workspaceEntity.fields.name.parse(typed);
    if (!read.ok) return read.issue.message;
    return attempt(() => workspace.run('Workspace renamed', (tx) => renameWorkspace(tx, { name: read.value })));
  }
  const choose = (code: string) =>
    setRefused(
      attempt(() => workspace.run(`Currency is ${code} now`, (tx) => renameWorkspace(tx, { currency: code }))),
    );

  return (
    <>
      <div class={`box ${styles.first}`}>
        <SettingRow label="Workspace name" hint="On the sign-in page and in invitations.">
          <span class={styles.name}>
            <InlineField
              label="Workspace name"
              value={name()}
              text={name()}
              onCommit={rename}
              readOnly={!workspace.may('settings')}
              hideHints
            />
          </span>
        </SettingRow>
        <SettingRow
          label="Currency"
          hint="Sums show this one first and new deals start with it. Amounts keep the currency they have; nothing is converted."
        >
          <Show when={workspace.may('settings')} fallback={<span class="fg-2">{currency()}</span>}>
            <div class={styles.select}>
              <Select label="Currency" hideLabel options={options()} value={currency()} onChange={choose} />
            </div>
          </Show>
        </SettingRow>
      </div>
      <Refusal text={refused()} />
      <TrashSetting />
    </>
  );
}
