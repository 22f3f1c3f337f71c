/** In from other programs, out to spreadsheets. */
import Building from 'lucide-solid/icons/building-complex';
import FileUp from 'lucide-solid/icons/file-up';
import Kanban from 'lucide-solid/icons/square-kanban';
import Users from 'lucide-solid/icons/users-round';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { WORKSPACE_ID } from '../../../shared/entities/workspace.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { download, fileName } from '../../platform/download.ts';
import { Button } from '../../ui/button.tsx';
import type { Icon } from '../../ui/icon.ts';
import { type Exported, recordsAsCsv } from './export-records.ts';
import { SettingGroup, SettingRow } from './setting-parts.tsx';

const EXPORTS: readonly {
  readonly name: Exported;
  readonly label: string;
  readonly one: string;
  readonly many: string;
  readonly icon: Icon;
}[] = [
  { name: 'contact', label: 'Contacts', one: 'contact', many: 'contacts', icon: Users },
  { name: 'company', label: 'Companies', one: 'company', many: 'companies', icon: Building },
  { name: 'deal', label: 'Deals', one: 'deal', many: 'deals', icon: Kanban },
];

export function DataSection(): JSX.Element {
  const workspace = useWorkspace();
  const [note, setNote] = createSignal('');

  function save(name: Exported, label: string): void {
    const workspaceName = workspace.collection('workspace').peek(WORKSPACE_ID)?.name ?? 'Rapport';
    const file = fileName([workspaceName, label.toLowerCase(), dayOfInstant(Date.now())], 'csv');
    download(file, new Blob([recordsAsCsv(workspace, name)], { type: 'text/csv;charset=utf-8' }));
    setNote(`${file} is in your downloads.`);
  }

  return (
    <>
      <Show when={workspace.canWrite()}>
        <SettingGroup title="Import">
          <div class="box">
            <SettingRow
              icon={FileUp}
              label="Bring in a spreadsheet"
              hint="Contacts, companies and deals from CSV files. Files are read on this device, and the whole import can be undone."
            >
              <a class="btn btn--sm" href="/import">
                Import
              </a>
            </SettingRow>
          </div>
        </SettingGroup>
      </Show>
      <SettingGroup title="Export" text="CSV files that open in any spreadsheet and import back unchanged.">
        <div class="box">
          <For each={EXPORTS}>
            {(each) => (
              <SettingRow
                icon={each.icon}
                label={each.label}
                hint={formatPlural(workspace.collection(each.name).count(), each.one, each.many)}
              >
                <Button
                  size="sm"
                  aria-label={`Export ${each.many} as CSV`}
                  disabled={workspace.collection(each.name).count() === 0}
                  onClick={() => save(each.name, each.label)}
                >
                  Export CSV
                </Button>
              </SettingRow>
            )}
          </For>
        </div>
        <p class="set__note" role="status">
          {note()}
        </p>
      </SettingGroup>
    </>
  );
}
