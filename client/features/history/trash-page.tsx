/** What was deleted: by kind, person and day, to be restored as it was, or removed for good by those who may. */
import './history.css';
import { Key } from '@solid-primitives/keyed';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Trash from 'lucide-solid/icons/trash';
import { createEffect, createMemo, createResource, createSignal, type JSX, on, Show } from 'solid-js';
import { type EntityName, entities, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { stampTime } from '../../../shared/sync/stamp.ts';
import { readTrashDays } from '../../data/trash-days.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount, formatInstant, formatPlural } from '../../fields/format.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { untrashRecords } from '../../fields/record-edit.ts';
import { RecordSign } from '../../fields/record-picker.tsx';
import { trashWords } from '../../fields/trash-words.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Select } from '../../ui/select.tsx';
import { ANY_TIME, type HistoryTime, sinceOf, TIME_OPTIONS } from './history-time.ts';
import { purgeRecords } from './purge-api.ts';

/** Kinds people delete on purpose; parts of others (steps of a plan) come and go with them. */
const KINDS: readonly EntityName[] = ['deal', 'contact', 'company', 'task', 'appointment', 'activity'];
const ANY = '-';
const FIRST_SHOWN = 200;

interface Trashed {
  readonly record: AnyRecord;
  readonly at: number;
  /** Member id; '' when it cannot be told. */
  readonly by: string;
}

export function TrashPage(): JSX.Element {
  const workspace = useWorkspace();
  const [kind, setKind] = createSignal<string>(ANY);
  const [member, setMember] = createSignal<string>(ANY);
  const [time, setTime] = createSignal<HistoryTime>(ANY_TIME);
  const [asked, setAsked] = createSignal<readonly Trashed[]>();
  const [said, setSaid] = createSignal<string>();
  const [all, setAll] = createSignal(false);

  const trashed = createMemo((): readonly Trashed[] => {
    const kinds = KINDS.filter((name) => kind() === ANY || kind() === name);
    const found = kinds.flatMap((name) => {
      // Tracks what comes and goes.
      workspace.collection(name).count();
      const records = [...workspace.collection(name).eachWithTrash()] as unknown as readonly AnyRecord[];
      return records.flatMap((record): Trashed[] => {
        if (!record.deleted) return [];
        const edit = workspace.newestEdits(record.id).find(({ path }) => path === 'deleted');
        return [{ record, at: edit ? stampTime(edit.stamp) : record.updatedAt, by: edit?.by ?? '' }];
      });
    });
    const { from = 0 } = sinceOf(time());
    return found
      .filter(({ by, at }) => (member() === ANY || by === member()) && at >= from)
      .sort((left, right) => right.at - left.at);
  });
  const shown = () => (all() ? trashed() : trashed().slice(0, FIRST_SHOWN));
  const kinds = () => [
    { value: ANY, label: 'Everything' },
    ...KINDS.map((name) => ({ value: name as string, label: entities[name].plural })),
  ];
  const people = () => [
    { value: ANY, label: 'By everybody' },
    ...workspace
      .collection('member')
      .all()
      .map((each) => ({ value: each.id as string, label: `By ${each.name}` })),
  ];
  const isNarrowed = () => kind() !== ANY || member() !== ANY || time() !== ANY_TIME;
  const line = () => (workspace.sync.offlineSince() === null ? 'connected' : 'cut');
  const [kept] = createResource(line, readTrashDays, { initialValue: null });
  const mayPurge = () => workspace.may('settings');

  let heading!: HTMLHeadingElement;
  let list: HTMLUListElement | undefined;
  /** The button that had the focus last, and which line it was in. */
  let stood: { readonly button: HTMLElement; readonly line: number } | undefined;
  function noteFocus({ target }: FocusEvent): void {
    const button = target as HTMLElement;
    const line = [...(list?.children ?? [])].findIndex((each) => each.contains(button));
    stood = { button, line };
  }
  // A line goes with its button: keys go on from the one that stands in its place, else from the heading.
  createEffect(
    on(shown, () => {
      if (!stood || stood.button.isConnected || document.activeElement !== document.body) return;
      const lines = list?.isConnected && stood.line >= 0 ? [...list.children] : [];
      const next = lines[stood.line] ?? lines.at(-1);
      stood = undefined;
      (next?.querySelector('button') ?? heading).focus({ preventScroll: true });
    }),
  );

  function restore(item: Trashed): void {
    setSaid(untrashRecords(workspace, item.record.entity as EntityName, [item.record.id]));
  }
  async function purge(items: readonly Trashed[]): Promise<void> {
    setAsked(undefined);
    const outcome = await purgeRecords(items.map(({ record }) => record.id));
    setSaid(outcome);
  }

  return (
    <>
      <header class="topbar" onFocusIn={noteFocus}>
        <Trash class="fg-3" />
        <h1 ref={heading} tabIndex={-1}>
          Trash
        </h1>
        <span class="count fs-12">{formatCount(trashed().length)}</span>
        <div class="push row row--6 topbar__filters">
          <Select label="Kind" hideLabel options={kinds()} value={kind()} onChange={setKind} />
          <Select label="Person" hideLabel options={people()} value={member()} onChange={setMember} />
          <Select label="Time" hideLabel options={TIME_OPTIONS} value={time()} onChange={setTime} />
          <Show when={mayPurge() && trashed().length > 0}>
            <Button variant="danger-outline" onClick={() => setAsked(trashed())}>
              {isNarrowed() ? 'Remove these for good' : 'Remove all for good'}
            </Button>
          </Show>
        </div>
      </header>
      <div class="historypage">
        <Show when={said()}>
          {(sentence) => (
            <Banner actions={<Button onClick={() => setSaid(undefined)}>Close</Button>}>{sentence()}</Banner>
          )}
        </Show>
        <Show when={kept.latest !== null}>
          <p class="trash__kept fg-3">
            What is deleted stays here {trashWords(kept.latest ?? 0)}
            {kept.latest === 0 ? '.' : ', then it goes for good.'}{' '}
            <Show when={mayPurge()}>
              <a class="link" href="/settings/general">
                Change this
              </a>
            </Show>
          </p>
        </Show>
        <Show
          when={trashed().length > 0}
          fallback={
            <EmptyState
              icon={Trash}
              title={isNarrowed() ? 'Nothing in the trash for this' : 'The trash is empty'}
              text="What is deleted comes here and can be restored."
            />
          }
        >
          <ul ref={list} onFocusIn={noteFocus}>
            {/* By id: the trash is looked through again with every change, and lines stay where they are. */}
            <Key each={shown()} by={({ record }) => record.id}>
              {(item) => (
                <TrashLine
                  item={item()}
                  onRestore={workspace.canWrite() ? () => restore(item()) : undefined}
                  onRemove={mayPurge() ? () => setAsked([item()]) : undefined}
                />
              )}
            </Key>
          </ul>
          <Show when={shown().length < trashed().length}>
            <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
              Show all {formatCount(trashed().length)}
            </Button>
          </Show>
        </Show>
      </div>
      <Show when={asked()}>
        {(items) => (
          <Dialog
            open
            onOpenChange={(open) => !open && setAsked(undefined)}
            title={`Remove ${formatPlural(items().length, 'record', 'records')} for good`}
            description="They go from the server and from every device. Nobody can restore them after that; backups made before still have them."
            actions={
              <>
                <Button variant="quiet" onClick={() => setAsked(undefined)}>
                  Keep them
                </Button>
                <Button variant="danger" onClick={() => void purge(items())}>
                  Remove for good
                </Button>
              </>
            }
          />
        )}
      </Show>
    </>
  );
}

/** `Femke de Boer  Contact  Jonas, 2 h ago  [Restore] [Remove]`. */
function TrashLine(props: {
  readonly item: Trashed;
  /** Left out where this person may not. */
  readonly onRestore: (() => void) | undefined;
  readonly onRemove: (() => void) | undefined;
}): JSX.Element {
  const title = () => recordTitle(entities, props.item.record);
  return (
    <li class="historypage__action trash__line">
      <RecordSign id={props.item.record.id} target={props.item.record.entity} size={22} />
      <span class="truncate">
        <span class="fw-5">{title()}</span>{' '}
        <span class="fg-3">{entities[props.item.record.entity as EntityName].label}</span>
      </span>
      <span class="meta row row--6">
        <Show when={props.item.by}>
          <MemberAvatar memberId={props.item.by} decorative />
          <MemberName memberId={props.item.by} short />
        </Show>
        <span>{formatInstant(props.item.at, Date.now())}</span>
      </span>
      <span class="row row--6">
        <Show when={props.onRestore}>
          {(restore) => (
            <Button size="sm" icon={RotateCcw} aria-label={`Restore ${title()}`} onClick={() => restore()()}>
              Restore
            </Button>
          )}
        </Show>
        <Show when={props.onRemove}>
          {(remove) => (
            <Button size="sm" variant="quiet" aria-label={`Remove ${title()} for good`} onClick={() => remove()()}>
              Remove
            </Button>
          )}
        </Show>
      </span>
    </li>
  );
}
