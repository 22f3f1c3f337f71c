/** Two values for one field: who wrote which and when, and the ways out: keep it, use the other one, keep both. */
import Split from 'lucide-solid/icons/split';
import { createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { dayOfInstant } from '../../shared/model/day.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { KeptChoice } from '../../shared/query/kept-values.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import { useWorkspace } from '../data/workspace.ts';
import { rightNow } from '../platform/right-now.ts';
import { Button } from '../ui/button.tsx';
import { Refusal } from '../ui/refusal.tsx';
import { formatInstant, formatTime } from './format.ts';
import { authorOf, createChoices, decide, keptField, optionText, storyOf } from './kept-choices.ts';
import { currentDay } from './reference.ts';

/** Of today only the time, so that it stands in one line with the value. */
const whenWords = (at: number): string =>
  dayOfInstant(at) === currentDay() ? formatTime(at) : formatInstant(at, rightNow());

export function KeptBox(props: {
  readonly record: AnyRecord;
  readonly choice: KeptChoice;
  readonly onDecided?: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const group = createUniqueId();
  const [chosen, setChosen] = createSignal(0);
  const [refused, setRefused] = createSignal<string>();
  const options = () => props.choice.options;
  const who = (index: number) => authorOf(workspace, options()[index]?.stamp ?? '');
  /** Two of one person are told apart by their place. */
  const isOnePerson = () => new Set(options().map((_, index) => who(index))).size < options().length;
  const useLabel = () => {
    if (props.choice.kind !== 'replaced' && chosen() === 0) return 'Keep this one';
    const only = props.choice.kind === 'replaced' ? ' only' : '';
    return isOnePerson() ? `Use this one${only}` : `Use ${who(chosen())}’s${only}`;
  };
  const allLabel = () => (options().length === 2 ? 'Keep both' : `Keep all ${options().length}`);
  const label = () => (keptField(props.record, props.choice.field)?.label ?? props.choice.field).toLowerCase();

  function take(use: KeptChoice['options'][number] | 'all' | undefined): void {
    if (use === undefined) return;
    const sentence = decide(workspace, { record: props.record, choice: props.choice, use });
    setRefused(sentence);
    if (sentence === undefined) props.onDecided?.();
  }
  return (
    <section class="conflict keptbox" aria-label={`Values kept for ${label()}`}>
      <p class="row row--6 fw-5">
        <Split class="fg-warning" />
        {options().length === 2 ? 'Two' : options().length} values for {label()}
      </p>
      <p class="fs-12 fg-2">{storyOf(workspace, props.choice)}</p>
      <For each={options()}>
        {(option, index) => (
          <label class="conflict__opt" classList={{ 'is-on': chosen() === index() }}>
            <input
              type="radio"
              class="radio"
              name={group}
              checked={chosen() === index()}
              onChange={() => setChosen(index())}
            />
            <span class="grow truncate num">
              {optionText(workspace, { record: props.record, choice: props.choice, option })}
            </span>
            <span class="meta">
              {who(index())}, {whenWords(stampTime(option.stamp))}
            </span>
          </label>
        )}
      </For>
      <Refusal text={refused()} />
      <Show when={workspace.canWrite() && !props.record.deleted}>
        <div class="row row--6">
          <Button size="sm" onClick={() => take(options()[chosen()])}>
            {useLabel()}
          </Button>
          <Show when={props.choice.kind === 'replaced'}>
            <Button size="sm" variant="quiet" onClick={() => take('all')}>
              {allLabel()}
            </Button>
          </Show>
        </div>
      </Show>
    </section>
  );
}

/** All of a record's, for its history. */
export function KeptBoxes(props: { readonly record: AnyRecord }): JSX.Element {
  const choices = createChoices(() => props.record.id);
  let boxes!: HTMLDivElement;
  return (
    // The button somebody pressed goes with its box: the focus stays here.
    <div ref={boxes} tabIndex={-1}>
      <For each={choices()}>
        {(choice) => <KeptBox record={props.record} choice={choice} onDecided={() => boxes.focus()} />}
      </For>
    </div>
  );
}
