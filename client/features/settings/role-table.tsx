/** What each role may do: the very table the server asks. */
import Check from 'lucide-solid/icons/check';
import Minus from 'lucide-solid/icons/minus';
import { For, type JSX, Show } from 'solid-js';
import { ROLES } from '../../../shared/entities/member.ts';
import { may, RIGHTS, type Right, ROLE_ORDER } from '../../../shared/model/rights.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';

export function RoleTable(): JSX.Element {
  const workspace = useWorkspace();
  return (
    <SettingGroup
      title="Roles"
      text="What each role may do. Your own name, password and devices are always yours to change."
    >
      <div class={`box ${styles.table}`}>
        <table class={`plain ${styles.roles}`}>
          <caption class="sr">What each role may do</caption>
          <thead>
            <tr>
              <th scope="col">Right</th>
              <For each={ROLE_ORDER}>
                {(role) => (
                  <th scope="col" class={styles.role} aria-current={role === workspace.me().role || undefined}>
                    {ROLES[role]}
                  </th>
                )}
              </For>
            </tr>
          </thead>
          <tbody>
            <For each={Object.keys(RIGHTS) as Right[]}>
              {(right) => (
                <tr>
                  <th scope="row">{RIGHTS[right].label}</th>
                  <For each={ROLE_ORDER}>
                    {(role) => (
                      <td>
                        <span class={styles.of} aria-hidden="true">
                          {ROLES[role]}
                        </span>
                        <Mark has={may(role, right)} />
                      </td>
                    )}
                  </For>
                </tr>
              )}
            </For>
          </tbody>
        </table>
      </div>
    </SettingGroup>
  );
}

function Mark(props: { readonly has: boolean }): JSX.Element {
  return (
    <Show
      when={props.has}
      fallback={
        <>
          <Minus class="fg-faint" aria-hidden="true" />
          <span class="sr">No</span>
        </>
      }
    >
      <Check class="fg-success" aria-hidden="true" />
      <span class="sr">Yes</span>
    </Show>
  );
}
