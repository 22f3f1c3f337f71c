/** The row above a table that narrows it: words (F), then one chip per field. */
import './filter-bar.css';
import ListFilter from 'lucide-solid/icons/list-filter';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { AnyField } from '../../shared/model/field.ts';
import { optionLabel } from '../../shared/model/scalar-fields.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { FilterChip } from '../ui/filter-chip.tsx';
import { IconButton } from '../ui/icon-button.tsx';
import { Menu } from '../ui/menu.tsx';
import { Picker } from '../ui/picker.tsx';
import { fieldIcon } from './field-icon.tsx';
import { type DerivedFilter, type ListFilters, NO_VALUE } from './list-filters.ts';
import { MemberAvatar } from './person.tsx';

export function FilterBar(props: {
  readonly filters: ListFilters;
  /** "Find a contact". */
  readonly placeholder: string;
  /** Given the input, so that the page can focus it on F. */
  readonly inputRef?: (input: HTMLInputElement) => void;
  /** Somebody is about to type. */
  readonly onPrepare?: () => void;
  /** Goes down into the table. */
  readonly onArrowDown?: () => void;
  /** Buttons at the right end. */
  readonly children?: JSX.Element;
}): JSX.Element {
  const entity = (): Entity => entities[props.filters.entity];
  const field = (name: string) => entity().fields[name] as AnyField;
  const derived = (name: string) => props.filters.derived(name);
  const labelOf = (name: string) => derived(name)?.label ?? field(name).label;
  const iconFor = (name: string) => derived(name)?.icon ?? fieldIcon(field(name));
  const [opened, setOpened] = createSignal<string>();
  const workspace = useWorkspace();
  /** `Maya and Priya`, `3 people`. */
  function wordsOf(name: string): string {
    const values = props.filters.chosen().get(name) ?? [];
    if (values.length === 0) return 'anything';
    return values.length > 2
      ? `${values.length} values`
      : values.map((value) => valueLabel(workspace, derived(name) ?? field(name), value)).join(' or ');
  }
  const unused = () => props.filters.fields.filter((name) => !props.filters.chosen().has(name));
  const shown = createMemo(() => [...props.filters.chosen().keys()]);
  return (
    <div class="subbar filterbar" role="search" aria-label={`Filter ${entity().plural.toLowerCase()}`}>
      <label class="filterbar__find">
        <Search class="lucide--sm" />
        <span class="sr">{props.placeholder}</span>
        <input
          ref={(input) => props.inputRef?.(input)}
          type="text"
          autocomplete="off"
          spellcheck={false}
          placeholder={props.placeholder}
          aria-keyshortcuts="F"
          value={props.filters.words()}
          onFocus={() => props.onPrepare?.()}
          onInput={(event) => props.filters.setWords(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && props.filters.words() !== '') {
              event.stopPropagation();
              props.filters.setWords('');
            } else if (event.key === 'Escape') event.currentTarget.blur();
            if (event.key === 'ArrowDown' || event.key === 'Enter') {
              event.preventDefault();
              props.onArrowDown?.();
            }
          }}
        />
        <Show when={props.filters.words() !== ''}>
          <IconButton size="xs" icon={X} label="Clear the words" onClick={() => props.filters.setWords('')} />
        </Show>
      </label>
      <div class="filterbar__chips">
        <For each={shown()}>
          {(name) => (
            <FilterChip
              field={labelOf(name)}
              icon={iconFor(name)}
              operator="is any of"
              value={wordsOf(name)}
              open={opened() === name}
              onOpenChange={(open) => {
                setOpened(open ? name : undefined);
                if (!open && props.filters.chosen().get(name)?.length === 0) props.filters.choose(name, null);
              }}
              onRemove={() => props.filters.choose(name, null)}
            >
              <ValuePicker filters={props.filters} name={name} />
            </FilterChip>
          )}
        </For>
        <Show when={unused().length > 0}>
          <Menu
            items={unused().map((name) => ({
              label: labelOf(name),
              icon: iconFor(name),
              onSelect: () => {
                props.filters.choose(name, []);
                // After the menu gave the focus back, else it would close what opens now.
                setTimeout(() => setOpened(name), 0);
              },
            }))}
            trigger={(trigger) => (
              <button type="button" {...trigger} class="chip chip--add">
                <Show when={shown().length > 0} fallback={<ListFilter class="lucide--sm" />}>
                  <Plus class="lucide--sm" />
                </Show>
                Filter
              </button>
            )}
          />
        </Show>
      </div>
      <div class="push row row--4">{props.children}</div>
    </div>
  );
}

/** The values a filter can ask for: the options of a list, teammates, or every word in use. */
function ValuePicker(props: { readonly filters: ListFilters; readonly name: string }): JSX.Element {
  const workspace = useWorkspace();
  const field = (): AnyField | DerivedFilter =>
    props.filters.derived(props.name) ?? ((entities[props.filters.entity] as Entity).fields[props.name] as AnyField);
  const values = () => props.filters.chosen().get(props.name) ?? [];
  const options = createMemo(() => [...possibleValues(workspace, props.filters, props.name, field()), NO_VALUE]);
  return (
    <div class="filterbar__values">
      <Picker
        multiple
        label={field().label}
        options={options()}
        optionValue={(value) => value}
        optionLabel={(value) => valueLabel(workspace, field(), value)}
        optionLead={(value) => (
          <Show when={isPerson(field()) && value !== NO_VALUE}>
            <MemberAvatar memberId={value} decorative />
          </Show>
        )}
        isChosen={(value) => values().includes(value)}
        onPick={(value) =>
          props.filters.choose(
            props.name,
            values().includes(value) ? values().filter((each) => each !== value) : [...values(), value],
          )
        }
        onBackspace={() => props.filters.choose(props.name, values().slice(0, -1))}
      />
    </div>
  );
}

const isPerson = (field: AnyField | DerivedFilter) => 'kind' in field && field.kind === 'person';

function possibleValues(
  workspace: Workspace,
  filters: ListFilters,
  name: string,
  field: AnyField | DerivedFilter,
): readonly string[] {
  if (field.options) return Object.keys(field.options);
  if (isPerson(field))
    return workspace
      .collection('member')
      .all()
      .map((member) => member.id);
  const uses = new Map<string, number>();
  for (const record of workspace.collection(filters.entity).each() as Iterable<AnyRecord>) {
    const value = record[name];
    for (const word of Array.isArray(value) ? value : [value]) {
      if (typeof word === 'string' && word !== '') uses.set(word, (uses.get(word) ?? 0) + 1);
    }
  }
  return [...uses].sort((left, right) => right[1] - left[1]).map(([word]) => word);
}

function valueLabel(workspace: Workspace, field: AnyField | DerivedFilter, value: string): string {
  if (value === NO_VALUE) return 'none' in field ? field.none : `No ${field.label.toLowerCase()}`;
  if (field.options) return optionLabel(field.options, value);
  const member = isPerson(field) ? workspace.collection('member').byIdInTrash(value) : undefined;
  return member ? recordTitle(entities, member as unknown as AnyRecord) : value;
}
