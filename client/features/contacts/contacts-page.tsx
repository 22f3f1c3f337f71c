/** All contacts as a table: find, filter, sort, edit in place, act on many. */
import Banknote from 'lucide-solid/icons/banknote';
import SearchX from 'lucide-solid/icons/search-x';
import Upload from 'lucide-solid/icons/upload';
import Users from 'lucide-solid/icons/users';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import type { Contact } from '../../../shared/entities/contact.ts';
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
import { NewContact } from './new-contact.tsx';

const COLUMNS = ['company', 'jobTitle', 'emails', 'lifecycle', 'owner', 'openValue', 'tags'];
const FILTERS = ['owner', 'lifecycle', 'tags', 'source'];

export function ContactsPage(): JSX.Element {
  const workspace = useWorkspace();
  const contacts = workspace.collection('contact');
  const [adding, setAdding] = createSignal(false);
  const filters = createListFilters('contact', FILTERS);
  const openSums = createOpenSums((deal) => deal.contacts.map((each) => each.contact));
  const currency = () => workspaceCurrency(workspace);
  const list = createRecordList({
    entity: 'contact',
    nameHeader: 'Name',
    columns: COLUMNS,
    // Parts of the name are the name column.
    leaveOut: ['prefix', 'firstName', 'middleName', 'lastName', 'suffix'],
    derived: [
      {
        id: 'openValue',
        header: 'Open value',
        icon: Banknote,
        width: 112,
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
        <Users class="fg-3" />
        <h1>Contacts</h1>
        <span class="count fs-12">{formatCount(list.total())}</span>
        <div class="push row">
          <Show when={workspace.canWrite()}>
            <a class="btn topbar__import" href="/import">
              <Upload />
              Import
            </a>
            <NewContact open={adding()} onOpenChange={setAdding} />
          </Show>
        </div>
      </header>
      <FilterBar
        filters={filters}
        placeholder="Find a contact"
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
        label="Contacts"
        ref={(handle) => {
          grid = handle;
        }}
        mobileLine={(id) => <MobileLine contact={contacts.byId(id)} />}
        mobileEnd={(id) => (
          <>
            <SumsText sums={openSums().get(id)} />
            <MemberAvatar memberId={contacts.byId(id)?.owner ?? null} size={22} />
          </>
        )}
        empty={
          <Switch>
            <Match when={list.total() > 0}>
              <EmptyState
                icon={SearchX}
                title={filters.words().trim() ? `No contact matches “${filters.words().trim()}”` : 'No contact matches'}
                text="Names, companies, emails, phones, titles and tags were searched."
                action={<Button onClick={() => filters.clear()}>Clear filters</Button>}
              />
            </Match>
            <Match when={workspace.isLoaded('directory')}>
              <EmptyState
                icon={Users}
                title="No contacts yet"
                text="Import your people from a file, or add the first one."
                action={
                  <Show when={workspace.canWrite()}>
                    <Button onClick={() => setAdding(true)}>Add a contact</Button>
                  </Show>
                }
              />
            </Match>
          </Switch>
        }
        footer={
          <>
            <span>{formatPlural(list.ids().length, 'contact', 'contacts')}</span>
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

/** Title and company; the e-mail address when neither is known. */
function MobileLine(props: { readonly contact: Contact | undefined }): JSX.Element {
  const workspace = useWorkspace();
  const text = () => {
    const company = workspace.collection('company').byId(props.contact?.company)?.name;
    const parts = [props.contact?.jobTitle, company].filter(Boolean);
    return parts.length > 0 ? parts.join(', ') : (props.contact?.emails[0]?.value ?? '');
  };
  return <>{text()}</>;
}
