/**
 * All contacts or companies that may be there twice: each group with what its records have in common, to be compared and
 * merged, or kept separate for good. Up and down go from group to group.
 */
import './duplicates.css';
import { Key } from '@solid-primitives/keyed';
import { useNavigate } from '@solidjs/router';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import Merge from 'lucide-solid/icons/merge';
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import { keepSeparate } from '../../../shared/commands/merge-commands.ts';
import type { Contact } from '../../../shared/entities/contact.ts';
import type { MergeableName } from '../../../shared/entities/mergeable.ts';
import { entities } from '../../../shared/entities/registry.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import type { Reachable } from '../../../shared/model/set-fields.ts';
import type { DuplicateGroup } from '../../../shared/query/duplicate-groups.ts';
import type { Likeness } from '../../../shared/query/duplicates.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { formatCount, formatFullDay } from '../../fields/format.ts';
import { RecordLink } from '../../fields/person.tsx';
import { attempt, describeRecords } from '../../fields/record-edit.ts';
import { RecordSign } from '../../fields/record-picker.tsx';
import { followReference } from '../../fields/reference.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { lateComponent } from '../../ui/late.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { Tag } from '../../ui/tag.tsx';
import { createDuplicates } from './find-duplicates.ts';

const MergeDialog = lateComponent(() =>
  import('../../fields/merge/merge-dialog.tsx').then((module) => module.MergeDialog),
);

const ADDRESSES: Readonly<Record<MergeableName, string>> = {
  contact: '/contacts/duplicates',
  company: '/companies/duplicates',
};
const WHY: Readonly<Record<Likeness, string>> = {
  email: 'Same email',
  domain: 'Same domain',
  phone: 'Same phone',
  name: 'Same name',
};
const SIGNS: Readonly<Record<MergeableName, readonly Likeness[]>> = {
  contact: ['email', 'phone', 'name'],
  company: ['domain', 'phone', 'name'],
};
const ANY = '-';
/** Groups shown at first, and with each "more". */
const PAGE = 50;
/** More do not fit side by side into the comparison. */
const MOST_MERGED = 5;

export function DuplicatesPage(props: { readonly entity: MergeableName }): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  // Each address has a page of its own, which stays with its entity.
  // oxlint-disable-next-line solid/reactivity
  const { entity } = props;
  const plural = () => entities[entity].plural;
  const home = () => `/${plural().toLowerCase()}`;
  const groups = createDuplicates(workspace, entity);
  const [sign, setSign] = createSignal<string>(ANY);
  const [limit, setLimit] = createSignal(PAGE);
  const [merging, setMerging] = createSignal<{ readonly ids: readonly string[]; readonly at: number }>();
  const [refused, setRefused] = createSignal<string>();
  const matching = createMemo(() =>
    (groups() ?? []).filter(({ why }) => sign() === ANY || why.includes(sign() as Likeness)),
  );
  const shown = createMemo(() => matching().slice(0, limit()));
  const signs = createMemo(() => {
    const count = (each: Likeness) => (groups() ?? []).filter(({ why }) => why.includes(each)).length;
    const options = SIGNS[entity].map((each) => ({
      value: each as string,
      label: `${WHY[each]}, ${formatCount(count(each))}`,
    }));
    return [{ value: ANY, label: 'Anything in common' }, ...options];
  });
  let heading!: HTMLHeadingElement;
  let list: HTMLUListElement | undefined;

  /** Each group's first thing to do, in their order. */
  const starts = () => (list?.isConnected ? [...list.querySelectorAll<HTMLElement>('[data-start]')] : []);
  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined || event.defaultPrevented) return;
    const at = starts().findIndex((each) => each.closest('.dupes__group')?.contains(event.target as Node));
    const next = at < 0 ? undefined : starts()[at + by];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.scrollIntoView({ block: 'nearest' });
  }
  /** A group goes with its buttons: keys go on from the one that stands in its place, else from the heading. */
  function goOnAt(at: number): void {
    requestAnimationFrame(() => {
      const { activeElement } = document;
      if (activeElement !== null && activeElement !== document.body) return;
      (starts()[Math.min(at, starts().length - 1)] ?? heading).focus({ preventScroll: true });
    });
  }
  function separate({ ids }: DuplicateGroup, at: number): void {
    const label = `${namesOf(workspace, entity, ids)} kept separate`;
    setRefused(attempt(() => workspace.run(label, (tx) => keepSeparate(tx, { entity, ids }))));
    goOnAt(at);
  }
  function showMore(): void {
    const at = limit();
    setLimit(at + PAGE);
    starts()[at]?.focus();
  }

  return (
    <>
      <header class="topbar">
        <a class="iconbtn" href={home()} aria-label={`Back to ${plural().toLowerCase()}`}>
          <ChevronLeft class="lucide--lg" />
        </a>
        <h1 ref={heading} tabIndex={-1}>
          Possible duplicates
        </h1>
        <Show when={groups()}>{(all) => <span class="count fs-12">{formatCount(all().length)}</span>}</Show>
        <div class="push row row--6 topbar__filters">
          <Segmented
            label="Of what"
            value={entity}
            options={[
              { value: 'contact', label: 'Contacts' },
              { value: 'company', label: 'Companies' },
            ]}
            onChange={(other) => navigate(ADDRESSES[other])}
          />
          <Select
            label="What they have in common"
            hideLabel
            options={signs()}
            value={sign()}
            onChange={(value) => {
              setSign(value);
              setLimit(PAGE);
            }}
          />
        </div>
      </header>
      <div class="dupes">
        <Show when={refused()}>
          {(sentence) => (
            <Banner actions={<Button onClick={() => setRefused(undefined)}>Close</Button>}>{sentence()}</Banner>
          )}
        </Show>
        <p class="fg-3 dupes__status" role="status">
          <Show when={groups() === undefined}>
            Looking through {formatCount(workspace.collection(entity).count())} {plural().toLowerCase()}…
          </Show>
        </p>
        <Switch>
          <Match when={shown().length > 0}>
            <ul class="dupes__list" ref={list} aria-label="Groups" onKeyDown={onKeyDown}>
              <Key each={shown()} by={({ ids }) => ids.join(' ')}>
                {(group, index) => (
                  <Group
                    entity={entity}
                    group={group()}
                    onMerge={() => setMerging({ ids: group().ids.slice(0, MOST_MERGED), at: index() })}
                    onSeparate={() => separate(group(), index())}
                  />
                )}
              </Key>
            </ul>
            <Show when={shown().length < matching().length}>
              <Button size="sm" variant="quiet" onClick={showMore}>
                Show more, {formatCount(matching().length - shown().length)} left
              </Button>
            </Show>
          </Match>
          <Match when={groups()?.length === 0}>
            <EmptyState
              icon={Merge}
              title={`No ${plural().toLowerCase()} look alike`}
              text={
                entity === 'contact'
                  ? 'Contacts that share an email, a number or a name would be listed here.'
                  : 'Companies that share a domain, a number or a name would be listed here.'
              }
              action={
                <a class="btn" href={home()}>
                  Open {plural().toLowerCase()}
                </a>
              }
            />
          </Match>
          <Match when={groups() !== undefined}>
            <EmptyState
              icon={Merge}
              title="None has this in common"
              action={<Button onClick={() => setSign(ANY)}>Show all</Button>}
            />
          </Match>
        </Switch>
      </div>
      <Show when={merging()} keyed>
        {(compared) => (
          <MergeDialog
            entity={entity}
            ids={compared.ids}
            onClose={() => {
              setMerging(undefined);
              goOnAt(compared.at);
            }}
          />
        )}
      </Show>
    </>
  );
}

