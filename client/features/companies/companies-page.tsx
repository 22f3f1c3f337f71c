/** All companies as a table, with the people and the open value of each. */
import Building from 'lucide-solid/icons/building-complex';
import Users from 'lucide-solid/icons/users';
import type { JSX } from 'solid-js';
import type { Company } from '../../../shared/entities/company.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { lastContactColumn, nextStepColumn } from '../../fields/contact-columns.tsx';
import { formatCount, formatPlural } from '../../fields/format.ts';
import { createOpenSums, openValueColumn } from '../../fields/open-value.tsx';
import { RecordListPage } from '../../fields/record-list-page.tsx';
import { SumsText } from '../../fields/sums-text.tsx';
import { NewCompany } from './new-company.tsx';

export function CompaniesPage(): JSX.Element {
  const workspace = useWorkspace();
  const openSums = createOpenSums((deal) => (deal.company === null ? [] : [deal.company]));
  const people = workspace.createQuery('contact', () => {
    const { survivorOf } = workspace.merges();
    return { groupBy: ({ company }) => (company === null ? '' : survivorOf(company)) };
  });
  const peopleOf = (id: string) => people.group(id).ids.length;
  return (
    <RecordListPage
      entity="company"
      icon={Building}
      columns={['domain', 'industry', 'people', 'openValue', 'lastContact', 'owner', 'size', 'tags']}
      derived={[
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
        openValueColumn(openSums, 128),
        lastContactColumn(workspace),
        nextStepColumn(workspace),
      ]}
      nameFields={['name']}
      filters={['owner', 'industry', 'tags']}
      mobileLine={(id) => <MobileLine company={workspace.collection('company').byId(id)} people={peopleOf(id)} />}
      mobileEnd={(id) => <SumsText sums={openSums().get(id)} />}
      searched="Names, domains, industries and tags were searched."
      whenNone="Import them from a file, or add the first one."
      newRecord={(open, setOpen) => <NewCompany open={open()} onOpenChange={setOpen} />}
    />
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
