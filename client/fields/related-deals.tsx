/** The deals of a contact or company in the panel of related records: open ones as cards, closed ones as lines. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { Deal } from '../../shared/entities/deal.ts';
import { type Day, daysBetween } from '../../shared/model/day.ts';
import { statusOf } from '../../shared/query/pipeline-view.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { StageSign } from './field-value.tsx';
import { formatDay, formatMoney, formatPlural, formatSums } from './format.ts';
import { workspaceCurrency } from './parse-hints.ts';
import { RecordSection } from './record-panels.tsx';
import { currentDay, recordHref } from './reference.ts';

/** A live list of the deals that a contact or company takes part in; newest closing day first. */
export function createDealList(recordId: () => string): () => readonly Deal[] {
  const workspace = useWorkspace();
  const deals = workspace.collection('deal');
  // From the index: looking through all deals for each record that is opened would not fit into a frame.
  const list = createMemo(() =>
    workspace.about
      .deals(recordId())
      .flatMap((id) => deals.peek(id) ?? [])
      .sort(newestClosingFirst),
  );
  return list;
}

function newestClosingFirst(left: Deal, right: Deal): number {
  const [a, b] = [left.closedOn ?? left.closesOn ?? '', right.closedOn ?? right.closesOn ?? ''];
  return a === b ? (left.id < right.id ? -1 : 1) : a < b ? 1 : -1;
}

/** Sums of open deals by currency; tracks the stages. */
function openSums(workspace: Workspace, deals: readonly Deal[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const deal of deals) {
    if (deal.amount === null || !isOpen(workspace, deal)) continue;
    sums.set(deal.amount.currency, (sums.get(deal.amount.currency) ?? 0) + deal.amount.minor);
  }
  return sums;
}

function isOpen(workspace: Workspace, deal: Deal): boolean {
  return statusOf(workspace.collection('stage').byIdInTrash(deal.place[1])) === 'open';
}

const SHOWN = 8;

export function RelatedDeals(props: { readonly deals: readonly Deal[] }): JSX.Element {
  const workspace = useWorkspace();
  const [all, setAll] = createSignal(false);
  const parts = createMemo(() => {
    const open = props.deals.filter((deal) => isOpen(workspace, deal));
    const closed = props.deals.filter((deal) => !isOpen(workspace, deal));
    return { open, closed };
  });
  const limit = () => (all() ? props.deals.length : SHOWN);
  const sum = () => formatSums(openSums(workspace, parts().open), workspaceCurrency(workspace));
  return (
    <RecordSection title="Deals" count={props.deals.length} aside={<Show when={sum()}>{sum()} open</Show>}>
      <Show when={props.deals.length > 0} fallback={<p class="fg-3">No deals yet.</p>}>
        <For each={parts().open.slice(0, limit())}>{(deal) => <DealCard deal={deal} />}</For>
        <div class="related__closed">
          <For each={parts().closed.slice(0, limit())}>{(deal) => <DealLine deal={deal} />}</For>
        </div>
        <Show when={!all() && Math.max(parts().open.length, parts().closed.length) > SHOWN}>
          <button type="button" class="link related__more" onClick={() => setAll(true)}>
            Show all {props.deals.length} deals
          </button>
        </Show>
      </Show>
    </RecordSection>
  );
}

function DealCard(props: { readonly deal: Deal }): JSX.Element {
  const workspace = useWorkspace();
  const stage = () => workspace.collection('stage').byIdInTrash(props.deal.place[1])?.name;
  return (
    <a class="minicard" href={recordHref(props.deal.id)}>
      <span class="row row--6">
        <StageSign stageId={props.deal.place[1]} label={stage()} />
        <span class="truncate fw-5" title={props.deal.title}>
          {props.deal.title}
        </span>
      </span>
      <span class="row">
        <span class="num fw-6">{props.deal.amount ? formatMoney(props.deal.amount) : '–'}</span>
        <Show when={props.deal.closesOn}>{(day) => <ClosingDay day={day()} today={currentDay()} />}</Show>
      </span>
    </a>
  );
}

/** A day that has passed says by how much, as on the deal's own page. */
function ClosingDay(props: { readonly day: Day; readonly today: Day }): JSX.Element {
  const late = () => daysBetween(props.day, props.today);
  return (
    <span class="meta push" classList={{ 'fg-danger': late() > 0 }}>
      {late() > 0 ? `${formatPlural(late(), 'day', 'days')} late` : `Closes ${formatDay(props.day, props.today)}`}
    </span>
  );
}

function DealLine(props: { readonly deal: Deal }): JSX.Element {
  const workspace = useWorkspace();
  const stage = () => workspace.collection('stage').byIdInTrash(props.deal.place[1])?.name;
  const facts = () =>
    [
      props.deal.amount ? formatMoney(props.deal.amount) : '',
      props.deal.closedOn ? formatDay(props.deal.closedOn, currentDay()) : '',
    ]
      .filter(Boolean)
      .join(', ');
  return (
    <a class="minirow" href={recordHref(props.deal.id)}>
      <StageSign stageId={props.deal.place[1]} label={stage()} />
      <span class="truncate" title={props.deal.title}>
        {props.deal.title}
      </span>
      <span class="meta">{facts()}</span>
    </a>
  );
}
