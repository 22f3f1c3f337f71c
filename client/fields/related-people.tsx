/** The people of a company as short lines: avatar, name, title; those who have left on request. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { type Contact, contactName } from '../../shared/entities/contact.ts';
import { compareSortKeys, textSortKey } from '../../shared/model/text-order.ts';
import { useWorkspace } from '../data/workspace.ts';
import { ContactAvatar, RecordLink } from './person.tsx';

const SHOWN = 8;

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
  const ids = createMemo(() => {
    const { people, formerPeople } = workspace.about;
    const found = (props.ended ? formerPeople : people)(props.companyId).filter((id) => id !== props.except);
    const keyed = found.flatMap((id) => {
      const contact = contacts.peek(id);
      return contact ? [{ id, key: textSortKey(contactName(contact)) }] : [];
    });
    return keyed.sort((left, right) => compareSortKeys(left.key, right.key) || (left.id < right.id ? -1 : 1));
  });
  /** What they are here, and not somewhere else. */
  const isHere = (id: string | null) => id !== null && workspace.merges().survivorOf(id) === props.companyId;
  const titleOf = (contact: Contact | undefined) =>
    isHere(contact?.company ?? null)
      ? contact?.jobTitle
      : contact?.positions.find((each) => isHere(each.company))?.title;
  const shown = createMemo(() => (all() ? ids() : ids().slice(0, SHOWN)).map(({ id }) => id));
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
      <Show when={!all() && ids().length > SHOWN}>
        <button type="button" class="link related__more" onClick={() => setAll(true)}>
          Show {ids().length - SHOWN} more
        </button>
      </Show>
    </>
  );
}
