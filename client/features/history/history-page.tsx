/** What the whole team did: one line per action, narrowed by person and time, each to look into and to take back. */
import './history.css';
import Clock from 'lucide-solid/icons/clock';
import Undo from 'lucide-solid/icons/undo-2';
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { addDays, dayOfInstant } from '../../../shared/model/day.ts';
import { whenInstant } from '../../../shared/model/when.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatDay, formatTime } from '../../fields/format.ts';
import { MemberAvatar, MemberName, RecordLink } from '../../fields/person.tsx';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { ACTION_KINDS, actionKind, actionWords, changeWords, isTold } from './change-words.ts';
import { createHistory } from './create-history.ts';
import { type Change, HistoryUnreachable, readAction } from './history-api.ts';

const ANY = '-';
const TIMES = { '-': 'Any time', '0': 'Today', '6': 'Last 7 days', '29': 'Last 30 days' } as const;

/** Consecutive changes with one stamp. */
interface Action {
  readonly stamp: string;
  readonly at: number;
  readonly by: string | null;
  readonly changes: readonly Change[];
}

export function HistoryPage(): JSX.Element {
  const workspace = useWorkspace();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const [member, setMember] = createSignal(ANY);
  const [time, setTime] = createSignal<keyof typeof TIMES>('-');
  const [opened, setOpened] = createSignal<string>();
  const [said, setSaid] = createSignal<string>();
  const [isBusy, setBusy] = createSignal(false);
  const list = createHistory(() => ({
    ...(member() === ANY ? {} : { member: member() }),
    ...(time() === '-' ? {} : { from: whenInstant(addDays(dayOfInstant(Date.now()), -Number(time())), zone) }),
  }));
  const actions = createMemo(() => actionsOf(list.changes()));
  const people = () => [
    { value: ANY, label: 'Everybody' },
    ...workspace
      .collection('member')
      .all()
      .map((each) => ({ value: each.id as string, label: each.name })),
  ];

  /** The whole action, also the part on pages that were not read. */
  async function takeBack(action: Action): Promise<void> {
    setBusy(true);
    setSaid(undefined);
    try {
      const changes = await readAction(action.stamp);
      const words = actionWords(workspace, changes);
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
      setTimeout(() => list.reload(), 500);
    } catch (error) {
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
          <Select
            label="Time"
            hideLabel
            options={(['-', '0', '6', '29'] as const).map((value) => ({ value, label: TIMES[value] }))}
            value={time()}
            onChange={setTime}
          />
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
            <EmptyState
              icon={Clock}
              title="The history is on your server"
              text="It is out of reach right now. What you do here is kept and will be in it."
              action={<Button onClick={() => list.reload()}>Try again</Button>}
            />
          </Match>
          <Match when={actions().length === 0 && !list.isLoading()}>
            <EmptyState icon={Clock} title="Nothing was changed" text="Nobody changed anything in this time." />
          </Match>
        </Switch>
        <ol>
          <For each={actions()}>
            {(action) => (
              <li>
                <div class="historypage__action">
                  <span>
                    <MemberAvatar memberId={action.by} size={22} decorative />
                  </span>
                  <span class="truncate">
                    <span class="fw-5">
                      <Show when={action.by} fallback="The server">
                        {(by) => <MemberName memberId={by()} />}
                      </Show>
                    </span>{' '}
                    <button
                      type="button"
                      class="link"
                      aria-expanded={opened() === action.stamp}
                      onClick={() => setOpened(opened() === action.stamp ? undefined : action.stamp)}
                    >
                      {actionWords(workspace, action.changes)}
                    </button>{' '}
                    <span class="tag">{ACTION_KINDS[actionKind(action.changes)]}</span>
                  </span>
                  <time class="meta">
                    {formatDay(dayOfInstant(action.at), dayOfInstant(Date.now()))}, {formatTime(action.at)}
                  </time>
                  <Show when={workspace.canWrite()} fallback={<span />}>
                    <Button size="sm" icon={Undo} disabled={isBusy()} onClick={() => void takeBack(action)}>
                      Take back
                    </Button>
                  </Show>
                </div>
                <Show when={opened() === action.stamp}>
                  <ActionDetails changes={action.changes} />
                </Show>
              </li>
            )}
          </For>
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

function ActionDetails(props: { readonly changes: readonly Change[] }): JSX.Element {
  const workspace = useWorkspace();
  const told = createMemo(() => props.changes.filter(isTold));
  return (
    <ul class="history__details">
      <For each={told().slice(0, MOST_DETAILS)}>
        {(change) => {
          const words = createMemo(() => changeWords(workspace, change));
          return (
            <li class="history__values">
              <RecordLink id={change.record} class="link" />
              <span class="fg-2">{words().what}</span>
              <Show when={words().before || words().after}>
                <del class="truncate">{words().before || 'Empty'}</del>
                <span aria-hidden="true">→</span>
                <ins class="truncate">{words().after || 'Empty'}</ins>
              </Show>
            </li>
          );
        }}
      </For>
      <Show when={told().length > MOST_DETAILS}>
        <li class="meta">and {told().length - MOST_DETAILS} more</li>
      </Show>
    </ul>
  );
}

function actionsOf(changes: readonly Change[]): readonly Action[] {
  const actions: (Action & { changes: Change[] })[] = [];
  for (const change of changes) {
    const last = actions.at(-1);
    if (last && last.stamp === change.stamp) last.changes.push(change);
    else actions.push({ stamp: change.stamp, at: change.at, by: change.by, changes: [change] });
  }
  return actions;
}
