/** The people of a company as short lines: avatar, name, title. */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { contactName } from '../../shared/entities/contact.ts';
import { textSortKey } from '../../shared/model/text-order.ts';
import { useWorkspace } from '../data/workspace.ts';
import { ContactAvatar, RecordLink } from './person.tsx';

const SHOWN = 8;

export function RelatedPeople(props: {
  readonly companyId: string;
  /** A contact that is on the page already. */
  readonly except?: string;
  readonly empty?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const contacts = workspace.collection('contact');
  const [all, setAll] = createSignal(false);
  const query = workspace.createQuery('contact', () => {
    const companyId = props.companyId;
    const except = props.except;
    return {
      where: (contact) => contact.company === companyId && contact.id !== except,
      sortBy: (contact) => textSortKey(contactName(contact)),
    };
  });
  const shown = () => (all() ? query.ids() : query.ids().slice(0, SHOWN));
  return (
    <>
      <For each={shown()} fallback={props.empty}>
        {(id) => (
          <div class="minirow">
            <ContactAvatar contactId={id} size={20} />
            <RecordLink id={id} />
            <span class="meta truncate">{contacts.byId(id)?.jobTitle}</span>
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
