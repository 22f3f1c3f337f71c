/** People with the part each plays, as lines of a panel: added, given another part and taken out where they stand. */
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { optionLabel } from '../../shared/model/scalar-fields.ts';
import type { Participant } from '../../shared/model/set-fields.ts';
import { useWorkspace } from '../data/workspace.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';
import { ContactAvatar, RecordLink } from './person.tsx';
import { RecordSection } from './record-panels.tsx';
import { RecordPicker } from './record-picker.tsx';
import { followReference } from './reference.ts';

export interface PeopleWithRolesProps {
  readonly title: string;
  readonly people: readonly Participant[];
  /** The roles offered: key → words. */
  readonly roles: Readonly<Record<string, string>>;
  /** "Role in this deal". */
  readonly roleTitle: string;
  /** Stands in the place of a role nobody has said yet. */
  readonly roleWord: string;
  readonly empty: string;
  readonly canEdit: boolean;
  /** A contact who cannot be added: the one whose page it is. */
  readonly except?: string;
  readonly onAdd: (contact: string) => void;
  readonly onRole: (contact: string, role: string) => void;
  readonly onRemove: (contact: string) => void;
}

export function PeopleWithRoles(props: PeopleWithRolesProps): JSX.Element {
  const ids = () => props.people.map((each) => each.contact);
  return (
    <RecordSection
      title={props.title}
      count={props.people.length}
      action={
        <Show when={props.canEdit}>
          <AddPerson page={props} />
        </Show>
      }
    >
      <Show when={ids().length > 0} fallback={<p class="fg-3">{props.empty}</p>}>
        <ul>
          <For each={ids()}>{(contact) => <PersonLine page={props} contact={contact} />}</For>
        </ul>
      </Show>
    </RecordSection>
  );
}

function AddPerson(props: { readonly page: PeopleWithRolesProps }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const isTaken = (id: string) => id === props.page.except || props.page.people.some((person) => person.contact === id);
  return (
    <Popover
      label="Add a person"
      open={open()}
      onOpenChange={setOpen}
      placement="bottom-end"
      class="popover--picker"
      trigger={(trigger) => <IconButton {...trigger} size="xs" icon={Plus} label="Add a person" placement="top" />}
    >
      <RecordPicker
        label="Person"
        target="contact"
        value={null}
        exclude={(record) => isTaken(record.id)}
        onPick={(id) => {
          setOpen(false);
          if (typeof id === 'string') props.page.onAdd(id);
        }}
      />
    </Popover>
  );
}

function PersonLine(props: { readonly page: PeopleWithRolesProps; readonly contact: string }): JSX.Element {
  const workspace = useWorkspace();
  const name = () => followReference(workspace, props.contact).title;
  const role = () => props.page.people.find((each) => each.contact === props.contact)?.role ?? '';
  const roleText = () => optionLabel(props.page.roles, role());
  const items = (): readonly MenuItem[] => {
    const known = Object.entries(props.page.roles).map(([value, label]) => ({ value, label }));
    const isOwnWord = role() !== '' && !Object.hasOwn(props.page.roles, role());
    return [
      {
        kind: 'radio',
        label: props.page.roleTitle,
        value: role(),
        options: [
          ...known,
          ...(isOwnWord ? [{ value: role(), label: role() }] : []),
          { value: '', label: `No ${props.page.roleWord.toLowerCase()}` },
        ],
        onChange: (next) => props.page.onRole(props.contact, next),
      },
    ];
  };
  return (
    <li class="minirow">
      <ContactAvatar contactId={props.contact} size={22} />
      <RecordLink id={props.contact} class="minirow__who" />
      <Show
        when={props.page.canEdit}
        fallback={
          <Show when={role()}>
            <span class="tag minirow__role">{roleText()}</span>
          </Show>
        }
      >
        <span class="row row--4 minirow__role">
          <IconButton
            size="xs"
            icon={X}
            class="minirow__remove"
            label={`Remove ${name()}`}
            onClick={() => props.page.onRemove(props.contact)}
          />
          <Menu
            items={items()}
            placement="bottom-end"
            trigger={(trigger) => (
              <button
                type="button"
                {...trigger}
                class="tag"
                aria-label={`${props.page.roleWord} of ${name()}: ${roleText() || 'none'}`}
              >
                <span class="truncate">{roleText() || props.page.roleWord}</span>
              </button>
            )}
          />
        </span>
      </Show>
    </li>
  );
}
