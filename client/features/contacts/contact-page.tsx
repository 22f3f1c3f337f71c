/** One contact: who it is, how to reach them, what happened, what belongs to them. */
import Cake from 'lucide-solid/icons/cake';
import Eraser from 'lucide-solid/icons/eraser';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { type Contact, contactName, primaryOf } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { nextYearly, yearsOn } from '../../../shared/model/yearly-day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { CompanyMark, ContactAvatar, RecordLink } from '../../fields/person.tsx';
import { PropertyList } from '../../fields/property-list.tsx';
import { RecordHead } from '../../fields/record-head.tsx';
import {
  LastContactRow,
  RecordAbout,
  RecordFiles,
  RecordMerged,
  RecordNextSteps,
  RecordTimeline,
} from '../../fields/record-middle.tsx';
import { RecordPage, type RecordView } from '../../fields/record-page.tsx';
import { RecordSection } from '../../fields/record-panels.tsx';
import { currentDay } from '../../fields/reference.ts';
import { createDealList, RelatedDeals } from '../../fields/related-deals.tsx';
import { SecondFrame } from '../../fields/second-frame.tsx';
import { lateComponent } from '../../ui/late.tsx';
import { MainCompany, OtherCompanies } from './contact-companies.tsx';
import { ContactRelations } from './contact-relations.tsx';

const EraseDialog = lateComponent(() => import('./erase-dialog.tsx').then((module) => module.EraseDialog));

const DETAILS = ['jobTitle', 'company', 'emails', 'phones', 'addresses', 'birthday'];
const MORE_DETAILS = ['dates', 'positions', 'department', 'role', 'languages', 'website', 'nickname'];
const NAME_PARTS = ['firstName', 'lastName'];
const RARE_NAME_PARTS = ['prefix', 'middleName', 'suffix'];
const RELATIONSHIP = ['lifecycle', 'owner', 'source', 'tags', 'keepInTouchWeeks'];
const MORE_RELATIONSHIP = ['firstContactOn'];

export function ContactPage(): JSX.Element {
  return <RecordPage entity="contact" listHref="/contacts" view={contactView} />;
}

function contactView(contact: () => Contact): RecordView {
  const record = () => contact() as unknown as AnyRecord;
  const { id } = contact();
  const workspace = useWorkspace();
  const [isErasing, setErasing] = createSignal(false);
  const deals = createDealList(() => id);
  return {
    menu: () =>
      workspace.may('erase')
        ? [{ label: 'Erase this person’s data', icon: Eraser, danger: true, onSelect: () => setErasing(true) }]
        : [],
    actions: () => (
      <Show when={isErasing()}>
        <EraseDialog record={record()} onClose={() => setErasing(false)} />
      </Show>
    ),
    panels: {
      head: <ContactHead contact={contact()} />,
      properties: (
        <>
          <RecordSection title="Details">
            <PropertyList
              record={record()}
              fields={DETAILS}
              optional={MORE_DETAILS}
              note={(name) => name === 'birthday' && <TodayTag on={contact().birthday} />}
            />
          </RecordSection>
          <SecondFrame>
            <RecordSection title="Relationship">
              <PropertyList record={record()} fields={RELATIONSHIP} optional={MORE_RELATIONSHIP}>
                <LastContactRow record={record()} />
              </PropertyList>
            </RecordSection>
            <RecordAbout record={record()} placeholder="What should the team know about this person?" />
            <RecordSection title="Name">
              <PropertyList record={record()} fields={NAME_PARTS} optional={RARE_NAME_PARTS} />
            </RecordSection>
          </SecondFrame>
        </>
      ),
      main: <RecordTimeline record={record()} />,
      related: (
        <>
          <RecordNextSteps record={record()} />
          <RelatedDeals deals={deals()} />
          <MainCompany contact={contact()} />
          <OtherCompanies contact={contact()} />
          <ContactRelations contact={contact()} />
          <RecordFiles record={record()} />
          <RecordMerged record={record()} />
        </>
      ),
      get relatedCount() {
        return deals().length + contact().positions.length + (contact().company === null ? 0 : 1);
      },
    },
  };
}

function ContactHead(props: { readonly contact: Contact }): JSX.Element {
  const phone = () => props.contact.phones.find((each) => !/fax/i.test(each.label))?.value;
  return (
    <>
      <RecordHead
        record={props.contact as unknown as AnyRecord}
        mark={<ContactAvatar contactId={props.contact.id} size={48} />}
        name={contactName(props.contact) || 'Untitled contact'}
        mail={primaryOf(props.contact.emails)?.value}
        phone={phone()}
        lines={
          <>
            <Show when={props.contact.jobTitle}>
              <p class="idcard__sub idcard__title truncate">{props.contact.jobTitle}</p>
            </Show>
            <Show when={props.contact.company}>
              {(company) => (
                <p class="row row--6 idcard__sub">
                  <CompanyMark companyId={company()} />
                  <RecordLink id={company()} />
                </p>
              )}
            </Show>
          </>
        }
      />
      <Occasions contact={props.contact} />
    </>
  );
}

function TodayTag(props: { readonly on: string | null }): JSX.Element {
  const isToday = () => props.on !== null && nextYearly(props.on, currentDay()) === currentDay();
  return (
    <Show when={isToday()}>
      <span class="tag tag--accent">Today</span>
    </Show>
  );
}

/** Whatever of theirs is today, with a way to say something about it. */
function Occasions(props: { readonly contact: Contact }): JSX.Element {
  const occasions = createMemo(() => occasionsOn(props.contact, currentDay()));
  const mail = () => primaryOf(props.contact.emails)?.value;
  return (
    <For each={occasions()}>
      {(words) => (
        <p class="occasion">
          <Cake class="fg-accent" />
          <span class="grow">{words}</span>
          <Show when={mail()}>
            {(address) => (
              <a class="link" href={`mailto:${address()}`}>
                Write
              </a>
            )}
          </Show>
        </p>
      )}
    </For>
  );
}

/** `Ingrid turns 40 today`, `Wedding today, 12 years`. */
function occasionsOn(contact: Contact, today: string): readonly string[] {
  const isToday = (on: string) => nextYearly(on, today) === today;
  const name = contact.firstName || contactName(contact);
  const age = contact.birthday === null ? null : yearsOn(contact.birthday, today);
  const birthday = age === null ? `It is ${name}’s birthday today` : `${name} turns ${age} today`;
  return [
    ...(contact.birthday !== null && isToday(contact.birthday) ? [birthday] : []),
    ...contact.dates
      .filter((date) => isToday(date.on))
      .map((date) => {
        const years = yearsOn(date.on, today);
        return `${date.label} today${years === null ? '' : `, ${years} ${years === 1 ? 'year' : 'years'}`}`;
      }),
  ];
}
