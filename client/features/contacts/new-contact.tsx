/** The quick form for a new contact: Enter adds and stays open for the next one, Esc closes. */
import Plus from 'lucide-solid/icons/plus';
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { splitName } from '../../../shared/model/person-name.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { RecordLink } from '../../fields/person.tsx';
import { RecordCombobox } from '../../fields/record-combobox.tsx';
import { attempt, companyIdOf, type NewRecord } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function NewContact(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}): JSX.Element {
  return (
    <Popover
      label="New contact"
      open={props.open}
      onOpenChange={(open) => props.onOpenChange(open)}
      placement="bottom-end"
      class="quickform"
      trigger={(trigger) => (
        <Button {...trigger} variant="primary" icon={Plus} keys="N" class="topbar__new">
          New<span class="topbar__what">contact</span>
        </Button>
      )}
    >
      <NewContactForm onClose={() => props.onOpenChange(false)} />
    </Popover>
  );
}

function NewContactForm(props: { readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const nameId = createUniqueId();
  const [name, setName] = createSignal('');
  const [mail, setMail] = createSignal('');
  const [company, setCompany] = createSignal<string | NewRecord | null>(null);
  const [nameError, setNameError] = createSignal<string>();
  const [mailError, setMailError] = createSignal<string>();
  const [added, setAdded] = createSignal<string>();

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const emails = contact.fields.emails.parse(mail());
    setMailError(emails.ok ? undefined : emails.issue.message);
    const problem = nameProblem(name(), mail());
    setNameError(problem);
    if (!emails.ok || problem !== undefined) return;
    const values = { ...splitName(name()), emails: emails.value };
    const employer = company();
    const refused = attempt(() => setAdded(addContact(workspace, values, employer)));
    setNameError(refused);
    if (refused !== undefined) return;
    setName('');
    setMail('');
    // The company stays: people are added company by company.
    if (typeof company() !== 'string') setCompany(null);
    document.getElementById(nameId)?.focus();
  }

  return (
    <form class="quickform__body" onSubmit={submit} noValidate>
      <TextField
        label="Name"
        id={nameId}
        value={name()}
        onInput={(value) => {
          setName(value);
          setNameError(undefined);
        }}
        error={nameError()}
        autocomplete="off"
        autofocus
      />
      <TextField
        label="Email"
        type="text"
        inputMode="email"
        value={mail()}
        onInput={(value) => {
          setMail(value);
          setMailError(undefined);
        }}
        error={mailError()}
        autocomplete="off"
      />
      <RecordCombobox
        label="Company"
        target="company"
        value={company()}
        emptyLabel="Find or create"
        onChange={(value) => setCompany(() => value)}
      />
      <p class="quickform__note" role="status">
        <Show when={added()}>
          {(id) => (
            <>
              Added <RecordLink id={id()} class="link" />
            </>
          )}
        </Show>
      </p>
      <div class="quickform__foot">
        <Button variant="quiet" onClick={() => props.onClose()}>
          Close
        </Button>
        <Button variant="primary" type="submit" keys="Enter">
          Add
        </Button>
      </div>
    </form>
  );
}

/** What is missing to make a contact of what was typed. */
function nameProblem(name: string, mail: string): string | undefined {
  return name.trim() === '' && mail.trim() === '' ? 'Type a name or an email address.' : undefined;
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
