/** The lines of a record's history: what teammates are writing now, and every change with a way back. */
import { Key } from '@solid-primitives/keyed';
import ArrowRight from 'lucide-solid/icons/arrow-right';
import Undo from 'lucide-solid/icons/undo-2';
import Zap from 'lucide-solid/icons/zap';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import type { Tx } from '../../../shared/commands/command.ts';
import { putBackDeals } from '../../../shared/commands/deal-commands.ts';
import { type EntityName, entities, isEntityName, recordTitle } from '../../../shared/entities/registry.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { type AnyRecord, type Entity, fieldOf } from '../../../shared/model/entity.ts';
import type { AnyField } from '../../../shared/model/field.ts';
import type { Peer } from '../../data/presence.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { fieldText } from '../../fields/field-text.ts';
import { formatDay, formatInstant, formatTime } from '../../fields/format.ts';
import { firstName, peerName } from '../../fields/peer-words.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { attempt, withValue, writeField } from '../../fields/record-edit.ts';
import { textContext } from '../../fields/reference.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import type { Change } from './history-api.ts';
import { isPlace } from './record-history-past.tsx';
import { fieldNameOf, isSettled, lineWords, restoreWords } from './record-history-words.ts';

/** Who is in a field of the record right now, narrowed as the changes are. Nobody where presence is not known. */
export function LiveLines(props: {
  readonly record: AnyRecord;
  readonly member?: string;
  readonly field?: string;
}): JSX.Element {
  const workspace = useWorkspace();
  const entity = (): Entity => entities[props.record.entity as EntityName];
  const writing = createMemo(() =>
    (workspace.presence()?.onRecord(props.record.id) ?? []).flatMap((peer) => {
      const field = peer.field === null ? undefined : fieldOf(entity(), peer.field);
      const isAsked =
        (props.member === undefined || props.member === peer.memberId) &&
        (props.field === undefined || props.field === peer.field);
      return field !== undefined && isAsked ? [{ peer, field }] : [];
    }),
  );
  return (
    <Show when={writing().length > 0}>
      <ol class="history__list" aria-label="Now">
        <Key each={writing()} by={({ peer }) => peer.memberId}>
          {(one) => <LiveLine record={props.record} peer={one().peer} field={one().field} />}
        </Key>
      </ol>
    </Show>
  );
}

/** `Tomás is editing Job title  now`, and what the field says so far. */
function LiveLine(props: { readonly record: AnyRecord; readonly peer: Peer; readonly field: AnyField }): JSX.Element {
  const workspace = useWorkspace();
  const name = () => peerName(workspace, props.peer);
  const stored = createMemo(() => {
    const value = props.record[props.peer.field ?? ''];
    return fieldText(props.field, props.field.accepts(value) ? value : props.field.initial, textContext(workspace));
  });
  /** Undefined while it is what is there: they have only gone into the field. */
  const draft = () => {
    const found = workspace.presence()?.inField(props.record.id, props.peer.field ?? '');
    const text = found?.peer.memberId === props.peer.memberId ? found.draft : null;
    return text === null || text === stored() ? undefined : text;
  };
  return (
    <li class="hist">
      <Avatar
        name={name()}
        colour={workspace.collection('member').byIdInTrash(props.peer.memberId)?.joinOrder ?? 0}
        tone="live"
        size={22}
        decorative
      />
      <div class="hist__body">
        <p class="hist__head">
          <span>
            <span class="fw-5" title={name()}>
              {firstName(name())}
            </span>{' '}
            <span class="fg-3">is editing</span> {props.field.label}
          </span>
          <span class="meta">now</span>
        </p>
        <Show when={draft() !== undefined}>
          <Values before={stored()} after={draft() ?? ''} />
        </Show>
      </div>
    </li>
  );
}

/** What was there, struck through, and what is. */
function Values(props: { readonly before: string; readonly after: string }): JSX.Element {
  return (
    <p class="hist__values">
      <Show when={props.before !== ''}>
        <del class="clamp-2" title={props.before}>
          {props.before}
        </del>
      </Show>
      <span class="hist__after">
        <ArrowRight class="lucide--sm" aria-hidden="true" />
        <ins class="clamp-2" title={props.after}>
          {props.after || 'Empty'}
        </ins>
      </span>
    </p>
  );
}

/** `Jonas changed Lead source  Mon 16 Nov`, from what to what, and the way back. */
export function ChangeLine(props: { readonly change: Change; readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const [refused, setRefused] = createSignal<string>();
  const name = () => fieldNameOf(props.change);
  const words = createMemo(() => lineWords(workspace, props.change, props.record));
  // What was merged stays as it is while it is merged.
  const canRestore = () =>
    workspace.canWrite() &&
    props.change.record === props.record.id &&
    props.change.id !== 0 &&
    !isSettled(props.change) &&
    name() !== '' &&
    name() !== 'deleted' &&
    (name() !== 'place' || isPlace(props.change.old));
  const fullName = () => workspace.collection('member').byIdInTrash(props.change.by)?.name;

  function restore(): void {
    const record = props.record;
    const change = props.change;
    if (!isEntityName(record.entity)) return;
    const field = fieldOf(entities[record.entity], name());
    if (!field) return;
    if (isPlace(change.old)) {
      const to = change.old;
      const what = `${recordTitle(entities, record)} put back to ${words().before}`;
      setRefused(attempt(() => workspace.run(what, (tx: Tx) => putBackDeals(tx, [{ id: record.id, to }]))));
      return;
    }
    const element = change.field === name() ? null : change.field.slice(name().length + 1);
    const value = withValue(field, record[name()], element, change.old);
    setRefused(writeField(workspace, record.entity, [record.id], name(), value));
  }
  return (
    <li class="hist">
      <Show
        when={props.change.by}
        fallback={
          <span class="tl__icon hist__sign">
            <Zap class="lucide--sm" />
          </span>
        }
      >
        <MemberAvatar memberId={props.change.by} size={22} decorative />
      </Show>
      <div class="hist__body">
        <div class="hist__head">
          <span>
            <span class="fw-5" title={fullName()}>
              <Show when={props.change.by} fallback="Rapport">
                {(by) => <MemberName memberId={by()} short />}
              </Show>
            </span>{' '}
            <span class="fg-3">{words().verb}</span> <span>{words().what}</span>
            <Show when={words().of}>
              <span class="fg-3">{words().of}</span>
            </Show>
          </span>
          <Moment at={props.change.at} />
        </div>
        <Show when={words().before || words().after}>
          <Values before={words().before} after={words().after} />
        </Show>
        <Show when={canRestore()}>
          <button type="button" class="link hist__restore" onClick={restore}>
            <Undo class="lucide--sm" />
            <span class="truncate">{restoreWords(props.change, words())}</span>
            <span class="sr"> for {words().what}</span>
          </button>
        </Show>
        <Refusal text={refused()} />
      </div>
    </li>
  );
}

/** The time of what was today, the day of everything else; both where somebody points at it. */
function Moment(props: { readonly at: number }): JSX.Element {
  const today = dayOfInstant(Date.now());
  const day = () => dayOfInstant(props.at);
  return (
    <time class="meta" datetime={new Date(props.at).toISOString()} title={formatInstant(props.at, Date.now())}>
      {day() === today ? formatTime(props.at) : formatDay(day(), today)}
    </time>
  );
}
