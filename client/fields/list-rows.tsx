/** The small list editors inside a popover: e-mails, phones, addresses, and people with their roles. */
import Plus from 'lucide-solid/icons/plus';
import X from 'lucide-solid/icons/x';
import { createSignal, For, Index, type JSX, Show, untrack } from 'solid-js';
import type { AnyField } from '../../shared/model/field.ts';
import { optionLabel } from '../../shared/model/scalar-fields.ts';
import type { Address, Participant, Reachable } from '../../shared/model/set-fields.ts';
import { Button } from '../ui/button.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { ContactAvatar, RecordLink } from './person.tsx';
import { RecordPicker } from './record-picker.tsx';

export interface RowsProps<T> {
  readonly field: AnyField;
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** What the person typed to get here; starts the first empty row. */
  readonly typed: string | undefined;
}

/** E-mails or phones. The first is the primary one; another becomes it with its radio. */
export function ReachableRows(props: RowsProps<readonly Reachable[]>): JSX.Element {
  const isMail = () => props.field.kind === 'emails';
  const noun = () => (isMail() ? 'email' : 'phone');
  const blank = (value: string): Reachable => ({ value, label: 'work', primary: false });
  /** An empty list still has a row to type in. */
  const rows = () => (props.value.length > 0 ? props.value : [blank(props.typed ?? '')]);
  const change = (index: number, part: Partial<Reachable>) =>
    props.onChange(rows().map((row, at) => (at === index ? { ...row, ...part } : row)));
  const remove = (index: number) => props.onChange(rows().filter((_, at) => at !== index));
  const makePrimary = (index: number) =>
    props.onChange(
      [...rows()]
        .map((row, at) => ({ ...row, primary: at === index }))
        .sort((left, right) => Number(right.primary) - Number(left.primary)),
    );
  return (
    <div class="rowsedit">
      <Index each={rows()}>
        {(row, index) => (
          <div class="rowsedit__row">
            <input
              class="input input--sm rowsedit__value"
              type="text"
              inputMode={isMail() ? 'email' : 'tel'}
              autocomplete="off"
              aria-label={`${optionLabel(props.field.options ?? {}, row().label)} ${noun()}`}
              value={row().value}
              onInput={(event) => change(index, { value: event.currentTarget.value })}
            />
            <LabelSelect
              options={props.field.options ?? {}}
              label={`Kind of ${noun()} ${index + 1}`}
              value={row().label}
              onChange={(label) => change(index, { label })}
            />
            <Show when={rows().length > 1}>
              <input
                type="radio"
                class="radio"
                name="primary"
                title="Primary"
                aria-label={`${row().value || `${noun()} ${index + 1}`} is the primary ${noun()}`}
                checked={index === 0}
                onChange={() => makePrimary(index)}
              />
            </Show>
            <IconButton size="xs" icon={X} label={`Remove ${row().value || noun()}`} onClick={() => remove(index)} />
          </div>
        )}
      </Index>
      <div>
        <Button
          variant="quiet"
          size="sm"
          icon={Plus}
          onClick={(event) => {
            props.onChange([...rows(), blank('')]);
            focusLastRow(event.currentTarget.closest('.rowsedit'));
          }}
        >
          Add {noun()}
        </Button>
      </div>
    </div>
  );
}

/** Puts the caret into the row just added, once it is there. */
export function focusLastRow(list: Element | null): void {
  queueMicrotask(() => [...(list?.querySelectorAll<HTMLInputElement>('.rowsedit__value') ?? [])].at(-1)?.focus());
}

const EMPTY_ADDRESS: Address = { label: 'work', street: '', postalCode: '', city: '', region: '', country: '' };
const ADDRESS_INPUTS = [
  { part: 'street', label: 'Street', wide: true },
  { part: 'postalCode', label: 'Postal code', wide: false },
  { part: 'city', label: 'City', wide: false },
  { part: 'region', label: 'Region', wide: false },
  { part: 'country', label: 'Country', wide: false },
] as const;

