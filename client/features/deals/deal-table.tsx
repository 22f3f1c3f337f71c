/** All deals of a pipeline as a table: the columns of every table, and what only deals have, weighted value and age. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import ColumnsIcon from 'lucide-solid/icons/columns-3';
import Scale from 'lucide-solid/icons/scale';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { Portal } from 'solid-js/web';
import { moveDeals } from '../../../shared/commands/deal-commands.ts';
import type { Deal } from '../../../shared/entities/deal.ts';
import { type Day, dayOfInstant, daysBetween } from '../../../shared/model/day.ts';
import { majorUnits } from '../../../shared/model/money.ts';
import type { Place } from '../../../shared/model/place-field.ts';
import { stagesOf, statusOf, weightedMinor } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { BulkBar, BulkMenu } from '../../fields/bulk-bar.tsx';
import { ColumnChooser } from '../../fields/column-chooser.tsx';
import { StageName, StageSign } from '../../fields/field-value.tsx';
import { formatCount, formatMinor, formatMoney, formatPlural, formatSums } from '../../fields/format.ts';
import { attempt, describeRecords } from '../../fields/record-edit.ts';
import { RecordGrid } from '../../fields/record-grid.tsx';
import { createRecordList, type DerivedColumn } from '../../fields/record-list.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { createMediaQuery, NARROW } from '../../ui/media-query.ts';
import { Picker } from '../../ui/picker.tsx';
import type { DealActions } from './deal-actions.ts';
import { type BoardScope, isInScope } from './deal-board-model.ts';
import { type CurrencyPlaces, leadingSum, wholeUnits } from './deal-sums.ts';
import { LostDialog } from './lost-dialog.tsx';

export function DealTable(props: {
  /** The pipeline's. */
  readonly name: string;
  readonly scope: BoardScope;
  readonly matches: (deal: Deal) => boolean;
  readonly isFiltered: boolean;
  readonly places: CurrencyPlaces;
  readonly currency: string;
  readonly today: Day;
  readonly onAdd: () => void;
  readonly actions: DealActions;
  /** Where the page has room for the table's own buttons. */
  readonly tools: HTMLElement | undefined;
}): JSX.Element {
  const workspace = useWorkspace();
  const deals = workspace.collection('deal');
  const isNarrow = createMediaQuery(NARROW);
  /** The deals of which is asked why they were lost. */
  const [losing, setLosing] = createSignal<readonly string[]>([]);
  const stageOf = (deal: Deal) => workspace.collection('stage').peek(deal.place[1]);
  const list = createRecordList({
    entity: 'deal',
    nameHeader: 'Deal',
    leaveOut: ['title'],
    include: ['place'],
    columns: ['place', 'amount', 'weighted', 'closesOn', 'owner', 'company', 'nextStep', 'age'],
    derived: dealColumns(),
    where: () => {
      const [scope, matches] = [props.scope, props.matches];
      return (record) => {
        const deal = record as unknown as Deal;
        return isInScope(deal, scope) && matches(deal);
      };
    },
  });

  function dealColumns(): readonly DerivedColumn[] {
    return [
      {
        id: 'weighted',
        header: 'Weighted',
        icon: Scale,
        width: 112,
        align: 'end',
        cell: (id) => <WeightedCell id={id} />,
        sortKey: (record) => weightedMajor(record as unknown as Deal),
        dependsOn: ['stage'],
      },
      {
        id: 'age',
        header: 'Age',
        icon: CalendarDays,
        width: 84,
        align: 'end',
        cell: (id) => <AgeCell id={id} today={props.today} />,
        sortKey: (record) => ageOf(record as unknown as Deal, props.today),
      },
    ];
  }
  function weightedMajor(deal: Deal): number | null {
    if (deal.amount === null) return null;
    return majorUnits({ minor: weightedMinor(deal, stageOf(deal)), currency: deal.amount.currency });
  }

  function asksWhyLost(id: string, [, stageId]: Place): boolean {
    const stages = workspace.collection('stage');
    const wasLost = statusOf(stages.peek(deals.peek(id)?.place[1] ?? '')) === 'lost';
    if (wasLost || statusOf(stages.peek(stageId)) !== 'lost') return false;
    setLosing([id]);
    return true;
  }

  /** A phone has room for one currency, and says of how many others there is something too. */
  function leadingWords(each: ReadonlyMap<string, number>): string {
    const { text, others } = leadingSum(each, props.currency);
    return others > 0 ? `${text} +${formatPlural(others, 'currency', 'currencies')}` : text;
  }

  /** Sums of the open deals among those shown. */
  const sums = createMemo(() => {
    let open = 0;
    const groups: (readonly number[])[] = [];
    for (const id of list.ids()) {
      const deal = deals.peek(id);
      if (!deal || statusOf(stageOf(deal)) !== 'open') continue;
      open++;
      groups.push(props.places.sumsOf(deal, stageOf(deal)));
    }
    return { open, ...props.places.read(addUp(groups)) };
  });

  return (
    <>
      <RecordGrid
        list={list}
        takesOver={(id, field, value) => field === 'place' && asksWhyLost(id, value as Place)}
        label={`Deals in ${props.name}`}
        mobileLine={(id) => <MobileLine id={id} />}
        mobileEnd={(id) => <ValueOf id={id} />}
        empty={
          <Show
            when={props.isFiltered}
            fallback={
              <EmptyState
                title={`No deals in ${props.name} yet`}
                text="The first one takes a line of typing."
                action={
                  <Show when={workspace.canWrite()}>
                    <Button onClick={() => props.onAdd()}>New deal</Button>
                  </Show>
                }
              />
            }
          >
            <EmptyState title="No deal fits the filters" text="Clear the filters above to see all of them." />
          </Show>
        }
        footer={
          <>
            <span>{formatPlural(list.ids().length, 'deal', 'deals')}</span>
            <span>{formatCount(sums().open)} open</span>
            <Show when={isNarrow()} fallback={<span>{formatSums(sums().total, props.currency)} total</span>}>
              <span>{leadingWords(sums().total)}</span>
            </Show>
            <span>{formatSums(sums().weighted, props.currency)} weighted</span>
          </>
        }
      />
      <Show when={props.tools}>
        {(place) => (
          <Portal mount={place()}>
            <ColumnChooser list={list} />
          </Portal>
        )}
      </Show>
      <BulkBar list={list}>
        <BulkMenu label="Stage" icon={ColumnsIcon}>
          {(close) => (
            <Picker
              label="Stage of the selected deals"
              options={stagesOf(workspace.collection('stage').all(), props.scope.pipelineId)}
              optionValue={(stage) => stage.id}
              optionLabel={(stage) => stage.name}
              optionLead={(stage) => <StageSign stageId={stage.id} />}
              isChosen={() => false}
              onPick={(stage) => {
                const ids = list.selectedIds();
                close();
                if (stage.type === 'lost') {
                  setLosing(ids);
                  return;
                }
                const label = `${describeRecords(workspace, 'deal', ids)} moved to ${stage.name}`;
                attempt(() => workspace.run(label, (tx) => moveDeals(tx, { ids, stageId: stage.id })));
              }}
            />
          )}
        </BulkMenu>
      </BulkBar>
      <Show when={losing().length > 0}>
        <LostDialog ids={losing()} onClose={() => setLosing([])} actions={props.actions} />
      </Show>
    </>
  );
}

