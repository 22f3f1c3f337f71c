/** The quick form for a new contact: name, e-mail and company. */
import { createSignal, type JSX } from 'solid-js';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { splitName } from '../../../shared/model/person-name.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { createQuickDraft, QuickCreate, QuickForm, QuickLine } from '../../fields/quick-create.tsx';
import { RecordCombobox } from '../../fields/record-combobox.tsx';
import { attempt, companyIdOf, type NewRecord } from '../../fields/record-edit.ts';

export function NewContact(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}): JSX.Element {
  return (
    <QuickCreate noun="contact" open={props.open} onOpenChange={(open) => props.onOpenChange(open)}>
      <NewContactForm onClose={() => props.onOpenChange(false)} />
    </QuickCreate>
  );
}

function NewContactForm(props: { readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const name = createQuickDraft();
  const mail = createQuickDraft();
  const [company, setCompany] = createSignal<string | NewRecord | null>(null);

  function add(): string | undefined {
    const emails = contact.fields.emails.parse(mail.text());
    const isNameless = name.text().trim() === '' && mail.text().trim() === '';
    mail.refuse(emails.ok ? undefined : emails.issue.message);
    name.refuse(isNameless ? 'Type a name or an email address.' : undefined);
    if (!emails.ok || isNameless) return undefined;
    const values = { ...splitName(name.text()), emails: emails.value };
    const employer = company();
    let id: string | undefined;
    const refused = attempt(() => {
      id = addContact(workspace, values, employer);
    });
    name.refuse(refused);
    if (refused !== undefined) return undefined;
    mail.type('');
    // The company stays: people are added company by company.
    if (typeof employer !== 'string') setCompany(null);
    return id;
  }

  return (
    <QuickForm name={name} onAdd={add} onClose={() => props.onClose()}>
      <QuickLine label="Name" draft={name} autofocus />
      <QuickLine label="Email" draft={mail} inputMode="email" />
      <RecordCombobox
        label="Company"
        target="company"
        value={company()}
        emptyLabel="Find or create"
        onChange={(value) => setCompany(() => value)}
      />
    </QuickForm>
  );
}

/** Adds the contact, with its company when that is new too, as one step. Whoever adds a contact owns it. */
function addContact(workspace: Workspace, values: Changes<typeof contact>, company: string | NewRecord | null): string {
  const name = [values.prefix, values.firstName, values.middleName, values.lastName].filter(Boolean).join(' ');
  return workspace.run(`${name || values.emails?.[0]?.value} added`, (tx) =>
    createRecord(tx, {
      entity: contact,
      values: { ...values, company: companyIdOf(tx, company), owner: tx.actor || null },
    }),
  );
}
