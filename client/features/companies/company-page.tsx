/** One company: what it is, who works there, its deals, what happened, its parent and subsidiaries. */
import { For, type JSX, Show } from 'solid-js';
import type { Company } from '../../../shared/entities/company.ts';
import { primaryOf } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { textSortKey } from '../../../shared/model/text-order.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { CompanyMark, RecordLink } from '../../fields/person.tsx';
import { PropertyList } from '../../fields/property-list.tsx';
import { RecordHead } from '../../fields/record-head.tsx';
import {
  LastContactRow,
  RecordAbout,
  RecordBrief,
  RecordFiles,
  RecordMerged,
  RecordNextSteps,
  RecordTimeline,
} from '../../fields/record-middle.tsx';
import { RecordPage, type RecordView } from '../../fields/record-page.tsx';
import { RecordSection } from '../../fields/record-panels.tsx';
import { createDealList, RelatedDeals } from '../../fields/related-deals.tsx';
import { RelatedPeople } from '../../fields/related-people.tsx';
import { SecondFrame } from '../../fields/second-frame.tsx';

const DETAILS = ['name', 'domain', 'industry', 'size', 'phones', 'addresses'];
const MORE_DETAILS = ['revenue', 'founded'];
const RELATIONSHIP = ['owner', 'parent', 'tags'];

export function CompanyPage(): JSX.Element {
  return <RecordPage entity="company" listHref="/companies" view={companyView} />;
}

function companyView(company: () => Company): RecordView {
  const workspace = useWorkspace();
  const record = () => company() as unknown as AnyRecord;
  const { id } = company();
  const deals = createDealList(() => id);
  const people = () => workspace.about.people(id);
  const former = () => workspace.about.formerPeople(id);
  const subsidiaries = workspace.createQuery('company', () => {
    const { survivorOf } = workspace.merges();
    return {
      where: (other) => other.parent !== null && other.id !== id && survivorOf(other.parent) === id,
      sortBy: (other) => textSortKey(other.name),
    };
  });
  return {
    between: () => {
      const parent = workspace.collection('company').byId(company().parent);
      return parent ? [{ label: parent.name, href: `/companies/${parent.id}` }] : [];
    },
    panels: {
      head: <CompanyHead company={company()} />,
      properties: (
        <>
          <RecordSection title="Details">
            <PropertyList record={record()} fields={DETAILS} optional={MORE_DETAILS} />
          </RecordSection>
          <SecondFrame>
            <RecordSection title="Relationship">
              <PropertyList record={record()} fields={RELATIONSHIP}>
                <LastContactRow record={record()} />
              </PropertyList>
            </RecordSection>
          </SecondFrame>
        </>
      ),
      main: (
        <>
          <RecordBrief record={record()}>
            <RecordAbout record={record()} placeholder="What should the team know about this company?" />
          </RecordBrief>
          <RecordTimeline record={record()} />
        </>
      ),
      related: (
        <>
          <RecordNextSteps record={record()} />
          <RelatedDeals deals={deals()} />
          <RecordSection title="People" count={people().length}>
            <RelatedPeople companyId={id} empty={<p class="fg-3">Nobody yet.</p>} />
          </RecordSection>
          <Show when={former().length > 0}>
            <RecordSection title="Formerly here" count={former().length}>
              <RelatedPeople companyId={id} ended />
            </RecordSection>
          </Show>
          <Show when={company().parent}>
            {(parent) => (
              <RecordSection title="Part of">
                <CompanyLine id={parent()} />
              </RecordSection>
            )}
          </Show>
          <Show when={subsidiaries.size() > 0}>
            <RecordSection title="Subsidiaries" count={subsidiaries.size()}>
              <For each={subsidiaries.ids()}>{(other) => <CompanyLine id={other} />}</For>
            </RecordSection>
          </Show>
          <RecordFiles record={record()} />
          <RecordMerged record={record()} />
        </>
      ),
      get relatedCount() {
        return deals().length + people().length + subsidiaries.size();
      },
    },
  };
}

function CompanyLine(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <div class="minirow">
      <CompanyMark companyId={props.id} size={20} />
      <RecordLink id={props.id} />
      <span class="meta truncate">{workspace.collection('company').byId(props.id)?.industry}</span>
    </div>
  );
}

function CompanyHead(props: { readonly company: Company }): JSX.Element {
  return (
    <RecordHead
      record={props.company as unknown as AnyRecord}
      mark={<CompanyMark companyId={props.company.id} size={48} />}
      name={props.company.name || 'Untitled company'}
      phone={primaryOf(props.company.phones)?.value}
      website={props.company.domain}
      lines={
        <p class="row row--6 idcard__sub truncate">
          {[props.company.industry, props.company.addresses[0]?.city].filter(Boolean).join(', ')}
        </p>
      }
    />
  );
}
