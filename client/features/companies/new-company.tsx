/** The quick form for a new company: Enter adds and stays open for the next one, Esc closes. */
import Plus from 'lucide-solid/icons/plus';
import { createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { foldText } from '../../../shared/model/text-order.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { RecordLink } from '../../fields/person.tsx';
import { attempt } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextField } from '../../ui/text-field.tsx';

export function NewCompany(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}): JSX.Element {
  return (
    <Popover
      label="New company"
      open={props.open}
      onOpenChange={(open) => props.onOpenChange(open)}
      placement="bottom-end"
      class="quickform"
      trigger={(trigger) => (
        <Button {...trigger} variant="primary" icon={Plus} keys="N" class="topbar__new">
          New<span class="topbar__what">company</span>
        </Button>
      )}
    >
      <NewCompanyForm onClose={() => props.onOpenChange(false)} />
    </Popover>
  );
}

function NewCompanyForm(props: { readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const nameId = createUniqueId();
  const [name, setName] = createSignal('');
  const [domain, setDomain] = createSignal('');
  const [industry, setIndustry] = createSignal('');
  const [nameError, setNameError] = createSignal<string>();
  const [domainError, setDomainError] = createSignal<string>();
  const [added, setAdded] = createSignal<string>();
  /** A company of the same name: said, not forbidden. */
  const twin = () => {
    const wanted = foldText(name().trim());
    if (wanted === '') return undefined;
    for (const each of workspace.collection('company').each()) if (foldText(each.name) === wanted) return each.id;
    return undefined;
  };

  function submit(event: SubmitEvent): void {
    event.preventDefault();
    const title = company.fields.name.parse(name());
    const address = company.fields.domain.parse(domain());
    setNameError(title.ok ? undefined : title.issue.message);
    setDomainError(address.ok ? undefined : address.issue.message);
    if (!title.ok || !address.ok) return;
    const values = { name: title.value, domain: address.value, industry: industry().trim() };
    const refused = attempt(() => setAdded(addCompany(workspace, values)));
    setNameError(refused);
    if (refused !== undefined) return;
    setName('');
    setDomain('');
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
        label="Domain"
        inputMode="url"
        placeholder="example.com"
        value={domain()}
        onInput={(value) => {
          setDomain(value);
          setDomainError(undefined);
        }}
        error={domainError()}
        autocomplete="off"
      />
      <TextField label="Industry" value={industry()} onInput={setIndustry} autocomplete="off" />
      <p class="quickform__note" role="status">
        <Show
          when={twin()}
          fallback={
            <Show when={added()}>
              {(id) => (
                <>
                  Added <RecordLink id={id()} class="link" />
                </>
              )}
            </Show>
          }
        >
          {(id) => (
            <>
              There is one already: <RecordLink id={id()} class="link" />
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

/** Whoever adds a company owns it until somebody says otherwise. */
function addCompany(workspace: Workspace, values: Changes<typeof company>): string {
  return workspace.run(`${values.name} added`, (tx) =>
    createRecord(tx, { entity: company, values: { ...values, owner: tx.actor || null } }),
  );
}
