/** A record at a glance, beside the list of results. */
import { type Accessor, createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { Company } from '../../shared/entities/company.ts';
import { type Contact, contactName } from '../../shared/entities/contact.ts';
import type { Deal } from '../../shared/entities/deal.ts';
import { statusOf } from '../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../data/workspace.ts';
import { formatDay, formatMoney, formatSums } from '../fields/format.ts';
import { workspaceCurrency } from '../fields/parse-hints.ts';
import { CompanyMark, ContactAvatar, MemberAvatar, MemberName } from '../fields/person.tsx';
import { currentDay } from '../fields/reference.ts';
import styles from './palette.module.css';

export function PalettePeek(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const record = <N extends 'company' | 'contact' | 'deal'>(name: N) =>
    props.id.startsWith(`${name}_`) ? workspace.collection(name).byId(props.id) : undefined;
  return (
    <aside class={`pal__peek ${styles.peek}`} aria-label="Preview">
      <Switch>
        <Match when={record('company')}>{(company) => <CompanyPeek company={company() as Company} />}</Match>
        <Match when={record('contact')}>{(contact) => <ContactPeek contact={contact() as Contact} />}</Match>
        <Match when={record('deal')}>{(deal) => <DealPeek deal={deal() as Deal} />}</Match>
      </Switch>
    </aside>
  );
}

type Fact = readonly [name: string, value: JSX.Element];

function Facts(props: { readonly facts: readonly (Fact | null)[] }): JSX.Element {
  return (
    <dl class={`pal__facts ${styles.facts}`}>
      <For each={props.facts.filter((fact): fact is Fact => fact !== null)}>
        {(fact) => (
          <div>
            <dt>{fact[0]}</dt>
            <dd>{fact[1]}</dd>
          </div>
        )}
      </For>
    </dl>
  );
}

function Head(props: { readonly mark: JSX.Element; readonly title: string; readonly text: string }): JSX.Element {
  return (
    <div class="row row--12">
      {props.mark}
      <div class="grow">
        <p class="fw-6 truncate">{props.title}</p>
        <p class="meta truncate">{props.text}</p>
      </div>
    </div>
  );
}

function Owner(props: { readonly id: string }): JSX.Element {
  return (
    <span class="row row--6">
      <MemberAvatar memberId={props.id} size={18} decorative />
      <MemberName memberId={props.id} short />
    </span>
  );
}

function CompanyPeek(props: { readonly company: Company }): JSX.Element {
  const money = createDealMoney(() => props.company.id);
  return (
    <>
      <Head
        mark={<CompanyMark companyId={props.company.id} size={40} />}
        title={props.company.name}
        text={[props.company.industry, props.company.addresses[0]?.city].filter(Boolean).join(', ')}
      />
      <Facts
        facts={[
          ['Open deals', <MoneyFact text={money().open} count={money().openCount} />],
          money().won === '' ? null : ['Won so far', money().won],
          props.company.owner === null ? null : ['Owner', <Owner id={props.company.owner} />],
          props.company.domain === '' ? null : ['Domain', props.company.domain],
        ]}
      />
    </>
  );
}

function ContactPeek(props: { readonly contact: Contact }): JSX.Element {
  const workspace = useWorkspace();
  const company = () => workspace.collection('company').byId(props.contact.company)?.name;
  const money = createDealMoney(() => props.contact.id);
  return (
    <>
      <Head
        mark={<ContactAvatar contactId={props.contact.id} size={40} />}
        title={contactName(props.contact)}
        text={[props.contact.jobTitle, company()].filter(Boolean).join(', ')}
      />
      <Facts
        facts={[
          props.contact.emails[0] ? ['Email', props.contact.emails[0].value] : null,
          props.contact.phones[0] ? ['Phone', props.contact.phones[0].value] : null,
          ['Open deals', <MoneyFact text={money().open} count={money().openCount} />],
          props.contact.owner === null ? null : ['Owner', <Owner id={props.contact.owner} />],
        ]}
      />
    </>
  );
}

function DealPeek(props: { readonly deal: Deal }): JSX.Element {
  const workspace = useWorkspace();
  const company = () => workspace.collection('company').byId(props.deal.company);
  const stage = () => workspace.collection('stage').byId(props.deal.place[1]);
  return (
    <>
      <Head
        mark={<Show when={company()}>{(shown) => <CompanyMark companyId={shown().id} size={40} />}</Show>}
        title={props.deal.title}
        text={company()?.name ?? ''}
      />
      <Facts
        facts={[
          ['Value', props.deal.amount === null ? '–' : formatMoney(props.deal.amount)],
          ['Stage', stage()?.name ?? '–'],
          props.deal.closesOn === null ? null : ['Close date', formatDay(props.deal.closesOn, currentDay())],
          props.deal.nextStep === '' ? null : ['Next step', props.deal.nextStep],
          props.deal.owner === null ? null : ['Owner', <Owner id={props.deal.owner} />],
        ]}
      />
    </>
  );
}

function MoneyFact(props: { readonly text: string; readonly count: number }): JSX.Element {
  return (
    <Show when={props.count > 0} fallback="None">
      {props.text} <span class="meta">{props.count}</span>
    </Show>
  );
}

interface DealMoney {
  readonly open: string;
  readonly won: string;
  readonly openCount: number;
}

/** Sums of the deals that a contact or company takes part in. */
function createDealMoney(recordId: () => string): Accessor<DealMoney> {
  const workspace = useWorkspace();
  const money = createMemo((): DealMoney => {
    const sums = { open: new Map<string, number>(), won: new Map<string, number>() };
    let openCount = 0;
    for (const id of workspace.about.deals(recordId())) {
      const deal = workspace.collection('deal').peek(id);
      if (!deal) continue;
      const status = statusOf(workspace.collection('stage').peek(deal.place[1]));
      if (status === 'open') openCount += 1;
      if (status === 'lost' || deal.amount === null) continue;
      const { currency, minor } = deal.amount;
      sums[status].set(currency, (sums[status].get(currency) ?? 0) + minor);
    }
    const currency = workspaceCurrency(workspace);
    return { open: formatSums(sums.open, currency), won: formatSums(sums.won, currency), openCount };
  });
  return money;
}
