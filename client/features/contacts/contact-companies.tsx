/** The companies of a contact: the main one with the colleagues there, and the others, present and past. */
import Plus from 'lucide-solid/icons/plus';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { changeCompany } from '../../../shared/commands/relation-commands.ts';
import { type Contact, contactName } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { Position } from '../../../shared/model/positions-field.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount } from '../../fields/format.ts';
import { CompanyMark, RecordLink } from '../../fields/person.tsx';
import { Property } from '../../fields/property-list.tsx';
import { attempt, writeField } from '../../fields/record-edit.ts';
import { RecordSection } from '../../fields/record-panels.tsx';
import { RecordPicker } from '../../fields/record-picker.tsx';
import { followReference } from '../../fields/reference.ts';
import { RelatedPeople } from '../../fields/related-people.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import type { MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { Popover } from '../../ui/popover.tsx';

export function MainCompany(props: { readonly contact: Contact }): JSX.Element {
  const workspace = useWorkspace();
  const company = () => workspace.collection('company').byId(props.contact.company);
  return (
    <RecordSection title="Company">
      <Show
        when={props.contact.company}
        fallback={
          <dl class="props">
            <Property record={props.contact as unknown as AnyRecord} name="company" />
          </dl>
        }
      >
        {(id) => (
          <>
            <div class="minirow">
              <CompanyMark companyId={id()} size={20} />
              <RecordLink id={id()} class="fw-5" />
              <Show when={company()?.size}>{(size) => <span class="meta">{formatCount(size())} people</span>}</Show>
            </div>
            <RelatedPeople companyId={company()?.id ?? id()} except={props.contact.id} />
          </>
        )}
      </Show>
    </RecordSection>
  );
}

export function OtherCompanies(props: { readonly contact: Contact }): JSX.Element {
  const workspace = useWorkspace();
  const [adding, setAdding] = createSignal(false);
  const canEdit = () => workspace.canWrite() && !props.contact.deleted;
  const ids = () => props.contact.positions.map((each) => each.company);
  const write = (positions: readonly Position[]) =>
    void writeField(workspace, 'contact', [props.contact.id], 'positions', positions);
  return (
    <Show when={ids().length > 0 || (props.contact.company !== null && canEdit())}>
      <RecordSection
        title="Other companies"
        count={ids().length}
        action={
          <Show when={canEdit()}>
            <Popover
              label="Add a company"
              open={adding()}
              onOpenChange={setAdding}
              placement="bottom-end"
              class="popover--picker"
              trigger={(trigger) => (
                <IconButton {...trigger} size="xs" icon={Plus} label="Add a company" placement="top" />
              )}
            >
              <RecordPicker
                label="Company"
                target="company"
                value={null}
                exclude={(record) => record.id === props.contact.company || ids().includes(record.id)}
                onPick={(company) => {
                  setAdding(false);
                  if (company !== null) write([...props.contact.positions, { company, title: '', ended: false }]);
                }}
              />
            </Popover>
          </Show>
        }
      >
        <ul>
          <For each={ids()} fallback={<li class="fg-3">Boards, side jobs, former employers.</li>}>
            {(company) => (
              <OtherCompany contact={props.contact} company={company} canEdit={canEdit()} onWrite={write} />
            )}
          </For>
        </ul>
      </RecordSection>
    </Show>
  );
}

function OtherCompany(props: {
  readonly contact: Contact;
  readonly company: string;
  readonly canEdit: boolean;
  readonly onWrite: (positions: readonly Position[]) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const position = () => props.contact.positions.find((each) => each.company === props.company);
  const name = () => followReference(workspace, props.company).title;
  const others = () => props.contact.positions.filter((each) => each.company !== props.company);
  function makeMain(hasLeft: boolean): void {
    const change = { id: props.contact.id, company: props.company, hasLeft };
    const label = `${name()} is the main company of ${contactName(props.contact)}`;
    attempt(() => workspace.run(label, (tx) => changeCompany(tx, change)));
  }
  const items = (): readonly MenuItem[] => [
    { label: 'Make main company', onSelect: () => makeMain(false) },
    ...(props.contact.company === null
      ? []
      : [
          {
            label: `Moved here from ${followReference(workspace, props.contact.company).title}`,
            onSelect: () => makeMain(true),
          },
        ]),
    { kind: 'separator' },
    {
      kind: 'check',
      label: 'Ended',
      checked: position()?.ended ?? false,
      onChange: (ended) => {
        const now = position();
        if (now) props.onWrite([...others(), { ...now, ended }]);
      },
    },
    { kind: 'separator' },
    { label: 'Remove', danger: true, onSelect: () => props.onWrite(others()) },
  ];
  return (
    <li class="minirow">
      <CompanyMark companyId={props.company} size={20} />
      <RecordLink id={props.company} class={position()?.ended ? 'fg-3' : ''} />
      <span class="meta truncate">
        {[position()?.title, position()?.ended ? 'ended' : ''].filter(Boolean).join(', ')}
      </span>
      <Show when={props.canEdit}>
        <MoreMenu size="xs" label={`More about ${name()}`} hintPlacement="top" items={items()} />
      </Show>
    </li>
  );
}
