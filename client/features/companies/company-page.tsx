/** One company: what it is, who works there, its deals, what happened, its parent and subsidiaries. */

import { useParams } from '@solidjs/router';
import ArrowUpRight from 'lucide-solid/icons/arrow-up-right';
import Phone from 'lucide-solid/icons/phone';
import { For, type JSX, Show } from 'solid-js';
import type { Company } from '../../../shared/entities/company.ts';
import { primaryOf } from '../../../shared/entities/contact.ts';
import { textSortKey } from '../../../shared/model/text-order.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { CompanyMark, RecordLink } from '../../fields/person.tsx';
import { PropertyList, PropertyValue, telHref } from '../../fields/property-list.tsx';
import { RecordPage, RecordSection } from '../../fields/record-page.tsx';
import { createDealList, RelatedDeals } from '../../fields/related-deals.tsx';
import { RelatedPeople } from '../../fields/related-people.tsx';
import { StoryList } from '../../fields/story-list.tsx';

const DETAILS = ['name', 'domain', 'industry', 'size', 'phones', 'addresses'];
const MORE_DETAILS = ['revenue', 'founded'];
const RELATIONSHIP = ['owner', 'parent', 'tags'];

export function CompanyPage(): JSX.Element {
  const params = useParams<{ id: string }>();
  return (
    <Show when={params.id} keyed>
      {(id) => <CompanyRecordPage id={id} />}
    </Show>
  );
}

function CompanyRecordPage(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const deals = createDealList((deal) => deal.company === props.id);
  const people = workspace.createQuery('contact', () => {
    const id = props.id;
    return { where: (contact) => contact.company === id };
  });
  const subsidiaries = workspace.createQuery('company', () => {
    const id = props.id;
    return { where: (company) => company.parent === id, sortBy: (company) => textSortKey(company.name) };
  });
  return (
    <RecordPage
      entity="company"
      id={props.id}
      listHref="/companies"
      head={(record) => <CompanyHead company={record() as unknown as Company} />}
      properties={(record) => (
        <>
          <RecordSection title="Details">
            <PropertyList record={record()} fields={DETAILS} optional={MORE_DETAILS} />
          </RecordSection>
          <RecordSection title="Relationship">
            <PropertyList record={record()} fields={RELATIONSHIP} />
          </RecordSection>
        </>
      )}
      main={(record) => (
        <>
          <RecordSection title="About">
            <div class="about">
              <PropertyValue
                record={record()}
                name="about"
                placeholder="What should the team know about this company?"
              />
            </div>
          </RecordSection>
          <StoryList record={record()} deals={deals()} />
        </>
      )}
      related={() => (
        <>
          <RelatedDeals deals={deals()} />
          <RecordSection title="People" count={people.size()}>
            <RelatedPeople companyId={props.id} empty={<p class="fg-3">Nobody yet.</p>} />
          </RecordSection>
          <Show when={subsidiaries.ids().length > 0}>
            <RecordSection title="Subsidiaries" count={subsidiaries.ids().length}>
              <For each={subsidiaries.ids()}>
                {(id) => (
                  <div class="minirow">
                    <CompanyMark companyId={id} size={20} />
                    <RecordLink id={id} />
                    <span class="meta truncate">{workspace.collection('company').byId(id)?.industry}</span>
                  </div>
                )}
              </For>
            </RecordSection>
          </Show>
        </>
      )}
    />
  );
}

function CompanyHead(props: { readonly company: Company }): JSX.Element {
  const phone = () => primaryOf(props.company.phones)?.value;
  return (
    <>
      <div class="idcard__name">
        <CompanyMark companyId={props.company.id} size={48} />
        <div class="grow">
          <h1 class="clamp-2" title={props.company.name}>
            {props.company.name || 'Untitled company'}
          </h1>
          <p class="row row--6 idcard__sub truncate">
            {[props.company.industry, props.company.addresses[0]?.city].filter(Boolean).join(', ')}
          </p>
        </div>
      </div>
      <Show when={props.company.domain || phone()}>
        <div class="quick quick--links">
          <Show when={props.company.domain}>
            {(domain) => (
              <a class="btn" href={`https://${domain()}`} target="_blank" rel="noopener noreferrer">
                <ArrowUpRight />
                Website
              </a>
            )}
          </Show>
          <Show when={phone()}>
            {(number) => (
              <a class="btn" href={telHref(number())}>
                <Phone />
                Call
              </a>
            )}
          </Show>
        </div>
      </Show>
    </>
  );
}