/** Sums of numbers by place. */
function addUp(groups: readonly (readonly number[])[]): readonly number[] {
  const total: number[] = [];
  for (const group of groups) {
    for (const [place, value] of group.entries()) total[place] = (total[place] ?? 0) + value;
  }
  return total;
}

/** Days since a deal was opened; until it was closed, when it is. */
function ageOf(deal: Deal, today: Day): number | null {
  const from = deal.openedOn ?? (deal.createdAt === 0 ? null : dayOfInstant(deal.createdAt));
  return from === null ? null : Math.max(0, daysBetween(from, deal.closedOn ?? today));
}

function useDeal(id: () => string): () => Deal | undefined {
  const workspace = useWorkspace();
  return () => workspace.collection('deal').byId(id());
}

function WeightedCell(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const deal = useDeal(() => props.id);
  const text = () => {
    const found = deal();
    if (!found?.amount) return '';
    const stage = workspace.collection('stage').byId(found.place[1]);
    const { currency } = found.amount;
    return formatMinor(wholeUnits(weightedMinor(found, stage), currency), currency);
  };
  return (
    <Show when={text()} fallback={<span class="empty-val">–</span>}>
      <span class="num">{text()}</span>
    </Show>
  );
}

function AgeCell(props: { readonly id: string; readonly today: Day }): JSX.Element {
  const deal = useDeal(() => props.id);
  const days = () => {
    const found = deal();
    return found ? ageOf(found, props.today) : null;
  };
  return <span class="num fg-2">{days() === null ? '–' : `${formatCount(days() ?? 0)} d`}</span>;
}

function ValueOf(props: { readonly id: string }): JSX.Element {
  const deal = useDeal(() => props.id);
  const text = () => {
    const amount = deal()?.amount;
    return amount ? formatMoney(amount) : '';
  };
  return <span class="num fw-5">{text()}</span>;
}

function MobileLine(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const deal = useDeal(() => props.id);
  const company = () => workspace.collection('company').byId(deal()?.company)?.name;
  return (
    <span class="row row--6">
      <StageName stageId={deal()?.place[1] ?? ''} />
      <Show when={company()}>
        <span class="truncate">{company()}</span>
      </Show>
    </span>
  );
}
