/** The quick form for a new company: name, domain and industry. */
import type { JSX } from 'solid-js';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { foldText } from '../../../shared/model/text-order.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { createQuickDraft, QuickCreate, QuickForm, QuickLine } from '../../fields/quick-create.tsx';
import { attempt } from '../../fields/record-edit.ts';

export function NewCompany(props: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}): JSX.Element {
  return (
    <QuickCreate noun="company" open={props.open} onOpenChange={(open) => props.onOpenChange(open)}>
      <NewCompanyForm onClose={() => props.onOpenChange(false)} />
    </QuickCreate>
  );
}

function NewCompanyForm(props: { readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const name = createQuickDraft();
  const domain = createQuickDraft();
  const industry = createQuickDraft();
  const twin = () => {
    const wanted = foldText(name.text().trim());
    if (wanted === '') return undefined;
    for (const each of workspace.collection('company').each()) if (foldText(each.name) === wanted) return each.id;
    return undefined;
  };

  function add(): string | undefined {
    const title = company.fields.name.parse(name.text());
    const address = company.fields.domain.parse(domain.text());
    name.refuse(title.ok ? undefined : title.issue.message);
    domain.refuse(address.ok ? undefined : address.issue.message);
    if (!title.ok || !address.ok) return undefined;
    const values = { name: title.value, domain: address.value, industry: industry.text().trim() };
    let id: string | undefined;
    const refused = attempt(() => {
      id = addCompany(workspace, values);
    });
    name.refuse(refused);
    if (refused === undefined) domain.type('');
    return id;
  }

  return (
    <QuickForm name={name} onAdd={add} onClose={() => props.onClose()} twin={twin()}>
      <QuickLine label="Name" draft={name} autofocus />
      <QuickLine label="Domain" draft={domain} inputMode="url" placeholder="example.com" />
      <QuickLine label="Industry" draft={industry} />
    </QuickForm>
  );
}

/** Whoever adds a company owns it until somebody says otherwise. */
function addCompany(workspace: Workspace, values: Changes<typeof company>): string {
  return workspace.run(`${values.name} added`, (tx) =>
    createRecord(tx, { entity: company, values: { ...values, owner: tx.actor || null } }),
  );
}
