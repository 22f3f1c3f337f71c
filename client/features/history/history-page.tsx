/** What the whole team did: one line per action, narrowed by person and time, each to look into and to take back. */
import './history.css';
import { Key } from '@solid-primitives/keyed';
import Clock from 'lucide-solid/icons/clock';
import Server from 'lucide-solid/icons/server';
import Undo from 'lucide-solid/icons/undo-2';
import { createMemo, createSignal, For, type JSX, Match, onCleanup, Show, Switch } from 'solid-js';
import { CommandRefused } from '../../../shared/commands/command.ts';
import { type EntityName, entities } from '../../../shared/entities/registry.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import type { Entity } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount, formatDay, formatTime } from '../../fields/format.ts';
import { MemberAvatar, MemberName, RecordLink } from '../../fields/person.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { ACTION_KINDS, actionKind, actionWords, changeWords, isTold } from './change-words.ts';
import { createActions } from './create-history.ts';
import { type Action, AUTOMATIC, HistoryUnreachable, readAction } from './history-api.ts';
import { ANY_TIME, type HistoryTime, sinceOf, TIME_OPTIONS } from './history-time.ts';

const ANY = '-';
/** So soon what has arrived at the server is in its history. */
const TOLD_WITHIN_MS = 500;

/** Fields people look for; the stage of a deal is its place. */
const TOLD_ENTITIES: readonly EntityName[] = ['deal', 'contact', 'company', 'task', 'appointment', 'activity'];

export function HistoryPage(): JSX.Element {
  const workspace = useWorkspace();
  const [member, setMember] = createSignal(ANY);
  const [field, setField] = createSignal(ANY);
  const [time, setTime] = createSignal<HistoryTime>(ANY_TIME);
  const [opened, setOpened] = createSignal<number>();
  const [said, setSaid] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const list = createActions(() => ({
    ...(member() === ANY ? {} : { member: member() }),
    ...(field() === ANY ? {} : { field: field() }),
    ...sinceOf(time()),
  }));
  const actions = list.items;
  const people = () => [
    { value: ANY, label: 'Everybody' },
    { value: AUTOMATIC, label: 'Automatic' },
    ...workspace
      .collection('member')
      .all()
      .map((each) => ({ value: each.id as string, label: each.name })),
  ];

  let asking: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(asking));
  function reloadWhenSent(): void {
    clearTimeout(asking);
    asking = setTimeout(() => (workspace.sync.waitingCount() > 0 ? reloadWhenSent() : list.reload()), TOLD_WITHIN_MS);
  }

  /** The whole action, also the part on pages that were not read. */
  async function takeBack(action: Action): Promise<void> {
    if (isBusy()) return;
    setBusy(true);
    setSaid(undefined);
    try {
      const changes = await readAction(action.stamps);
      const words = actionWords(workspace, action);
      const report = await workspace.revert(
        `Taken back: ${words}`,
        changes.map(({ record, field, old, new: after, stamp }) => ({
          id: record,
          path: field,
          before: old,
          after,
          stamp,
        })),
      );
      if (report.skipped > 0) {
        const who = report.skippedBy ? `${report.skippedBy} has` : 'Somebody has';
        setSaid(`${who} changed ${report.skipped} of these since. That stays, the rest was taken back.`);
      }
      reloadWhenSent();
    } catch (error) {
      if (error instanceof CommandRefused) {
        setSaid(`${error.message} Nothing was changed.`);
        return;
      }
      if (!(error instanceof HistoryUnreachable)) throw error;
      setSaid('Your server is out of reach, and taking this back needs all of it. Nothing was changed.');
    } finally {
      setBusy(false);
    }
  }

  return (
    <>
      <header class="topbar">
        <Clock class="fg-3" />
        <h1>History</h1>
        <div class="push row row--6 topbar__filters">
          <Select label="Person" hideLabel options={people()} value={member()} onChange={setMember} />
          <Select label="Field" hideLabel options={fieldOptions()} value={field()} onChange={setField} />
          <Select label="Time" hideLabel options={TIME_OPTIONS} value={time()} onChange={setTime} />
          <a class="btn" href="/history/pipeline">
            Pipeline as of…
          </a>
        </div>
      </header>
      <div class="historypage">
        <Show when={said()}>
          {(sentence) => (
            <Banner actions={<Button onClick={() => setSaid(undefined)}>Close</Button>}>{sentence()}</Banner>
          )}
        </Show>
        <Switch>
          <Match when={list.isOnlyHere()}>
            <Banner actions={<Button onClick={() => list.reload()}>Try again</Button>}>
              Your server is out of reach, and the whole history is there. This is what this device knows; what you do
              here is kept and will be in it.
            </Banner>
          </Match>
          <Match when={actions().length === 0 && !list.isLoading()}>
            <EmptyState icon={Clock} title="Nothing was changed" text="Nobody changed anything in this time." />
          </Match>
        </Switch>
        <ol>
          {/* It is read again after each step that was taken back; the line that has the focus stays. */}
          <Key each={actions()} by={({ id, sample }) => `${id} ${sample[0]?.stamp}`}>
            {(action) => (
              <li>
                <div class="historypage__action">
                  <span>
                    <Show when={action().by} fallback={<Server class="fg-3" />}>
                      {(by) => <MemberAvatar memberId={by()} size={22} decorative />}
                    </Show>
                  </span>
                  <span class="truncate">
                    <span class="fw-5">
                      <Show when={action().by} fallback="Rapport">
                        {(by) => <MemberName memberId={by()} />}
                      </Show>
                    </span>{' '}
                    <button
                      type="button"
                      class="link"
                      aria-expanded={opened() === action().id}
                      onClick={() => setOpened(opened() === action().id ? undefined : action().id)}
                    >
                      {actionWords(workspace, action())}
                    </button>{' '}
                    <span class="tag">{ACTION_KINDS[actionKind(action())]}</span>
                  </span>
                  <time class="meta">
                    {formatDay(dayOfInstant(action().at), dayOfInstant(Date.now()))}, {formatTime(action().at)}
                  </time>
                  <Show
                    when={workspace.canWrite() && action().by !== null && action().stamps.length > 0}
                    fallback={<span />}
                  >
                    <Button
                      size="sm"
                      icon={Undo}
                      aria-label={`Take back: ${actionWords(workspace, action())}`}
                      aria-disabled={isBusy() || undefined}
                      onClick={() => void takeBack(action())}
                    >
                      Take back
                    </Button>
                  </Show>
                </div>
                <Show when={opened() === action().id}>
                  <ActionDetails action={action()} />
                </Show>
              </li>
            )}
          </Key>
        </ol>
        <Show when={list.hasMore()}>
          <Button size="sm" variant="quiet" disabled={list.isLoading()} onClick={() => list.more()}>
            Show earlier actions
          </Button>
        </Show>
      </div>
    </>
  );
}