/** Postal addresses, one per kind. */
export function AddressRows(props: RowsProps<readonly Address[]>): JSX.Element {
  const rows = () => (props.value.length > 0 ? props.value : [{ ...EMPTY_ADDRESS, street: props.typed ?? '' }]);
  const change = (index: number, part: Partial<Address>) =>
    props.onChange(rows().map((row, at) => (at === index ? { ...row, ...part } : row)));
  const unused = () =>
    Object.keys(props.field.options ?? {}).find((label) => rows().every((row) => row.label !== label)) ?? 'other';
  const several = () => props.field.kind === 'addresses';
  return (
    <div class="rowsedit">
      <Index each={rows()}>
        {(row, index) => (
          <fieldset class="rowsedit__address">
            <legend class="sr">{optionLabel(props.field.options ?? {}, row().label)} address</legend>
            <div class="rowsedit__row">
              <LabelSelect
                options={props.field.options ?? {}}
                label={`Kind of address ${index + 1}`}
                value={row().label}
                onChange={(label) => change(index, { label })}
              />
              <span class="push">
                <IconButton
                  size="xs"
                  icon={X}
                  label={`Remove ${optionLabel(props.field.options ?? {}, row().label).toLowerCase()} address`}
                  onClick={() => props.onChange(rows().filter((_, at) => at !== index))}
                />
              </span>
            </div>
            <div class="rowsedit__parts">
              <For each={ADDRESS_INPUTS}>
                {(input) => (
                  <input
                    class="input input--sm rowsedit__value"
                    classList={{ 'is-wide': input.wide }}
                    type="text"
                    autocomplete="off"
                    placeholder={input.label}
                    aria-label={input.label}
                    value={row()[input.part]}
                    onInput={(event) => change(index, { [input.part]: event.currentTarget.value })}
                  />
                )}
              </For>
            </div>
          </fieldset>
        )}
      </Index>
      <Show when={several()}>
        <div>
          <Button
            variant="quiet"
            size="sm"
            icon={Plus}
            onClick={() => props.onChange([...rows(), { ...EMPTY_ADDRESS, label: unused() }])}
          >
            Add address
          </Button>
        </div>
      </Show>
    </div>
  );
}

/** Contacts with the part each plays. */
export function PeopleRows(props: RowsProps<readonly Participant[]>): JSX.Element {
  const [adding, setAdding] = createSignal(untrack(() => props.value.length === 0));
  const change = (contact: string, role: string) =>
    props.onChange(props.value.map((row) => (row.contact === contact ? { ...row, role } : row)));
  return (
    <div class="rowsedit">
      <For each={props.value.map((row) => row.contact)}>
        {(contact) => (
          <div class="rowsedit__row">
            <ContactAvatar contactId={contact} size={20} />
            <span class="grow truncate">
              <RecordLink id={contact} />
            </span>
            <LabelSelect
              options={props.field.options ?? {}}
              label="Role"
              emptyLabel="No role"
              value={props.value.find((row) => row.contact === contact)?.role ?? ''}
              onChange={(role) => change(contact, role)}
            />
            <IconButton
              size="xs"
              icon={X}
              label="Remove person"
              onClick={() => props.onChange(props.value.filter((row) => row.contact !== contact))}
            />
          </div>
        )}
      </For>
      <Show
        when={adding()}
        fallback={
          <div>
            <Button variant="quiet" size="sm" icon={Plus} onClick={() => setAdding(true)}>
              Add person
            </Button>
          </div>
        }
      >
        <RecordPicker
          label="Add a person"
          target="contact"
          value={null}
          initialQuery={props.typed}
          exclude={(record) => props.value.some((row) => row.contact === record.id)}
          onPick={(contact) => {
            if (contact !== null) props.onChange([...props.value, { contact, role: '' }]);
            setAdding(false);
          }}
        />
      </Show>
    </div>
  );
}

/** A short list of words; a word this build does not know stays choosable. */
function LabelSelect(props: {
  readonly options: Readonly<Record<string, string>>;
  readonly label: string;
  readonly emptyLabel?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): JSX.Element {
  const keys = () => {
    const known = Object.keys(props.options);
    return props.value === '' || known.includes(props.value) ? known : [...known, props.value];
  };
  return (
    <select
      class="input input--sm rowsedit__label"
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
    >
      <Show when={props.emptyLabel}>
        <option value="">{props.emptyLabel}</option>
      </Show>
      <For each={keys()}>{(key) => <option value={key}>{optionLabel(props.options, key)}</option>}</For>
    </select>
  );
}
