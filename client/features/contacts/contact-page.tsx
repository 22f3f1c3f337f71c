/** One contact: who it is, how to reach them, what happened, what belongs to them. */

import { useParams } from '@solidjs/router';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import { type JSX, Show } from 'solid-js';
import { type Contact, contactName, primaryOf } from '../../../shared/entities/contact.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount } from '../../fields/format.ts';
import { CompanyMark, ContactAvatar, RecordLink } from '../../fields/person.tsx';
import { Property, PropertyList, PropertyValue, telHref } from '../../fields/property-list.tsx';
import { RecordPage, RecordSection } from '../../fields/record-page.tsx';
import { createDealList, RelatedDeals } from '../../fields/related-deals.tsx';
import { RelatedPeople } from '../../fields/related-people.tsx';
import { StoryList } from '../../fields/story-list.tsx';

const DETAILS = ['jobTitle', 'company', 'emails', 'phones', 'addresses', 'birthday'];
const MORE_DETAILS = ['department', 'role', 'languages', 'website', 'nickname'];
const NAME_PARTS = ['prefix', 'firstName', 'middleName', 'lastName', 'suffix'];
const RELATIONSHIP = ['lifecycle', 'owner', 'source', 'tags'];
const MORE_RELATIONSHIP = ['firstContactOn'];

export function ContactPage(): JSX.Element {
  const params = useParams<{ id: string }>();
  return (
    // A new page per contact: what was open or half typed belongs to the one before.
    <Show when={params.id} keyed>
      {(id) => <ContactRecordPage id={id} />}
    </Show>
  );
}

function ContactRecordPage(props: { readonly id: string }): JSX.Element {
  const deals = createDealList((deal) => deal.contacts.some((each) => each.contact === props.id));
  return (
    <RecordPage
      entity="contact"
      id={props.id}
      listHref="/contacts"
      head={(record) => <ContactHead contact={record() as unknown as Contact} />}
      properties={(record) => (
        <>
          <RecordSection title="Details">
            <PropertyList record={record()} fields={DETAILS} optional={MORE_DETAILS} />
          </RecordSection>
          <RecordSection title="Relationship">
            <PropertyList record={record()} fields={RELATIONSHIP} optional={MORE_RELATIONSHIP} />
          </RecordSection>
          <RecordSection title="Name">
            <PropertyList
              record={record()}
              fields={['firstName', 'lastName']}
              optional={NAME_PARTS.filter(isRarePart)}
            />
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
                placeholder="What should the team know about this person?"
              />
            </div>
          </RecordSection>
          <StoryList record={record()} deals={deals()} />
        </>
      )}
      related={(record) => (
        <>
          <RelatedDeals deals={deals()} />
          <ContactCompany contact={record() as unknown as Contact} />
        </>
      )}
    />
  );
}

const isRarePart = (name: string): boolean => name !== 'firstName' && name !== 'lastName';

function ContactHead(props: { readonly contact: Contact }): JSX.Element {
  const mail = () => primaryOf(props.contact.emails)?.value;
  const phone = () => props.contact.phones.find((each) => !/fax/i.test(each.label))?.value;
  return (
    <>
      <div class="idcard__name">
        <ContactAvatar contactId={props.contact.id} size={48} />
        <div class="grow">
          <h1 class="clamp-2" title={contactName(props.contact)}>
            {contactName(props.contact) || 'Untitled contact'}
          </h1>
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
        </div>
      </div>
      <Show when={mail() || phone()}>
        <div class="quick quick--links">
          <Show when={mail()}>
            {(address) => (
              <a class="btn" href={`mailto:${address()}`}>
                <Mail />
                Email
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

/** The company with the colleagues there. */
function ContactCompany(props: { readonly contact: Contact }): JSX.Element {
  const workspace = useWorkspace();
  const company = () => workspace.collection('company').byId(props.contact.company);
  return (
    <RecordSection title="Company">
      <Show
        when={props.contact.company}
        fallback={
          <dl class="props">
            <Property record={workspace.collection('contact').byIdInTrash(props.contact.id) as never} name="company" />
          </dl>
        }
      >
        {(id) => (
          <>
            <div class="minirow">
              <CompanyMark companyId={id()} size={20} />
              <RecordLink id={id()} class="fw-5" />
              <Show when={company()?.size}>{(size) => <span class="meta">{formatCount(size())} people</span>}</Show>
            </div>
            <RelatedPeople companyId={id()} except={props.contact.id} />
          </>
        )}
      </Show>
    </RecordSection>
  );
}
