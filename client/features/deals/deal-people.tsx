/** Who takes part in a deal, and as what. */
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { DEAL_ROLES, type Deal } from '../../../shared/entities/deal.ts';
import { optionLabel } from '../../../shared/model/scalar-fields.ts';
import type { Participant } from '../../../shared/model/set-fields.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { ContactAvatar, RecordLink } from '../../fields/person.tsx';
import { RecordPicker } from '../../fields/record-picker.tsx';
import { followReference } from '../../fields/reference.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Popover } from '../../ui/popover.tsx';
import type { DealActions } from './deal-actions.ts';
import styles from './deals.module.css';

export function DealPeople(props: { readonly deal: Deal; readonly actions: DealActions }): JSX.Element {
  const workspace = useWorkspace();
  const [adding, setAdding] = createSignal(false);
  const people = () => props.deal.contacts;
  const canEdit = () => workspace.canWrite() && !props.deal.deleted;
  const write = (next: readonly Participant[]) => props.actions.edit([props.deal.id], { contacts: next }, 'People');
  const nameOf = (person: Participant) => followReference(workspace, person.contact).title;

  function roleItems(person: Participant): readonly MenuItem[] {
    const known = Object.entries(DEAL_ROLES).map(([value, label]) => ({ value, label }));
    const own =
      person.role === '' || Object.hasOwn(DEAL_ROLES, person.role) ? [] : [{ value: person.role, label: person.role }];
    return [
      {
        kind: 'radio',
        label: 'Role in this deal',
        value: person.role,
        options: [...known, ...own, { value: '', label: 'No role' }],
        onChange: (role) =>
          void write(people().map((each) => (each.contact === person.contact ? { ...each, role } : each))),
      },
    ];
  }

  return (
    <section class="section" aria-labelledby="deal-people">
      <div class="section__head">
        <h2 id="deal-people">People</h2>
        <Show when={people().length > 0}>
          <span class="count">{people().length}</span>
        </Show>
        <Show when={canEdit()}>
          <Popover
            label="Add a person"
            open={adding()}
            onOpenChange={setAdding}
            placement="bottom-end"
            class="popover--picker"
            trigger={(trigger) => (
              <button
                type="button"
                {...trigger}
                class="iconbtn iconbtn--xs"
                aria-label="Add a person"
                title="Add a person"
              >
                <Plus class="lucide--sm" />
              </button>
            )}
          >
            <RecordPicker
              label="Person"
              target="contact"
              value={null}
              exclude={(record) => people().some((person) => person.contact === record.id)}
              onPick={(id) => {
                setAdding(false);
                if (typeof id === 'string') write([...people(), { contact: id, role: '' }]);
              }}
            />
          </Popover>
        </Show>
      </div>
      <Show when={people().length > 0} fallback={<p class="fg-3">Nobody yet.</p>}>
        <ul>
          <For each={people()}>
            {(person) => (
              <li class="minirow">
                <ContactAvatar contactId={person.contact} size={22} />
                <RecordLink id={person.contact} class={styles.who} />
                <Show
                  when={canEdit()}
                  fallback={
                    <Show when={person.role}>
                      <span class={`tag ${styles.role}`}>{optionLabel(DEAL_ROLES, person.role)}</span>
                    </Show>
                  }
                >
                  <span class={`row row--4 ${styles.role}`}>
                    <button
                      type="button"
                      class={`iconbtn iconbtn--xs ${styles.remove}`}
                      aria-label={`Remove ${nameOf(person)}`}
                      title="Remove"
                      onClick={() => write(people().filter((each) => each.contact !== person.contact))}
                    >
                      <X class="lucide--sm" />
                    </button>
                    <Menu
                      items={roleItems(person)}
                      placement="bottom-end"
                      trigger={(trigger) => (
                        <button
                          type="button"
                          {...trigger}
                          class="tag"
                          aria-label={`Role of ${nameOf(person)}: ${optionLabel(DEAL_ROLES, person.role) || 'none'}`}
                        >
                          <span class="truncate">{optionLabel(DEAL_ROLES, person.role) || 'Role'}</span>
                        </button>
                      )}
                    />
                  </span>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
