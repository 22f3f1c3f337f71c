/** The filters of the deals page: text, owners, close date. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import UserRound from 'lucide-solid/icons/user';
import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, For, type JSX, on, onCleanup, Show } from 'solid-js';
import { addDays, type Day, isDay, parseDay } from '../../../shared/model/day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatDay } from '../../fields/format.ts';
import { parseHints } from '../../fields/parse-hints.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Picker } from '../../ui/picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './deals.module.css';
import { type DealsAddress, isFiltered, NO_OWNER } from './deals-url.ts';

type Filters = Pick<DealsAddress, 'text' | 'owners' | 'before'>;

export function DealFilters(props: {
  readonly address: DealsAddress;
  readonly today: Day;
  readonly onChange: (change: Partial<Filters>) => void;
  /** Given the text field, so that the page can focus it on F. */
  readonly findRef: (input: HTMLInputElement) => void;
}): JSX.Element {
  /** The chip that was just added and has no value yet, or whose value is being chosen. */
  const [open, setOpen] = createSignal<'owners' | 'before' | null>(null);
  const items = (): readonly MenuItem[] => [
    { label: 'Owner', icon: UserRound, disabled: props.address.owners.length > 0, onSelect: () => openSoon('owners') },
    {
      label: 'Close date',
      icon: CalendarDays,
      disabled: props.address.before !== null,
      onSelect: () => openSoon('before'),
    },
  ];
  // The menu gives the focus back to its button first; the chip's own surface takes it after that.
  const openSoon = (which: 'owners' | 'before') => setTimeout(() => setOpen(which), 30);

  return (
    <div class={styles.filters}>
      <FindField
        ref={(input) => props.findRef(input)}
        text={props.address.text}
        onChange={(text) => props.onChange({ text })}
      />
      <Show when={props.address.owners.length > 0 || open() === 'owners'}>
        <OwnerChip
          owners={props.address.owners}
          open={open() === 'owners'}
          onOpenChange={(next) => setOpen(next ? 'owners' : null)}
          onChange={(owners) => props.onChange({ owners })}
        />
      </Show>
      <Show when={props.address.before !== null || open() === 'before'}>
        <BeforeChip
          before={props.address.before}
          today={props.today}
          open={open() === 'before'}
          onOpenChange={(next) => setOpen(next ? 'before' : null)}
          onChange={(before) => props.onChange({ before })}
        />
      </Show>
      <Menu
        items={items()}
        trigger={(trigger) => (
          <button type="button" {...trigger} class="chip chip--add">
            <Plus class="lucide--sm" />
            Filter
          </button>
        )}
      />
      <Show when={isFiltered(props.address)}>
        <button
          type="button"
          class="btn btn--ghost btn--sm"
          onClick={() => props.onChange({ text: '', owners: [], before: null })}
        >
          Clear filters
        </button>
      </Show>
    </div>
  );
}

/** Filters while it is typed into. */
function FindField(props: {
  readonly text: string;
  readonly onChange: (text: string) => void;
  readonly ref: (input: HTMLInputElement) => void;
}): JSX.Element {
  let input!: HTMLInputElement;
  // The field is the person's while they type; an address that changed otherwise (back, a link) is shown.
  createEffect(
    on(
      () => props.text,
      (text) => {
        if (input.value !== text && document.activeElement !== input) input.value = text;
      },
    ),
  );
  return (
    <label class={`filterbar__find ${styles.find}`}>
      <Search class="lucide--sm" />
      <span class="sr">Find deals</span>
      <input
        ref={(element) => {
          input = element;
          props.ref(element);
        }}
        type="text"
        spellcheck={false}
        aria-keyshortcuts="F"
        placeholder="Find deals"
        autocomplete="off"
        value={props.text}
        onInput={(event) => props.onChange(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || input.value === '') return;
          event.stopPropagation();
          input.value = '';
          props.onChange('');
        }}
      />
      <Show when={props.text !== ''}>
        <IconButton
          size="xs"
          icon={X}
          label="Clear the words"
          onClick={() => {
            input.value = '';
            props.onChange('');
            input.focus();
          }}
        />
      </Show>
    </label>
  );
}

function OwnerChip(props: {
  readonly owners: readonly string[];
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onChange: (owners: readonly string[]) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const options = () => [
    ...workspace
      .collection('member')
      .all()
      .map((member) => ({ id: member.id as string, name: member.name })),
    { id: NO_OWNER, name: 'No owner' },
  ];
  const words = () => {
    const [only] = props.owners;
    if (props.owners.length === 0) return 'anybody';
    if (props.owners.length > 1) return `${props.owners.length} people`;
    return options().find((option) => option.id === only)?.name ?? 'Somebody who left';
  };
  return (
    <FilterChip
      field="Owner"
      icon={UserRound}
      operator="is any of"
      value={words()}
      open={props.open}
      onOpenChange={(next) => props.onOpenChange(next)}
      onRemove={() => {
        props.onChange([]);
        props.onOpenChange(false);
      }}
    >
      <Picker
        label="Owners"
        multiple
        options={options()}
        optionValue={(option) => option.id}
        optionLabel={(option) => option.name}
        optionLead={(option) => <MemberAvatar memberId={option.id === NO_OWNER ? null : option.id} decorative />}
        isChosen={(id) => props.owners.includes(id)}
        onPick={(option) =>
          props.onChange(
            props.owners.includes(option.id)
              ? props.owners.filter((id) => id !== option.id)
              : [...props.owners, option.id],
          )
        }
        onBackspace={() => props.onChange(props.owners.slice(0, -1))}
      />
    </FilterChip>
  );
}

function BeforeChip(props: {
  readonly before: Day | null;
  readonly today: Day;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly onChange: (before: Day | null) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [error, setError] = createSignal<string>();
  // oxlint-disable-next-line solid/reactivity
  const [text, setText] = createSignal(props.before ?? '');
  function take(): void {
    const day = isDay(text()) ? text() : parseDay(text(), parseHints(workspace));
    setError(day === null ? 'Type a date like 1 Mar 2027.' : undefined);
    if (day === null) return;
    props.onChange(day);
    props.onOpenChange(false);
  }
  const presets = () => {
    const nextMonth = `${addDays(`${props.today.slice(0, 8)}28`, 4).slice(0, 8)}01`;
    return [
      { label: 'In 7 days', day: addDays(props.today, 7) },
      { label: 'Next month', day: nextMonth },
      { label: 'In 90 days', day: addDays(props.today, 90) },
    ];
  };
  onCleanup(() => setError(undefined));
  return (
    <FilterChip
      field="Close date"
      icon={CalendarDays}
      operator="before"
      value={props.before === null ? 'any day' : formatDay(props.before, props.today)}
      open={props.open}
      onOpenChange={(next) => props.onOpenChange(next)}
      onRemove={() => {
        props.onChange(null);
        props.onOpenChange(false);
      }}
    >
      <form
        class={styles.datePick}
        onSubmit={(event) => {
          event.preventDefault();
          take();
        }}
      >
        <TextField label="Closes before" value={text()} onInput={setText} error={error()} placeholder="1 Mar 2027" />
        <div class={styles.reasons}>
          <For each={presets()}>
            {(preset) => (
              <button
                type="button"
                class="btn btn--sm"
                onClick={() => {
                  props.onChange(preset.day);
                  props.onOpenChange(false);
                }}
              >
                {preset.label}
              </button>
            )}
          </For>
        </div>
      </form>
    </FilterChip>
  );
}
