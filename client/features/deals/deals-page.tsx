/** The deals of one pipeline, as a board or as a table. What is looked at is in the address, so that it can be sent to somebody. */
import { useSearchParams } from '@solidjs/router';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import Sliders from 'lucide-solid/icons/sliders-horizontal';
import Kanban from 'lucide-solid/icons/square-kanban';
import Table from 'lucide-solid/icons/table';
import X from 'lucide-solid/icons/x';
import { type Accessor, createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { QueryGroup } from '../../../shared/query/live-query.ts';
import { sortedPipelines, stagesOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import { formatCount, formatSums } from '../../fields/format.ts';
import { workspaceCurrency } from '../../fields/parse-hints.ts';
import { PresenceStack } from '../../fields/presence.tsx';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { backgroundComponent, lateComponent } from '../../ui/late.tsx';
import { createMediaQuery, NARROW } from '../../ui/media-query.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { type Board, createBoard } from './board-context.tsx';
import { createDealActions } from './deal-actions.ts';
import { DealBoard } from './deal-board.tsx';
import {
  type BoardScope,
  type BoardView,
  boardColumns,
  boardQuery,
  filterColumns,
  NO_STAGE,
} from './deal-board-model.ts';
import { DealBulkBar } from './deal-bulk-bar.tsx';
import { dealFilter } from './deal-filter-model.ts';
import { DealFilters } from './deal-filters.tsx';
import { createCurrencyPlaces, shortSums } from './deal-sums.ts';
import styles from './deals.module.css';
import { type DealsAddress, isFiltered, readDealsAddress, writeDealsAddress } from './deals-url.ts';
import { settleDropped } from './drag.ts';

const SpaceSwitch = backgroundComponent(() =>
  import('../../fields/spaces/space-switch.tsx').then((module) => module.SpaceSwitch),
);
const DealTable = lateComponent(() => import('./deal-table.tsx').then((module) => module.DealTable));

/**
 * `whenEmpty` is shown while the workspace has neither deals nor contacts. That may be known only after somebody has begun
 * a deal on the board, on a device that is new here: `onAdd` tells of it.
 */
export function DealsPage(props: { readonly whenEmpty?: JSX.Element; readonly onAdd?: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const isEmpty = () =>
    workspace.collection('deal').count() === 0 &&
    workspace.isLoaded('directory') &&
    workspace.collection('contact').count() === 0;
  const pipelines = createMemo(() => sortedPipelines(workspace.collection('pipeline').all()));
  return (
    <Show when={!(isEmpty() && props.whenEmpty)} fallback={props.whenEmpty}>
      <Show
        when={pipelines().length > 0}
        fallback={
          <EmptyState
            icon={Kanban}
            title="No pipeline yet"
            text="A pipeline is the way your deals go. Settings has them."
            action={
              <a class="btn" href="/settings/pipelines">
                Open settings
              </a>
            }
          />
        }
      >
        <Deals onAdd={() => props.onAdd?.()} />
      </Show>
    </Show>
  );
}

function Deals(props: { readonly onAdd: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const [address, setAddress] = createDealsAddress();
  const today = createToday();
  const currency = () => workspaceCurrency(workspace);
  const [selected, select] = createSignal<ReadonlySet<string>>(new Set());
  const [refused, setRefused] = createSignal<string>();
  const [tools, setTools] = createSignal<HTMLElement>();
  const actions = createDealActions({ onRefused: setRefused });
  let find: HTMLInputElement | undefined;

  // Memos of their own: a letter typed into the filter changes the address, and must not sort the board anew.
  const wonPeriod = createMemo(() => address().won);
  const lostPeriod = createMemo(() => address().lost);
  const pipelines = createMemo(() => sortedPipelines(workspace.collection('pipeline').all()));
  const pipeline = createMemo(() => pipelines().find((each) => each.id === address().pipeline) ?? pipelines()[0]);
  const scope = createMemo(
    (): BoardScope => ({
      pipelineId: pipeline()?.id ?? '',
      isFirstPipeline: pipeline() === pipelines()[0],
      pipelineIds: new Set(pipelines().map((each) => each.id)),
    }),
  );
  const view = createMemo(
    (): BoardView => ({
      stages: stagesOf(workspace.collection('stage').all(), scope().pipelineId),
      wonPeriod: wonPeriod(),
      lostPeriod: lostPeriod(),
      today: today(),
    }),
  );
  const texts = workspace.search.index('deal');
  const matches = createMemo(() => {
    const hasWords = texts.matching(address().text);
    const isFound = (deal: Deal) => {
      const entry = texts.entry(deal.id);
      return entry !== undefined && hasWords?.(entry) === true;
    };
    return dealFilter(address(), hasWords && isFound);
  });
  const places = createMemo(() => createCurrencyPlaces(currency()));

  const query = workspace.createQuery('deal', () => boardQuery({ ...view(), ...scope(), places: places() }));
  const filtered = createMemo(() => {
    if (!isFiltered(address())) return null;
    const stages = new Map(view().stages.map((stage) => [stage.id as string, stage]));
    const { sumsOf } = places();
    const peek = workspace.collection('deal').peek;
    return filterColumns(query, peek, matches(), (deal) => sumsOf(deal, stages.get(deal.place[1])));
  });
  const columnOf = (key: string): QueryGroup => {
    const only = filtered();
    return only === null ? query.group(key) : (only.get(key) ?? EMPTY_COLUMN);
  };
  const hasStrays = createMemo(() => columnOf(NO_STAGE).ids.length > 0);
  const columns = createMemo(() => boardColumns(view(), hasStrays()));
  const openKeys = createMemo(() => columns().flatMap((column) => (column.status === 'open' ? [column.key] : [])));
  const openSums = createMemo(() => places().read(...openKeys().map((key) => columnOf(key).sums)));
  const openCount = createMemo(() => {
    let count = 0;
    for (const key of openKeys()) count += columnOf(key).ids.length;
    return count;
  });

  const isNarrow = createMediaQuery(NARROW);
  /** On a phone the board has the whole screen: the row of filters is there while it is wanted or narrows something. */
  const [isFinding, setFinding] = createSignal(false);
  const isSubbarHidden = () => isNarrow() && address().view === 'board' && !isFinding() && !isFiltered(address());
  function startFinding(): void {
    setFinding(true);
    find?.focus();
  }
  const options = (): readonly MenuItem[] => {
    const lost = lostOption(address(), setAddress);
    if (!isNarrow()) return [lost];
    const view = viewOption(address(), setAddress);
    if (address().view === 'table') return [view, { kind: 'separator' }, lost];
    const finding: MenuItem = isSubbarHidden()
      ? // The menu gives the focus back to its button first.
        { label: 'Find and filter deals', icon: Search, onSelect: () => setTimeout(startFinding, 30) }
      : {
          label: 'Clear and close the filters',
          icon: X,
          onSelect: () => {
            setFinding(false);
            setAddress({ text: '', owners: [], before: null });
          },
        };
    return [view, { kind: 'separator' }, finding, lost];
  };

  const inner = createBoard({
    today,
    columns,
    idsOf: (column) => columnOf(column).ids,
    sumsOf: (column) => places().read(columnOf(column).sums),
    currency,
    actions,
    isFiltered: () => isFiltered(address()),
    periods: address,
    options,
    setPeriod: (change) => setAddress(change),
    selected,
    select,
    onDropped: (carried, target) => settleDropped(board, carried, target),
  });
  const board: Board = {
    ...inner,
    addIn(column) {
      if (column !== null) props.onAdd();
      inner.addIn(column);
    },
  };

  function addDeal(): void {
    const first = columns().find((column) => column.status === 'open' && column.key !== NO_STAGE);
    if (!first) return;
    if (address().view === 'table') setAddress({ view: 'board' });
    board.addIn(first.key);
  }

  createHotkeys(() => ({
    F: startFinding,
    N: () => workspace.canWrite() && addDeal(),
    ...(selected().size > 0 ? { Escape: () => select(new Set<string>()) } : {}),
  }));

  return (
    <>
      <header class={`topbar ${styles.topbar}`}>
        <PipelineSwitcher
          name={pipeline()?.name ?? ''}
          items={[
            {
              kind: 'radio',
              label: 'Pipelines',
              value: pipeline()?.id ?? '',
              options: pipelines().map((each) => ({ value: each.id, label: each.name })),
              onChange: (id) => setAddress({ pipeline: id === pipelines()[0]?.id ? '' : id }),
            },
          ]}
        />
        <Show when={!isNarrow()}>
          <Segmented
            label="View"
            value={address().view}
            options={[
              { value: 'board', label: 'Board', icon: Kanban },
              { value: 'table', label: 'Table', icon: Table },
            ]}
            onChange={(next) => setAddress({ view: next })}
          />
        </Show>
        <SpaceSwitch as="chip" />
        <div class="push row">
          <PresenceStack />
          <Show when={!isNarrow() || address().view === 'table'}>
            <Menu
              placement="bottom-end"
              items={options()}
              trigger={(trigger) => (
                <button type="button" {...trigger} class="iconbtn" aria-label="Board options" title="Board options">
                  <Show when={isNarrow()} fallback={<Ellipsis />}>
                    <Sliders />
                  </Show>
                </button>
              )}
            />
          </Show>
          <Show when={workspace.canWrite()}>
            <Button variant="primary" icon={Plus} keys="N" class={styles.newDeal} onClick={addDeal}>
              New deal
            </Button>
          </Show>
        </div>
      </header>
      <div class={`subbar ${styles.subbar}`} role="search" aria-label="Filter deals" hidden={isSubbarHidden()}>
        <DealFilters
          address={address()}
          onChange={(change) => setAddress(change, { replace: true })}
          today={today()}
          findRef={(input) => {
            find = input;
          }}
        />
        <span class={`push ${styles.tools}`} ref={setTools} />
        <p
          class={`meta ${styles.counts}`}
          hidden={address().view === 'table'}
          title={`Total ${formatSums(openSums().total, currency())}\nWeighted ${formatSums(openSums().weighted, currency())}`}
        >
          <span class="fg-2 fw-5">{formatCount(openCount())} open</span>
          <span aria-hidden="true"> · </span>
          {shortSums(openSums().total, currency())} total
          <span aria-hidden="true"> · </span>
          <span class="fg-2 fw-5">{shortSums(openSums().weighted, currency())} weighted</span>
        </p>
      </div>
      <Show when={refused()}>
        {(sentence) => (
          <div class="banner" role="alert">
            <span>{sentence()}</span>
            <button type="button" class="link push" onClick={() => setRefused(undefined)}>
              Dismiss
            </button>
          </div>
        )}
      </Show>
      <div class={styles.body}>
        <Show
          when={address().view === 'board'}
          fallback={
            <DealTable
              name={pipeline()?.name ?? ''}
              scope={scope()}
              matches={matches()}
              isFiltered={isFiltered(address())}
              places={places()}
              currency={currency()}
              today={today()}
              onAdd={addDeal}
              actions={actions}
              tools={tools()}
            />
          }
        >
          <DealBoard board={board} label={`${pipeline()?.name ?? ''} pipeline`} />
          <DealBulkBar
            ids={[...selected()]}
            actions={actions}
            scope={scope()}
            onLose={board.lose}
            onClear={() => select(new Set<string>())}
          />
        </Show>
      </div>
    </>
  );
}

const EMPTY_COLUMN: QueryGroup = { ids: [], sums: [] };

type SetAddress = (change: Partial<DealsAddress>, how?: { readonly replace?: boolean }) => void;

/** The page's address as values; a change writes only the parameters it is about. */
function createDealsAddress(): [Accessor<DealsAddress>, SetAddress] {
  const [params, setParams] = useSearchParams();
  const address = createMemo(() => readDealsAddress({ ...params }));
  return [address, (change, how) => setParams(writeDealsAddress(change), { replace: how?.replace, scroll: false })];
}

function lostOption(address: DealsAddress, setAddress: SetAddress): MenuItem {
  return {
    kind: 'check',
    label: 'Show lost deals',
    checked: address.lost !== null,
    onChange: (checked) => setAddress({ lost: checked ? 'month' : null }),
  };
}

/** On a phone the choice between board and table has no room of its own. */
function viewOption(address: DealsAddress, setAddress: SetAddress): MenuItem {
  return {
    kind: 'radio',
    label: 'View',
    value: address.view,
    options: [
      { value: 'board', label: 'Board' },
      { value: 'table', label: 'Table' },
    ],
    onChange: (view) => setAddress({ view: view === 'table' ? 'table' : 'board' }),
  };
}

function PipelineSwitcher(props: { readonly name: string; readonly items: readonly MenuItem[] }): JSX.Element {
  return (
    <h1>
      <Menu
        items={props.items}
        trigger={(trigger) => (
          <button type="button" {...trigger} class={styles.switcher} aria-label={`Pipeline: ${props.name}`}>
            <Kanban />
            <span class="truncate">{props.name}</span>
            <ChevronDown class="lucide--sm" />
          </button>
        )}
      />
    </h1>
  );
}
