/** How a contact is related to other people, from whichever side it was said. */
import { createMemo, type JSX } from 'solid-js';
import { relateContacts, relationsOf, unrelateContacts } from '../../../shared/commands/relation-commands.ts';
import { type Contact, contactName, RELATIONS } from '../../../shared/entities/contact.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { PeopleWithRoles } from '../../fields/people-with-roles.tsx';
import { attempt } from '../../fields/record-edit.ts';
import { followReference } from '../../fields/reference.ts';

export function ContactRelations(props: { readonly contact: Contact }): JSX.Element {
  const workspace = useWorkspace();
  const contacts = workspace.collection('contact');
  const people = createMemo(() => {
    const others = workspace.about.relations(props.contact.id).flatMap((id) => contacts.peek(id) ?? []);
    return relationsOf(props.contact, others, workspace.merges().survivorOf).map(({ contact, relation }) => ({
      contact,
      role: relation,
    }));
  });
  const pair = (other: string) => `${contactName(props.contact)} and ${followReference(workspace, other).title}`;
  function relate(to: string, relation: string): void {
    const { id } = props.contact;
    const label = `Relation of ${pair(to)} changed`;
    attempt(() => workspace.run(label, (tx) => relateContacts(tx, { id, to, relation })));
  }
  function unrelate(from: string): void {
    const { id } = props.contact;
    const label = `Relation of ${pair(from)} removed`;
    attempt(() => workspace.run(label, (tx) => unrelateContacts(tx, { id, from })));
  }
  return (
    <PeopleWithRoles
      title="Relations"
      people={people()}
      roles={RELATIONS}
      roleTitle={`Relation to ${props.contact.firstName || contactName(props.contact)}`}
      roleWord="Relation"
      empty="Assistant, manager, spouse: whoever matters to them."
      canEdit={workspace.canWrite() && !props.contact.deleted}
      except={props.contact.id}
      onAdd={(to) => relate(to, '')}
      onRole={relate}
      onRemove={unrelate}
    />
  );
}
