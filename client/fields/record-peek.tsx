/**
 * A record beside the list it stands in: its properties, edited where they stand, without leaving the list. Follows the
 * focus of the list while it is open; Esc or Space closes it.
 */
import './record-page.css';
import ArrowUpRight from 'lucide-solid/icons/arrow-up-right';
import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import type { Company } from '../../shared/entities/company.ts';
import { type Contact, primaryOf } from '../../shared/entities/contact.ts';
import type { Deal } from '../../shared/entities/deal.ts';
import { type EntityName, entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { useWorkspace } from '../data/workspace.ts';
import { createHotkeys } from '../platform/hotkeys.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { listenForContact, logOnPage } from './contact-links.ts';
import { CompanyMark } from './person.tsx';
import { PropertyList } from './property-list.tsx';
import { LastContactRow, RecordNextSteps } from './record-middle.tsx';
import { RecordSection } from './record-panels.tsx';
import { RecordSign } from './record-picker.tsx';
import { StarButton } from './record-star.tsx';
import { recordHref } from './reference.ts';
import { createDealList, RelatedDeals } from './related-deals.tsx';

/** What is looked at first; every other field is there when it holds something. */
const FIRST: Partial<Record<EntityName, readonly string[]>> = {
  contact: ['jobTitle', 'company', 'emails', 'phones', 'lifecycle', 'owner', 'tags'],
  company: ['domain', 'industry', 'size', 'phones', 'owner', 'tags'],
  deal: ['place', 'amount', 'closesOn', 'company', 'contacts', 'owner', 'nextStep', 'nextStepOn', 'tags'],
};
/** The title is the heading. */
const NAMES: readonly string[] = ['prefix', 'firstName', 'middleName', 'lastName', 'suffix', 'name', 'title'];

export interface RecordPeekProps {
  readonly entity: EntityName;
  readonly id: string;
  readonly onOpen: () => void;
  readonly onClose: () => void;
}

export function RecordPeek(props: RecordPeekProps): JSX.Element {
  const workspace = useWorkspace();
  const record = () => workspace.collection(props.entity).byId(props.id) as unknown as AnyRecord | undefined;
  createHotkeys(() => ({ Escape: () => props.onClose() }));
  listenForContact({
    onOffer(offer) {
      logOnPage(props.id, offer);
      props.onOpen();
    },
  });
  return (
    <aside class="peek" aria-label="Preview">
      <Show when={record()}>
        {(found) => (
          <>
            <header class="peek__head">
              <PeekSign record={found()} entity={props.entity} />
              <div class="grow">
                <h2 class="clamp-2">
                  <a
                    href={recordHref(props.id)}
                    onClick={(event) => {
                      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                      event.preventDefault();
                      props.onOpen();
                    }}
                  >
                    {recordTitle(entities, found())}
                  </a>
                </h2>
                <p class="idcard__sub truncate">{subtitle(found())}</p>
              </div>
              <span class="row row--2 peek__tools">
                <StarButton record={found()} />
                <IconButton
                  size="sm"
                  icon={ArrowUpRight}
                  label="Open the page"
                  keys="Enter"
                  onClick={() => props.onOpen()}
                />
                <IconButton size="sm" icon={X} label="Close preview" keys="Escape" onClick={() => props.onClose()} />
              </span>
            </header>
            <RecordNextSteps record={found()} />
            <RecordSection title="Details">
              <PropertyList record={found()} fields={FIRST[props.entity] ?? []} optional={otherFields(props.entity)}>
                <LastContactRow record={found()} />
              </PropertyList>
            </RecordSection>
            <Show when={props.entity !== 'deal'}>
              <PeekDeals id={props.id} />
            </Show>
          </>
        )}
      </Show>
    </aside>
  );

  function subtitle(found: AnyRecord): string {
    const nameOf = (id: string | null) => workspace.collection('company').byId(id)?.name;
    if (props.entity === 'contact') {
      const person = found as unknown as Contact;
      return (
        [person.jobTitle, nameOf(person.company)].filter(Boolean).join(', ') || (primaryOf(person.emails)?.value ?? '')
      );
    }
    if (props.entity === 'deal') return nameOf((found as unknown as Deal).company) ?? '';
    return (found as unknown as Company).industry;
  }
}

function PeekSign(props: { readonly record: AnyRecord; readonly entity: EntityName }): JSX.Element {
  const company = () => (props.record as unknown as Deal).company;
  return (
    <Show when={props.entity === 'deal'} fallback={<RecordSign id={props.record.id} target={props.entity} size={32} />}>
      <CompanyMark companyId={company()} size={32} />
    </Show>
  );
}

function PeekDeals(props: { readonly id: string }): JSX.Element {
  const deals = createDealList(() => props.id);
  return (
    <Show when={deals().length > 0}>
      <RelatedDeals deals={deals()} />
    </Show>
  );
}

function otherFields(entity: EntityName): readonly string[] {
  const first = FIRST[entity] ?? [];
  return Object.entries(entities[entity].fields)
    .filter(([name, field]) => !field.hidden && !first.includes(name) && !NAMES.includes(name))
    .map(([name]) => name);
}
