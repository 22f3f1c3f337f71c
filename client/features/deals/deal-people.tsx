/** Who takes part in a deal, and as what. */
import { createMemo, type JSX } from 'solid-js';
import { DEAL_ROLES, type Deal } from '../../../shared/entities/deal.ts';
import type { Participant } from '../../../shared/model/set-fields.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { PeopleWithRoles } from '../../fields/people-with-roles.tsx';
import type { DealActions } from './deal-actions.ts';

export function DealPeople(props: { readonly deal: Deal; readonly actions: DealActions }): JSX.Element {
  const workspace = useWorkspace();
  const write = (next: readonly Participant[]) =>
    void props.actions.edit([props.deal.id], { contacts: next }, 'People');
  /** Two that were merged are one person here, with the first part that either was given. */
  const people = createMemo(() => {
    const { survivorOf } = workspace.merges();
    const found = new Map<string, Participant>();
    for (const { contact, role } of props.deal.contacts) {
      const person = survivorOf(contact);
      found.set(person, { contact: person, role: found.get(person)?.role || role });
    }
    return [...found.values()];
  });
  const isOf = (each: Participant, contact: string) => workspace.merges().survivorOf(each.contact) === contact;
  return (
    <PeopleWithRoles
      title="People"
      people={people()}
      roles={DEAL_ROLES}
      roleTitle="Role in this deal"
      roleWord="Role"
      empty="Nobody yet."
      canEdit={workspace.canWrite() && !props.deal.deleted}
      onAdd={(contact) => write([...props.deal.contacts, { contact, role: '' }])}
      onRole={(contact, role) =>
        write(props.deal.contacts.map((each) => (isOf(each, contact) ? { ...each, role } : each)))
      }
      onRemove={(contact) => write(props.deal.contacts.filter((each) => !isOf(each, contact)))}
    />
  );
}
