/** Who takes part in a deal, and as what. */
import type { JSX } from 'solid-js';
import { DEAL_ROLES, type Deal } from '../../../shared/entities/deal.ts';
import type { Participant } from '../../../shared/model/set-fields.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { PeopleWithRoles } from '../../fields/people-with-roles.tsx';
import type { DealActions } from './deal-actions.ts';

export function DealPeople(props: { readonly deal: Deal; readonly actions: DealActions }): JSX.Element {
  const workspace = useWorkspace();
  const write = (next: readonly Participant[]) =>
    void props.actions.edit([props.deal.id], { contacts: next }, 'People');
  const others = (contact: string) => props.deal.contacts.filter((each) => each.contact !== contact);
  return (
    <PeopleWithRoles
      title="People"
      people={props.deal.contacts}
      roles={DEAL_ROLES}
      roleTitle="Role in this deal"
      roleWord="Role"
      empty="Nobody yet."
      canEdit={workspace.canWrite() && !props.deal.deleted}
      onAdd={(contact) => write([...props.deal.contacts, { contact, role: '' }])}
      onRole={(contact, role) =>
        write(props.deal.contacts.map((each) => (each.contact === contact ? { contact, role } : each)))
      }
      onRemove={(contact) => write(others(contact))}
    />
  );
}
