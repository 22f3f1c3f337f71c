/** The history of one record: who changed what and when, each value restorable, and the record as it was on a day. */
import './history.css';
import { Key } from '@solid-primitives/keyed';
import Clock from 'lucide-solid/icons/clock';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import { createMemo, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import type { Tx } from '../../../shared/commands/command.ts';
import { putBackDeals } from '../../../shared/commands/deal-commands.ts';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { type EntityName, entities, isEntityName, recordTitle } from '../../../shared/entities/registry.ts';
import { addDays, type Day, dayOfInstant, daysBetween } from '../../../shared/model/day.ts';
import { type AnyRecord, type Entity, fieldOf } from '../../../shared/model/entity.ts';
import type { Place } from '../../../shared/model/place-field.ts';
import { recordAsOf } from '../../../shared/query/past.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { FieldValue } from '../../fields/field-value.tsx';
import { formatCount, formatFullDay, formatInstant } from '../../fields/format.ts';
import { KeptBoxes } from '../../fields/kept-box.tsx';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { attempt, withValue, writeField } from '../../fields/record-edit.ts';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { changeWords, isTold, ownTitle } from './change-words.ts';
import { createHistory, createRecordPast, type HistoryList } from './create-history.ts';
import { DaySlider } from './day-slider.tsx';
import type { Change } from './history-api.ts';
import { ANY_TIME, type HistoryTime, sinceOf, TIME_OPTIONS } from './history-time.ts';

/** The button in the topbar of a record's page (H), and what it opens. */
export function RecordHistory(props: RecordPartProps): JSX.Element {
  const [open, setOpen] = createSignal(false);
  createHotkeys(() => ({ H: () => setOpen(true) }));
  return (
    <>
      <IconButton icon={Clock} label="History" keys="H" onClick={() => setOpen(true)} />
      <Show when={open()}>
        <HistoryDialog record={props.record} onClose={() => setOpen(false)} />
      </Show>
    </>
  );
}

const ANY = '-';

/** The stage of a deal is its place, which is hidden elsewhere because of the rank in it. */
const isShown = (name: string, field: { readonly hidden?: boolean | undefined }) => !field.hidden || name === 'place';

function HistoryDialog(props: { readonly record: AnyRecord; readonly onClose: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const [view, setView] = createSignal<'changes' | 'then'>('changes');
  const [member, setMember] = createSignal(ANY);
  const [field, setField] = createSignal(ANY);
  const [time, setTime] = createSignal<HistoryTime>(ANY_TIME);
  const filter = createMemo(() => ({
    record: props.record.id,
    ...sinceOf(time()),
    ...(member() === ANY ? {} : { member: member() }),
    ...(field() === ANY ? {} : { field: field() }),
  }));
  const list = createHistory(() => filter());
  const entity = (): Entity => entities[props.record.entity as EntityName];
  const fieldOptions = () => [
    { value: ANY, label: 'Every field' },
    ...Object.entries(entity().fields)
      .filter(([name, each]) => isShown(name, each))
      .map(([value, each]) => ({ value, label: each.label })),
  ];
  const memberOptions = () => [
    { value: ANY, label: 'Everybody' },
    ...workspace
      .collection('member')
      .all()
      .map((each) => ({ value: each.id as string, label: each.name })),
  ];
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && props.onClose()}
      title={`History of ${recordTitle(entities, props.record)}`}
      width={680}
    >
      <div class="history">
        <div class="history__bar">
          <Segmented
            label="What to show"
            value={view()}
            options={[
              { value: 'changes', label: 'Changes' },
              { value: 'then', label: 'As it was' },
            ]}
            onChange={setView}
          />
          <Show when={view() === 'changes'}>
            <Select label="Person" hideLabel options={memberOptions()} value={member()} onChange={setMember} />
            <Select label="Field" hideLabel options={fieldOptions()} value={field()} onChange={setField} />
            <Select label="Time" hideLabel options={TIME_OPTIONS} value={time()} onChange={setTime} />
          </Show>
        </div>
        <Show when={list.isOnlyHere()}>
          <p class="history__note" role="status">
            Your server is out of reach. These are the changes this device knows; the whole history is on the server.
          </p>
        </Show>
        <Show when={view() === 'changes'} fallback={<AsItWas record={props.record} onRestored={() => list.reload()} />}>
          <ChangeList record={props.record} list={list} />
        </Show>
      </div>
    </Dialog>
  );
}

