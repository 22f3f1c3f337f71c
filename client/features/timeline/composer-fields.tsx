/** What a call, an e-mail, a meeting or a task can say beside its text. */
import Square from 'lucide-solid/icons/square';
import Timer from 'lucide-solid/icons/timer';
import { type Component, createMemo, createSignal, createUniqueId, For, type JSX, Show } from 'solid-js';
import { CALL_OUTCOMES, DIRECTIONS, SUBJECTS } from '../../../shared/entities/activity.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { RecordPicker } from '../../fields/record-picker.tsx';
import { followReference } from '../../fields/reference.ts';
import { createNow } from '../../platform/create-now.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type Draft, type FormIssue, timerText } from './composer-model.ts';
import type { ComposerState } from './composer-state.ts';

export function ComposerFields(props: { readonly state: ComposerState; readonly placeholder: string }): JSX.Element {
  const draft = () => props.state.draft();
  // Not with every letter: what depends on the kind is made anew when it changes, and its input with it.
  const kind = createMemo(() => draft().kind);
  const is = (...kinds: Draft['kind'][]) => kinds.includes(kind());
  const text = (name: 'subject' | 'duration' | 'at' | 'due', label: string, more: Partial<LineProps> = {}) => (
    <Line
      label={label}
      name={name}
      value={draft()[name]}
      issue={props.state.issue()}
      onInput={(value) => props.state.patch({ [name]: value })}
      {...more}
    />
  );
  return (
    <div class="composer__fields">
      <Show when={is('call', 'email', 'message')}>
        <Segmented
          label="Direction"
          value={draft().direction}
          options={Object.entries(DIRECTIONS).map(([value, label]) => ({ value: value as Draft['direction'], label }))}
          onChange={(direction) => props.state.patch({ direction })}
        />
      </Show>
      <Show when={is('email', 'meeting', 'task')}>
        {text('subject', is('task') ? 'What is to be done' : 'Subject', { wide: true, isFirst: true })}
      </Show>
      <Show when={is('call')}>
        <label class="cfield cfield--outcome">
          <span class="cfield__label">Outcome</span>
          <select
            class="input input--sm"
            value={draft().outcome}
            onChange={(event) => props.state.patch({ outcome: event.currentTarget.value as Draft['outcome'] })}
          >
            <option value="">Not said</option>
            <For each={Object.entries(CALL_OUTCOMES)}>{(option) => <option value={option[0]}>{option[1]}</option>}</For>
          </select>
        </label>
      </Show>
      <Show when={is('call', 'meeting')}>
        {text('duration', 'Duration', { placeholder: is('call') ? '12 min' : '45 min' })}
      </Show>
      <Show when={is('call')}>
        <CallTimer state={props.state} />
      </Show>
      <Show when={!is('task')}>{text('at', 'When', { placeholder: 'Now' })}</Show>
      <Show when={is('task')}>{text('due', 'Due', { placeholder: 'Tomorrow, or Fri 15:00' })}</Show>
      <textarea
        class="composer__box composer__box--fields"
        data-first={is('call', 'message') ? '' : undefined}
        aria-label={props.placeholder}
        placeholder={props.placeholder}
        rows={2}
        value={draft().body}
        onInput={(event) => props.state.patch({ body: event.currentTarget.value })}
      />
    </div>
  );
}

interface LineProps {
  readonly label: string;
  readonly name: FormIssue['field'];
  readonly value: string;
  readonly placeholder: string;
  readonly issue: FormIssue | undefined;
  readonly wide: boolean;
  readonly isFirst: boolean;
  readonly onInput: (value: string) => void;
}

function Line(props: Partial<LineProps> & Pick<LineProps, 'label' | 'name' | 'value' | 'onInput'>): JSX.Element {
  const id = createUniqueId();
  const errorId = createUniqueId();
  const error = () => (props.issue?.field === props.name ? props.issue?.message : undefined);
  return (
    <div class="cfield" classList={{ 'cfield--wide': props.wide, 'cfield--short': props.name === 'duration' }}>
      <label class="cfield__label" for={id}>
        {props.label}
      </label>
      <input
        id={id}
        class="input input--sm"
        classList={{ 'is-error': error() !== undefined }}
        type="text"
        autocomplete="off"
        data-field={props.name}
        data-first={props.isFirst ? '' : undefined}
        placeholder={props.placeholder}
        value={props.value}
        aria-invalid={error() !== undefined}
        aria-describedby={error() === undefined ? undefined : errorId}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <Show when={error()}>
        {(message) => (
          <span class="field__error" id={errorId} role="alert">
            {message()}
          </span>
        )}
      </Show>
    </div>
  );
}

function CallTimer(props: { readonly state: ComposerState }): JSX.Element {
  const now = createNow(1_000, Date.now);
  const from = () => props.state.draft().timerFrom;
  return (
    <Button
      size="sm"
      icon={from() === null ? Timer : Square}
      pressed={from() !== null}
      onClick={() => props.state.toggleTimer()}
    >
      <Show when={from()} fallback="Start timer">
        {(since) => <span class="num">Stop at {timerText(Math.max(now(), Date.now()) - since())}</span>}
      </Show>
    </Button>
  );
}

/** The other records it is shown on; `children` is a way to link more. */
export function AlsoAbout(props: { readonly state: ComposerState; readonly children?: JSX.Element }): JSX.Element {
  const workspace = useWorkspace();
  const also = () => props.state.draft().also;
  const toggle = (id: string) => props.state.patch({ also: toggled(also(), id) });
  const titleOf = (id: string) => followReference(workspace, id).title;
  return (
    <div class="composer__also">
      <Show when={also().length > 0}>
        <span class="fg-3">{props.state.draft().kind === 'task' ? 'Also about' : 'With'}</span>
      </Show>
      <For each={also()}>
        {(id) => (
          <Tag onRemove={() => toggle(id)} removeLabel={`Remove ${titleOf(id)}`}>
            {titleOf(id)}
          </Tag>
        )}
      </For>
      {props.children}
    </div>
  );
}

/** Finds one more record to show the entry on. */
export function LinkRecord(props: {
  readonly state: ComposerState;
  readonly record: AnyRecord;
  readonly trigger: Component<Record<string, unknown>>;
}): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const also = () => props.state.draft().also;
  return (
    <Popover
      label="People, companies and deals"
      open={open()}
      onOpenChange={setOpen}
      class="popover--picker"
      trigger={props.trigger}
    >
      <RecordPicker
        label="People, companies and deals"
        target={SUBJECTS.join(',')}
        value={also()}
        exclude={(record) => record.id === props.record.id}
        onPick={(id) => {
          if (id !== null) props.state.patch({ also: toggled(also(), id) });
        }}
      />
    </Popover>
  );
}

const toggled = (ids: readonly string[], id: string): readonly string[] =>
  ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id];
