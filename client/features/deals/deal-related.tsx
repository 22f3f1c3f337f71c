/** What belongs to a deal: its company, and the other deals with that company. */
import { createMemo, For, type JSX, Show } from 'solid-js';
import { company as companyEntity } from '../../../shared/entities/company.ts';
import type { Deal } from '../../../shared/entities/deal.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { FieldValue, StageSign } from '../../fields/field-value.tsx';
import { formatDay, formatMoney } from '../../fields/format.ts';
import { CompanyMark, RecordLink } from '../../fields/person.tsx';
import { RecordSection } from '../../fields/record-panels.tsx';
import styles from './deals.module.css';

export function DealCompany(props: { readonly deal: Deal }): JSX.Element {
  const workspace = useWorkspace();
  const company = () => workspace.collection('company').byIdInTrash(props.deal.company);
  const facts = ['domain', 'industry', 'phones'] as const;
  return (
    <Show when={company()}>
      {(found) => (
        <RecordSection title="Company">
          <div class="minicard">
            <span class="row">
              <CompanyMark companyId={found().id} size={24} />
              <RecordLink id={found().id} class={`fw-5 ${styles.who}`} />
            </span>
            <dl class={styles.pairs}>
              <For each={facts.filter((name) => companyEntity.fields[name].sortKey(found()[name] as never) !== null)}>
                {(name) => (
                  <>
                    <dt>{companyEntity.fields[name].label}</dt>
                    <dd class="truncate">
                      <FieldValue field={companyEntity.fields[name]} value={found()[name]} />
                    </dd>
                  </>
                )}
              </For>
            </dl>
          </div>
        </RecordSection>
      )}
    </Show>
  );
}

const SHOWN = 8;

export function OtherDeals(props: { readonly deal: Deal; readonly today: string }): JSX.Element {
  const workspace = useWorkspace();
  const query = workspace.createQuery('deal', () => {
    const { company, id } = props.deal;
    const { survivorOf } = workspace.merges();
    const same = company === null ? null : survivorOf(company);
    return {
      where: (deal: Deal) => deal.company !== null && deal.id !== id && survivorOf(deal.company) === same,
      sortBy: (deal: Deal) => deal.closedOn ?? deal.closesOn,
      descending: true,
    };
  });
  const shown = createMemo(() => query.ids().slice(0, SHOWN));
  return (
    <Show when={query.size() > 0}>
      <RecordSection title="Other deals with them" count={query.size()}>
        <div class={styles.related}>
          <For each={shown()}>{(id) => <OtherDeal id={id} today={props.today} />}</For>
          <Show when={query.size() > SHOWN}>
            <RecordLink id={props.deal.company ?? ''} class="link">
              All {query.size() + 1} deals
            </RecordLink>
          </Show>
        </div>
      </RecordSection>
    </Show>
  );
}

function OtherDeal(props: { readonly id: string; readonly today: string }): JSX.Element {
  const workspace = useWorkspace();
  const deal = () => workspace.collection('deal').byId(props.id);
  const facts = (found: Deal) => {
    const day = found.closedOn ?? found.closesOn;
    return [found.amount ? formatMoney(found.amount) : '', day ? formatDay(day, props.today) : '']
      .filter(Boolean)
      .join(', ');
  };
  return (
    <Show when={deal()}>
      {(found) => (
        <a class="minirow" href={`/deals/${found().id}`}>
          <StageSign
            stageId={found().place[1]}
            size={14}
            label={workspace.collection('stage').byIdInTrash(found().place[1])?.name ?? 'No stage'}
          />
          <span class="truncate" title={found().title}>
            {found().title}
          </span>
          <span class="meta">{facts(found())}</span>
        </a>
      )}
    </Show>
  );
}
