/** The filters of the deals page that are not words: owners and close date. Loaded late, when there is one. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import UserRound from 'lucide-solid/icons/user';
import { createSignal, For, type JSX, onCleanup } from 'solid-js';
import { addDays, type Day, isDay, parseDay } from '../../../shared/model/day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatDay } from '../../fields/format.ts';
import { parseHints } from '../../fields/parse-hints.ts';
import { MemberAvatar } from '../../fields/person.tsx';
import { FilterChip } from '../../ui/filter-chip.tsx';
import { Picker } from '../../ui/picker.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './deals.module.css';
import { NO_OWNER } from './deals-url.ts';

export function OwnerChip(props: {
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

export function BeforeChip(props: {
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
