/** The people of a company as short lines: avatar, name, title; those who have left on request. */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { type Contact, contactName } from '../../shared/entities/contact.ts';
import { textSortKey } from '../../shared/model/text-order.ts';
import { useWorkspace } from '../data/workspace.ts';
import { ContactAvatar, RecordLink } from './person.tsx';

const SHOWN = 8;

/** Whether a contact is with a company, as the main one or another; or was, with `ended`. */
export function isAtCompany(contact: Contact, company: string, ended: boolean): boolean {
  if (contact.company === company) return !ended;
  return contact.positions.some((each) => each.company === company && each.ended === ended);
}

export function RelatedPeople(props: {
  readonly companyId: string;
  /** A contact that is on the page already. */
  readonly except?: string;
  readonly empty?: JSX.Element;
  /** Those who have left. */
  readonly ended?: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const contacts = workspace.collection('contact');
  const [all, setAll] = createSignal(false);
  const query = workspace.createQuery('contact', () => {
    const companyId = props.companyId;
    const except = props.except;
    const ended = props.ended ?? false;
    return {
      where: (contact) => contact.id !== except && isAtCompany(contact, companyId, ended),
      sortBy: (contact) => textSortKey(contactName(contact)),
    };
  });
  /** What they are here, and not somewhere else. */
  const titleOf = (contact: Contact | undefined) =>
    contact?.company === props.companyId
      ? contact.jobTitle
      : contact?.positions.find((each) => each.company === props.companyId)?.title;
  const shown = () => (all() ? query.ids() : query.ids().slice(0, SHOWN));
  return (
    <>
      <For each={shown()} fallback={props.empty}>
        {(id) => (
          <div class="minirow">
            <ContactAvatar contactId={id} size={20} />
            <RecordLink id={id} />
            <span class="meta truncate">{titleOf(contacts.byId(id))}</span>
          </div>
        )}
      </For>
      <Show when={!all() && query.ids().length > SHOWN}>
        <button type="button" class="link related__more" onClick={() => setAll(true)}>
          Show {query.ids().length - SHOWN} more
        </button>
      </Show>
    </>
  );
}