function ChangeList(props: { readonly record: AnyRecord; readonly list: HistoryList }): JSX.Element {
  const told = createMemo(() => props.list.changes().filter(isTold));
  return (
    <>
      <KeptBoxes record={props.record} />
      <ol class="history__list">
        {/* The lines are read again after each restored value; the one that has the focus stays. */}
        <Key each={told()} by={({ stamp, record, field }) => `${stamp} ${record} ${field}`}>
          {(change) => <ChangeLine change={change()} record={props.record} onRestored={() => props.list.reload()} />}
        </Key>
      </ol>
      <Show when={told().length === 0 && !props.list.isLoading()}>
        <p class="fg-3">Nothing was changed here{props.list.isOnlyHere() ? ', as far as this device knows' : ''}.</p>
      </Show>
      <Show when={props.list.hasMore()}>
        <Button size="sm" variant="quiet" disabled={props.list.isLoading()} onClick={() => props.list.more()}>
          Show earlier changes
        </Button>
      </Show>
    </>
  );
}

/** `Maya  Stage  Qualified → Proposal  5 min ago  [Restore]`. */
function ChangeLine(props: {
  readonly change: Change;
  readonly record: AnyRecord;
  readonly onRestored: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [refused, setRefused] = createSignal<string>();
  const name = () => props.change.field.split(':', 1)[0] ?? '';
  /** What was merged into this one: its history is told along, and stays as it is while it is merged. */
  const merged = () => (props.change.record === props.record.id ? '' : ownTitle(workspace, props.change.record));
  const words = createMemo(() => {
    const { field, new: into } = props.change;
    if (merged() === '' || field !== 'mergedInto') return changeWords(workspace, props.change);
    const what = typeof into === 'string' ? `Merged ${merged()} into this one` : `Took ${merged()} out again`;
    return { what, before: '', after: '' };
  });
  const isTheirs = () => merged() !== '' && props.change.field !== 'mergedInto';
  const canRestore = () =>
    workspace.canWrite() &&
    props.change.record === props.record.id &&
    props.change.id !== 0 &&
    name() !== '' &&
    name() !== 'deleted' &&
    (name() !== 'place' || isPlace(props.change.old));
  function restore(): void {
    const record = props.record;
    const change = props.change;
    if (!isEntityName(record.entity)) return;
    const field = fieldOf(entities[record.entity], name());
    if (!field) return;
    if (isPlace(change.old)) {
      const to = change.old;
      const what = `${recordTitle(entities, record)} put back to ${words().before}`;
      const write = (tx: Tx) => putBackDeals(tx, [{ id: record.id, to }]);
      setRefused(attempt(() => workspace.run(what, write)));
      if (refused() === undefined) setTimeout(() => props.onRestored(), 500);
      return;
    }
    const element = change.field === name() ? null : change.field.slice(name().length + 1);
    const value = withValue(field, record[name()], element, change.old);
    setRefused(writeField(workspace, record.entity, [record.id], name(), value));
    if (refused() === undefined) setTimeout(() => props.onRestored(), 500);
  }
  return (
    <li class="history__line">
      <span>
        <MemberAvatar memberId={props.change.by} size={22} decorative />
      </span>
      <div class="history__what">
        <span>
          <span class="fw-5">
            <Show when={props.change.by} fallback="Automatic">
              {(by) => <MemberName memberId={by()} />}
            </Show>
          </span>{' '}
          <span class="fg-2">{words().what}</span>
          <Show when={isTheirs()}>
            <span class="fg-3">{`, of ${merged()} that was merged`}</span>
          </Show>
        </span>
        <Show when={words().before || words().after}>
          <span class="history__values">
            <Show when={props.change.id !== 0}>
              <del class="truncate">{words().before || 'Empty'}</del>
              <span aria-hidden="true">→</span>
            </Show>
            <ins class="truncate">{words().after || 'Empty'}</ins>
          </span>
        </Show>
        <Show when={refused()}>
          <span class="field__error" role="alert">
            {refused()}
          </span>
        </Show>
      </div>
      <time class="meta">{formatInstant(props.change.at, Date.now())}</time>
      <Show when={canRestore()} fallback={<span class="history__gap" />}>
        <IconButton
          size="sm"
          icon={RotateCcw}
          label={`Restore ${words().before || 'the empty value'} for ${words().what}`}
          onClick={restore}
        />
      </Show>
    </li>
  );
}

const isPlace = (value: unknown): value is Place => Array.isArray(value) && value.length === 3;

/** What is compared: where a card lies within its column is nobody’s concern. */
const valueIn = (record: AnyRecord, name: string): string =>
  JSON.stringify(isPlace(record[name]) && name === 'place' ? record[name][1] : record[name]);

/** A day to look at: the record with everything since taken off, what differs marked, and a way back to it. */
function AsItWas(props: { readonly record: AnyRecord; readonly onRestored: () => void }): JSX.Element {
  const workspace = useWorkspace();
  const today = dayOfInstant(Date.now());
  const first = () => (props.record.createdAt > 0 ? dayOfInstant(props.record.createdAt) : addDays(today, -365));
  const weekAgo = () => addDays(today, -Math.min(7, Math.max(1, daysBetween(first(), today))));
  const [day, setDay] = createSignal<Day>(untrack(weekAgo));
  const [refused, setRefused] = createSignal<string>();
  const { past, isUnreachable } = createRecordPast(() => props.record, day);
  const entity = (): Entity => entities[props.record.entity as EntityName];
  const was = createMemo(() => recordAsOf(entity(), props.record, past()?.values ?? []));
  const differs = (then: AnyRecord, name: string) => valueIn(then, name) !== valueIn(props.record, name);
  const fields = createMemo(() =>
    Object.entries(entity().fields).filter(([name, field]) => {
      const then = was();
      return isShown(name, field) && then !== null && (field.sortKey(then[name]) !== null || differs(then, name));
    }),
  );
  const changed = createMemo(() => {
    const then = was();
    return then === null ? [] : fields().filter(([name]) => differs(then, name));
  });
  function restoreAll(): void {
    const then = was();
    const read = past();
    if (then === null || read?.day !== day() || changed().length === 0 || !isEntityName(props.record.entity)) return;
    const { place, ...changes } = Object.fromEntries(changed().map(([name]) => [name, then[name]]));
    const title = recordTitle(entities, props.record);
    const { id } = props.record;
    const restored = entity();
    const label = `${title} restored as of ${formatFullDay(read.day)}`;
    const write = (tx: Tx) => {
      if (isPlace(place)) putBackDeals(tx, [{ id, to: place }]);
      editRecords(tx, { entity: restored, ids: [id], changes });
    };
    const sentence = attempt(() => workspace.run(label, write));
    setRefused(sentence);
    if (sentence === undefined) setTimeout(() => props.onRestored(), 500);
  }
  return (
    <>
      <DaySlider label="Day to look at" first={first()} today={today} value={day()} onChange={setDay} />
      <Show
        when={past()}
        fallback={
          <p class="fg-3" role="status">
            {isUnreachable() ? 'Your server keeps what was there on that day, and it is out of reach.' : 'Reading …'}
          </p>
        }
      >
        <Show when={was()} fallback={<p class="fg-3">It did not exist on that day.</p>}>
          {(then) => (
            <dl class="history__then">
              <For each={fields()}>
                {(entry) => (
                  <div classList={{ 'is-changed': differs(then(), entry[0]) }}>
                    <dt>{entry[1].label}</dt>
                    <dd>
                      <FieldValue field={entry[1]} value={then()[entry[0]]} />
                    </dd>
                  </div>
                )}
              </For>
            </dl>
          )}
        </Show>
        <div class="row">
          <span class="meta">
            {changed().length === 0
              ? 'Nothing differs from today.'
              : `${formatCount(changed().length)} fields differ from today.`}
          </span>
          <Show when={workspace.canWrite()}>
            {/* It stays when there is nothing left to restore: the focus is on it. */}
            <Button
              size="sm"
              icon={RotateCcw}
              class="push"
              aria-disabled={past()?.day !== day() || changed().length === 0 || undefined}
              onClick={restoreAll}
            >
              Restore these values
            </Button>
          </Show>
        </div>
      </Show>
      <p class="field__error" role="alert">
        {refused()}
      </p>
    </>
  );
}
