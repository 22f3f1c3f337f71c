/** The page of all records of an entity as a table: find, filter, sort, edit in place, act on many, add. */
import Merge from 'lucide-solid/icons/merge';
import SearchX from 'lucide-solid/icons/search-x';
import Upload from 'lucide-solid/icons/upload';
import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { isMergeable } from '../../shared/entities/mergeable.ts';
import { type EntityName, entities } from '../../shared/entities/registry.ts';
import { useWorkspace } from '../data/workspace.ts';
import { createHotkeys } from '../platform/hotkeys.ts';
import { Button } from '../ui/button.tsx';
import type { DataGridHandle } from '../ui/data-grid/data-grid.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import type { Icon } from '../ui/icon.ts';
import { backgroundComponent, lateComponent } from '../ui/late.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { ColumnChooser } from './column-chooser.tsx';
import { FilterBar } from './filter-bar.tsx';
import { formatCount, formatPlural } from './format.ts';
import { createListFilters, type DerivedFilter } from './list-filters.ts';
import { MemberAvatar } from './person.tsx';
import { PresenceStack } from './presence.tsx';
import { RecordGrid } from './record-grid.tsx';
import { createRecordList, type DerivedColumn } from './record-list.ts';

const MergeDialog = lateComponent(() => import('./merge/merge-dialog.tsx').then((module) => module.MergeDialog));
const SpaceSwitch = backgroundComponent(() => import('./spaces/space-switch.tsx').then((module) => module.SpaceSwitch));

const MOST_MERGED = 5;

export interface RecordListPageProps {
  readonly entity: EntityName;
  readonly icon: Icon;
  /** Fields and derived columns shown to somebody who has not chosen. */
  readonly columns: readonly string[];
  readonly derived: readonly DerivedColumn[];
  /** Fields that are the name column. */
  readonly nameFields: readonly string[];
  /** Fields one filters by. */
  readonly filters: readonly string[];
  /** What else one filters by. */
  readonly derivedFilters?: readonly DerivedFilter[];
  /** Second line of an entry on a narrow screen, and what stands before the owner at its end. */
  readonly mobileLine: (id: string) => JSX.Element;
  readonly mobileEnd: (id: string) => JSX.Element;
  /** What the words of the filter were looked for in: "Names, domains, industries and tags were searched." */
  readonly searched: string;
  /** What to do while there is none: "Import them from a file, or add the first one." */
  readonly whenNone: string;
  /** The button of the topbar that adds one, with its form. */
  readonly newRecord: (open: () => boolean, setOpen: (open: boolean) => void) => JSX.Element;
}

export function RecordListPage(props: RecordListPageProps): JSX.Element {
  const workspace = useWorkspace();
  const [adding, setAdding] = createSignal(false);
  const label = () => entities[props.entity].label.toLowerCase();
  const plural = () => entities[props.entity].plural;
  // An entity's page stays one; its columns and filters are made once.
  /* oxlint-disable solid/reactivity -- as above. */
  const filters = createListFilters(props.entity, props.filters, props.derivedFilters);
  const list = createRecordList({
    entity: props.entity,
    nameHeader: 'Name',
    columns: props.columns,
    leaveOut: props.nameFields,
    derived: props.derived,
    words: filters.words,
    where: filters.where,
  });
  /* oxlint-enable solid/reactivity */
  const [merging, setMerging] = createSignal<readonly string[]>();
  /** More do not fit side by side. */
  const canMerge = () => {
    const count = list.selectedIds().length;
    return workspace.canWrite() && isMergeable(props.entity) && count >= 2 && count <= MOST_MERGED;
  };
  const ownerOf = (id: string) => {
    const record = workspace.collection(props.entity).byId(id) as { readonly owner?: string | null } | undefined;
    return record?.owner ?? null;
  };

  let search: HTMLInputElement | undefined;
  let grid: DataGridHandle | undefined;
  createHotkeys(() => ({
    F: () => search?.focus(),
    ...(workspace.canWrite() ? { N: () => setAdding(true) } : {}),
  }));

  return (
    <>
      <header class="topbar">
        <Dynamic component={props.icon} class="fg-3" />
        <h1>{plural()}</h1>
        <span class="count fs-12">{formatCount(list.total())}</span>
        <SpaceSwitch as="chip" />
        <div class="push row">
          <PresenceStack />
          <Show when={workspace.canWrite()}>
            <a class="btn topbar__import" href="/import">
              <Upload />
              Import
            </a>
            {props.newRecord(adding, setAdding)}
          </Show>
        </div>
      </header>
      <FilterBar
        filters={filters}
        placeholder={`Find a ${label()}`}
        inputRef={(input) => {
          search = input;
        }}
        onPrepare={list.prepareFilter}
        onArrowDown={() => grid?.focus()}
      >
        <Show when={isMergeable(props.entity)}>
          <a class="btn btn--sm listbar__alike" href={`/${plural().toLowerCase()}/duplicates`}>
            <Merge />
            <span class="topbar__what">Duplicates</span>
          </a>
        </Show>
        <ColumnChooser list={list} />
      </FilterBar>
      <RecordGrid
        list={list}
        label={plural()}
        ref={(handle) => {
          grid = handle;
        }}
        mobileLine={props.mobileLine}
        mobileEnd={(id) => (
          <>
            {props.mobileEnd(id)}
            <MemberAvatar memberId={ownerOf(id)} size={22} />
          </>
        )}
        empty={
          <Switch>
            <Match when={list.total() > 0}>
              <EmptyState
                icon={SearchX}
                title={
                  filters.words().trim() ? `No ${label()} matches “${filters.words().trim()}”` : `No ${label()} matches`
                }
                text={props.searched}
                action={<Button onClick={() => filters.clear()}>Clear filters</Button>}
              />
            </Match>
            <Match when={workspace.isLoaded(entities[props.entity].room)}>
              <EmptyState
                icon={props.icon}
                title={`No ${plural().toLowerCase()} yet`}
                text={props.whenNone}
                action={
                  <Show when={workspace.canWrite()}>
                    <Button onClick={() => setAdding(true)}>Add a {label()}</Button>
                  </Show>
                }
              />
            </Match>
          </Switch>
        }
        footer={
          <>
            <span>{formatPlural(list.ids().length, label(), plural().toLowerCase())}</span>
            <Show when={filters.isActive()}>
              <span>of {formatCount(list.total())}</span>
            </Show>
            <Show when={list.selectedIds().length > 0}>
              <span>{formatCount(list.selectedIds().length)} selected</span>
            </Show>
          </>
        }
      />
      <BulkBar list={list}>
        <Show when={canMerge()}>
          <button type="button" class="bulkbar__btn" onClick={() => setMerging(list.selectedIds())}>
            <Merge />
            Merge
          </button>
        </Show>
      </BulkBar>
      <Show when={merging()} keyed>
        {(ids) => (
          <MergeDialog
            entity={props.entity}
            ids={ids}
            onClose={() => setMerging(undefined)}
            onMerged={() => {
              list.select(new Set());
              // The bar with the button the dialog came from is gone by then.
              requestAnimationFrame(() => grid?.focus());
            }}
          />
        )}
      </Show>
    </>
  );
}
