/** The filters of the deals page: text, owners, close date. */
import '../../fields/filter-bar.css';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import Plus from 'lucide-solid/icons/plus';
import Search from 'lucide-solid/icons/search';
import UserRound from 'lucide-solid/icons/user';
import X from 'lucide-solid/icons/x';
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js';
import type { Day } from '../../../shared/model/day.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { lateComponent } from '../../ui/late.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import styles from './deals.module.css';
import { type DealsAddress, isFiltered } from './deals-url.ts';

const chips = () => import('./deal-filter-chips.tsx');
const OwnerChip = lateComponent(() => chips().then((module) => module.OwnerChip));
const BeforeChip = lateComponent(() => chips().then((module) => module.BeforeChip));

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