function Group(props: {
  readonly entity: MergeableName;
  readonly group: DuplicateGroup;
  readonly onMerge: () => void;
  readonly onSeparate: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const names = () => namesOf(workspace, props.entity, props.group.ids);
  const compare = () => (props.group.ids.length > MOST_MERGED ? `Compare the first ${MOST_MERGED}` : 'Compare');
  return (
    <li class="dupes__group">
      <div class="dupes__head">
        <span class="row row--4 dupes__why">
          <For each={props.group.why}>{(sign) => <Tag tone="line">{WHY[sign]}</Tag>}</For>
        </span>
        <Show when={workspace.canWrite()}>
          <span class="push row row--6">
            <Button
              size="sm"
              variant="quiet"
              aria-label={`Keep separate: ${names()}`}
              onClick={() => props.onSeparate()}
            >
              Keep separate
            </Button>
            <Button
              size="sm"
              icon={Merge}
              data-start
              aria-label={`${compare()}: ${names()}`}
              onClick={() => props.onMerge()}
            >
              {compare()}
            </Button>
          </span>
        </Show>
      </div>
      <ul>
        <For each={props.group.ids}>{(id) => <Line entity={props.entity} id={id} />}</For>
      </ul>
    </li>
  );
}

/** `Jane Doe and Jane Roe`; of more than three how many they are. */
function namesOf(workspace: Workspace, entity: MergeableName, ids: readonly string[]): string {
  if (ids.length > 3) return describeRecords(workspace, entity, ids);
  return ids.map((id) => followReference(workspace, id).title).join(' and ');
}

/** `Ingrid Solberg  Halden Foods  ingrid@halden.no  +47 …  added 3 Nov 2026`. */
function Line(props: { readonly entity: MergeableName; readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const record = () => workspace.collection(props.entity).byId(props.id) as AnyRecord | undefined;
  const values = (field: 'emails' | 'phones') =>
    ((record()?.[field] ?? []) as readonly Reachable[]).map(({ value }) => value).join(', ');
  const facts = () => {
    const {
      jobTitle = '',
      company = null,
      domain = '',
      industry = '',
    } = (record() ?? {}) as Partial<Contact> & {
      readonly domain?: string;
      readonly industry?: string;
    };
    const place = company === null ? '' : followReference(workspace, company).title;
    const own = props.entity === 'contact' ? [jobTitle, place, values('emails')] : [domain, industry];
    return [...own, values('phones')].filter(Boolean).join(' · ');
  };
  const added = () => formatFullDay(dayOfInstant(record()?.createdAt ?? 0));
  return (
    <li class="dupes__line">
      <RecordSign id={props.id} target={props.entity} size={22} />
      <span class="dupes__name">
        <RecordLink id={props.id} class="fw-5" />
      </span>
      <span class="fg-2 truncate" title={facts()}>
        {facts()}
      </span>
      <span class="meta">added {added()}</span>
    </li>
  );
}