const MOST_DETAILS = 50;

function ActionDetails(props: { readonly action: Action }): JSX.Element {
  const workspace = useWorkspace();
  const told = createMemo(() => props.action.sample.filter(isTold));
  const shown = () => told().slice(0, MOST_DETAILS);
  const more = () => Math.max(props.action.changes - props.action.sample.length, 0) + told().length - shown().length;
  return (
    <ul class="history__details">
      <For each={shown()}>
        {(change) => {
          const words = createMemo(() => changeWords(workspace, change));
          return (
            <li class="history__values">
              <RecordLink id={change.record} class="link" />
              <span class="fg-2">{words().what}</span>
              <Show when={words().before || words().after}>
                <Show when={change.id !== 0}>
                  <del class="truncate">{words().before || 'Empty'}</del>
                  <span aria-hidden="true">→</span>
                </Show>
                <ins class="truncate">{words().after || 'Empty'}</ins>
              </Show>
            </li>
          );
        }}
      </For>
      <Show when={more() > 0}>
        <li class="meta">and {formatCount(more())} more</li>
      </Show>
    </ul>
  );
}

/** The fields of everything, by name: one that several kinds of records have is one choice. */
function fieldOptions(): readonly { readonly value: string; readonly label: string }[] {
  const labels = new Map<string, string>();
  for (const name of TOLD_ENTITIES) {
    for (const [key, field] of Object.entries((entities[name] as Entity).fields)) {
      if ((!field.hidden || key === 'place') && !labels.has(key)) labels.set(key, field.label);
    }
  }
  const options = [...labels].map(([value, label]) => ({ value, label }));
  return [
    { value: ANY, label: 'Every field' },
    ...options.sort((left, right) => left.label.localeCompare(right.label)),
  ];
}
