/** What was deleted: by kind, person and day, to be restored as it was, or removed for good by those who may. */
import './history.css';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, createResource, createSignal, For, type JSX, Show } from 'solid-js';
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
  function restore(item: Trashed): void {
    // Before its line goes with its button; lines are made anew when the trash changes, the heading stays.
    heading.focus({ preventScroll: true });
    setSaid(untrashRecords(workspace, item.record.entity as EntityName, [item.record.id]));
  }
  async function purge(items: readonly Trashed[]): Promise<void> {
    setAsked(undefined);
    const outcome = await purgeRecords(items.map(({ record }) => record.id));
    setSaid(outcome);
  }

  return (
    <>
      <header class="topbar">
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
          <ul>
            <For each={shown()}>
              {(item) => (
                <li class="historypage__action trash__line">
                  <RecordSign id={item.record.id} target={item.record.entity} size={22} />
                  <span class="truncate">
                    <span class="fw-5">{recordTitle(entities, item.record)}</span>{' '}
                    <span class="fg-3">{entities[item.record.entity as EntityName].label}</span>
                  </span>
                  <span class="meta row row--6">
                    <Show when={item.by}>
                      <MemberAvatar memberId={item.by} decorative />
                      <MemberName memberId={item.by} short />
                    </Show>
                    <span>{formatInstant(item.at, Date.now())}</span>
                  </span>
                  <span class="row row--6">
                    <Show when={workspace.canWrite()}>
                      <Button size="sm" icon={RotateCcw} onClick={() => restore(item)}>
                        Restore
                      </Button>
                    </Show>
                    <Show when={mayPurge()}>
                      <Button size="sm" variant="quiet" onClick={() => setAsked([item])}>
                        Remove
                      </Button>
                    </Show>
                  </span>
                </li>
              )}
            </For>
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
