/**
 * The history of one record beside its page: who changed what and when, each value restorable, and the record as it was on
 * a day. A column of its own where the screen is wide enough (the sidebar gives its room), over the related records where
 * it is not, a sheet on phones.
 */
import './history.css';
import { Key } from '@solid-primitives/keyed';
import CalendarClock from 'lucide-solid/icons/calendar-clock';
import ShieldCheck from 'lucide-solid/icons/shield-check';
import X from 'lucide-solid/icons/x';
import { createMemo, createSignal, type JSX, onMount, Show } from 'solid-js';
import { type EntityName, entities, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { KeptBoxes } from '../../fields/kept-box.tsx';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { useSidePanel } from '../../fields/side-panel.ts';
import { foldSidebar } from '../../platform/folded-sidebar.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { createMediaQuery, NARROW } from '../../ui/media-query.ts';
import { Select, type SelectProps } from '../../ui/select.tsx';
import { isTold } from './change-words.ts';
import { createHistory, type HistoryList } from './create-history.ts';
import { ANY_TIME, type HistoryTime, sinceOf, TIME_OPTIONS } from './history-time.ts';
import { ChangeLine, LiveLines } from './record-history-lines.tsx';
import { AsItWas, isShown } from './record-history-past.tsx';

/** Four panels side by side leave the timeline as much as a letter needs. Also in history.css. */
const COLUMN = '(min-width: 1360px)';
/** The panels have room, but not beside the sidebar; on narrower screens that is folded anyway. */
const FOLDING = '(min-width: 1200px) and (max-width: 1599.98px)';

const ANY = '-';

export function HistoryPanel(props: RecordPartProps): JSX.Element {
  const panel = useSidePanel();
  const isPhone = createMediaQuery(NARROW);
  const view = createView(() => props.record);
  const title = () => `History of ${recordTitle(entities, props.record)}`;
  return (
    <Show when={isPhone()} fallback={<Beside record={props.record} title={title()} view={view} />}>
      <Dialog open tall title={title()} onOpenChange={(open) => !open && panel.close()}>
        <div class="history history--sheet">
          <div class="history__bar">
            <Controls view={view} />
          </div>
          <Body record={props.record} view={view} />
        </div>
      </Dialog>
    </Show>
  );
}

type View = ReturnType<typeof createView>;

/** What is looked at; made anew for each record. */
function createView(record: () => AnyRecord) {
  const workspace = useWorkspace();
  const [isPast, setPast] = createSignal(false);
  const [member, setMember] = createSignal(ANY);
  const [field, setField] = createSignal(ANY);
  const [time, setTime] = createSignal<HistoryTime>(ANY_TIME);
  const narrowed = createMemo(() => ({
    ...(member() === ANY ? {} : { member: member() }),
    ...(field() === ANY ? {} : { field: field() }),
  }));
  // Not asked anew with each of its changes.
  const id = createMemo(() => record().id);
  const asked = createMemo(() => ({ record: id(), ...sinceOf(time()), ...narrowed() }));
  const list = createHistory(() => asked());
  const entity = (): Entity => entities[record().entity as EntityName];
  const fieldOptions = () => [
    { value: ANY, label: 'All fields' },
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
  return {
    isPast,
    setPast,
    member,
    setMember,
    field,
    setField,
    time,
    setTime,
    narrowed,
    list,
    fieldOptions,
    memberOptions,
  };
}

/** A panel that leaves the page in use. */
function Beside(props: { readonly record: AnyRecord; readonly title: string; readonly view: View }): JSX.Element {
  const panel = useSidePanel();
  const isColumn = createMediaQuery(COLUMN);
  const isFolding = createMediaQuery(FOLDING);
  const isAskedFor = panel.isAskedFor();
  let heading!: HTMLHeadingElement;
  onMount(() => isAskedFor && heading.focus({ preventScroll: true }));
  // What lies over the page goes wherever the focus is; a column only for those who are in it.
  createHotkeys(() => (isColumn() ? {} : { Escape: panel.close }));
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    panel.close();
  }
  return (
    <aside
      class="history history--panel"
      classList={{ 'is-arriving': isAskedFor }}
      aria-label={props.title}
      ref={panel.panel}
      on:keydown={onKeyDown}
    >
      <Show when={isFolding()}>
        <FoldedSidebar />
      </Show>
      <header class="history__head">
        <h2 tabIndex={-1} ref={heading}>
          History
        </h2>
        <div class="history__tools">
          <Show when={!props.view.isPast()}>
            <FieldFilter view={props.view} />
          </Show>
          <PastSwitch view={props.view} />
          <IconButton size="sm" icon={X} label="Close history" keys="H" onClick={panel.close} />
        </div>
      </header>
      <Show when={!props.view.isPast()}>
        <div class="history__bar">
          <MoreFilters view={props.view} />
        </div>
      </Show>
      <Body record={props.record} view={props.view} />
    </aside>
  );
}

function FoldedSidebar(): JSX.Element {
  foldSidebar();
  return null;
}

function Controls(props: { readonly view: View }): JSX.Element {
  return (
    <>
      <Show when={!props.view.isPast()}>
        <FieldFilter view={props.view} />
        <MoreFilters view={props.view} />
      </Show>
      <span class="push">
        <PastSwitch view={props.view} />
      </span>
    </>
  );
}

function FieldFilter(props: { readonly view: View }): JSX.Element {
  return (
    <Filter
      label="Field"
      options={props.view.fieldOptions()}
      value={props.view.field()}
      onChange={props.view.setField}
    />
  );
}

function MoreFilters(props: { readonly view: View }): JSX.Element {
  return (
    <>
      <Filter
        label="Person"
        options={props.view.memberOptions()}
        value={props.view.member()}
        onChange={props.view.setMember}
      />
      <Filter label="Time" options={TIME_OPTIONS} value={props.view.time()} onChange={props.view.setTime} />
    </>
  );
}

function Filter<T extends string>(
  props: Pick<SelectProps<T>, 'label' | 'options' | 'value' | 'onChange'>,
): JSX.Element {
  return <Select {...props} hideLabel class="selectbtn--quiet" />;
}

function PastSwitch(props: { readonly view: View }): JSX.Element {
  return (
    <IconButton
      size="sm"
      icon={CalendarClock}
      label="As it was on a day"
      pressed={props.view.isPast()}
      onClick={() => props.view.setPast(!props.view.isPast())}
    />
  );
}

function Body(props: { readonly record: AnyRecord; readonly view: View }): JSX.Element {
  const workspace = useWorkspace();
  return (
    <>
      <div class="history__scroll">
        <Show when={props.view.list.isOnlyHere()}>
          <p class="history__note" role="status">
            Your server is out of reach. These are the changes this device knows; the whole history is on the server.
          </p>
        </Show>
        <Show when={!props.view.isPast()} fallback={<AsItWas record={props.record} />}>
          <LiveLines record={props.record} {...props.view.narrowed()} />
          <KeptBoxes record={props.record} />
          <ChangeList record={props.record} list={props.view.list} />
        </Show>
      </div>
      <p class="history__foot">
        <ShieldCheck class="lucide--sm" />
        Every value is kept{workspace.canWrite() ? ' and can be restored' : ''}.
      </p>
    </>
  );
}

function ChangeList(props: { readonly record: AnyRecord; readonly list: HistoryList }): JSX.Element {
  const told = createMemo(() => props.list.changes().filter(isTold));
  return (
    <>
      <ol class="history__list" aria-label="Changes">
        {/* The lines are read again after each change; the one that has the focus stays. */}
        <Key each={told()} by={({ stamp, record, field }) => `${stamp} ${record} ${field}`}>
          {(change) => <ChangeLine change={change()} record={props.record} />}
        </Key>
      </ol>
      <Show when={told().length === 0 && !props.list.isLoading()}>
        <p class="history__none fg-3">
          Nothing was changed here{props.list.isOnlyHere() ? ', as far as this device knows' : ''}.
        </p>
      </Show>
      <Show when={props.list.hasMore()}>
        <Button size="sm" variant="quiet" class="history__more" onClick={() => props.list.more()}>
          Show earlier changes
        </Button>
      </Show>
    </>
  );
}
