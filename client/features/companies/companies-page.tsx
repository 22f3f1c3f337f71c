/** All companies as a table, with the people and the open value of each. */
import Banknote from 'lucide-solid/icons/banknote';
import Building from 'lucide-solid/icons/building-complex';
import SearchX from 'lucide-solid/icons/search-x';
import Upload from 'lucide-solid/icons/upload';
import Users from 'lucide-solid/icons/users';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import type { Company } from '../../../shared/entities/company.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { BulkBar } from '../../fields/bulk-bar.tsx';
import { ColumnChooser } from '../../fields/column-chooser.tsx';
import { FilterBar } from '../../fields/filter-bar.tsx';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { createListFilters } from '../../fields/list-filters.ts';
import { createOpenSums } from '../../fields/open-deals.ts';
import { workspaceCurrency } from '../../fields/parse-hints.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { RecordGrid } from '../../fields/record-grid.tsx';
import { createRecordList } from '../../fields/record-list.ts';
import { SumsText } from '../../fields/sums-text.tsx';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import type { DataGridHandle } from '../../ui/data-grid/data-grid.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NewCompany } from './new-company.tsx';

const COLUMNS = ['domain', 'industry', 'people', 'openValue', 'owner', 'size', 'tags'];
const FILTERS = ['owner', 'industry', 'tags'];

export function CompaniesPage(): JSX.Element {
  const workspace = useWorkspace();
  const companies = workspace.collection('company');
  const [adding, setAdding] = createSignal(false);
  const filters = createListFilters('company', FILTERS);
  const openSums = createOpenSums((deal) => (deal.company === null ? [] : [deal.company]));
  const people = workspace.createQuery('contact', () => ({ groupBy: (contact) => contact.company ?? '' }));
  const currency = () => workspaceCurrency(workspace);
  const peopleOf = (id: string) => people.group(id).ids.length;
  const list = createRecordList({
    entity: 'company',
    nameHeader: 'Name',
    columns: COLUMNS,
    leaveOut: ['name'],
    derived: [
      {
        id: 'people',
        header: 'People',
        icon: Users,
        width: 92,
        align: 'end',
        cell: (id) => <span class="num">{peopleOf(id) === 0 ? '–' : formatCount(peopleOf(id))}</span>,
        sortKey: (record) => peopleOf(record.id) || null,
        dependsOn: ['contact'],
      },
      {
        id: 'openValue',
        header: 'Open value',
        icon: Banknote,
        width: 128,
        align: 'end',
        cell: (id) => <SumsText sums={openSums().get(id)} empty={<span class="empty-val">–</span>} />,
        sortKey: (record) => openSums().get(record.id)?.get(currency()) ?? null,
        dependsOn: ['deal', 'stage'],
      },
    ],
    words: filters.words,
    where: filters.where,
  });

  let search: HTMLInputElement | undefined;
  let grid: DataGridHandle | undefined;
  createHotkeys(() => ({
    F: () => search?.focus(),
    ...(workspace.canWrite() ? { N: () => setAdding(true) } : {}),
  }));

  return (
    <>
      <header class="topbar">
        <Building class="fg-3" />
        <h1>Companies</h1>
        <span class="count fs-12">{formatCount(list.total())}</span>
        <div class="push row">
          <Show when={workspace.canWrite()}>
            <a class="btn topbar__import" href="/import">
              <Upload />
              Import
            </a>
            <NewCompany open={adding()} onOpenChange={setAdding} />
          </Show>
        </div>
      </header>
      <FilterBar
        filters={filters}
        placeholder="Find a company"
        inputRef={(input) => {
          search = input;
        }}
        onPrepare={list.prepareFilter}
        onArrowDown={() => grid?.focus()}
      >
        <ColumnChooser list={list} />
      </FilterBar>
      <RecordGrid
        list={list}
        label="Companies"
        ref={(handle) => {
          grid = handle;
        }}
        mobileLine={(id) => <MobileLine company={companies.byId(id)} people={peopleOf(id)} />}
        mobileEnd={(id) => (
          <>
            <SumsText sums={openSums().get(id)} />
            <MemberAvatar memberId={companies.byId(id)?.owner ?? null} size={22} />
          </>
        )}
        empty={
          <Switch>
            <Match when={list.total() > 0}>
              <EmptyState
                icon={SearchX}
                title={filters.words().trim() ? `No company matches “${filters.words().trim()}”` : 'No company matches'}
                text="Names, domains, industries and tags were searched."
                action={<Button onClick={() => filters.clear()}>Clear filters</Button>}
              />
            </Match>
            <Match when={workspace.isLoaded('directory')}>
              <EmptyState
                icon={Building}
                title="No companies yet"
                text="Import them from a file, or add the first one."
                action={
                  <Show when={workspace.canWrite()}>
                    <Button onClick={() => setAdding(true)}>Add a company</Button>
                  </Show>
                }
              />
            </Match>
          </Switch>
        }
        footer={
          <>
            <span>{formatPlural(list.ids().length, 'company', 'companies')}</span>
            <Show when={filters.isActive()}>
              <span>of {formatCount(list.total())}</span>
            </Show>
            <Show when={list.selectedIds().length > 0}>
              <span>{formatCount(list.selectedIds().length)} selected</span>
            </Show>
          </>
        }
      />
      <BulkBar list={list} />
    </>
  );
}

function MobileLine(props: { readonly company: Company | undefined; readonly people: number }): JSX.Element {
  const text = () =>
    [
      props.company?.industry || props.company?.domain,
      props.people > 0 ? formatPlural(props.people, 'person', 'people') : '',
    ]
      .filter(Boolean)
      .join(', ');
  return <>{text()}</>;
}
