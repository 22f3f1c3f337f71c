/** The day and the month at a glance: agenda, what closes, whom to congratulate. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { type Contact, primaryOf } from '../../../shared/entities/contact.ts';
import { member } from '../../../shared/entities/member.ts';
import { WORKSPACE_ID, workspace as workspaceEntity } from '../../../shared/entities/workspace.ts';
import type { Day } from '../../../shared/model/day.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import type { Money } from '../../../shared/model/money.ts';
import { may } from '../../../shared/model/rights.ts';
import type { Celebration } from '../../../shared/query/today-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import {
  formatCount,
  formatDay,
  formatMinor,
  formatMoney,
  formatMonth,
  formatPlural,
  formatSums,
  formatTime,
} from '../../fields/format.ts';
import { parseHints, workspaceCurrency } from '../../fields/parse-hints.ts';
import { CompanyMark, ContactAvatar, RecordLink } from '../../fields/person.tsx';
import { telHref } from '../../fields/property-list.tsx';
import { attempt } from '../../fields/record-edit.ts';
import { followReference, recordHref } from '../../fields/reference.ts';
import { createNow } from '../../platform/create-now.ts';
import { Button } from '../../ui/button.tsx';
import { Popover } from '../../ui/popover.tsx';
import { TextField } from '../../ui/text-field.tsx';
import type { AgendaItem, TodayData } from './today-data.ts';

const MOST_CLOSING = 8;
/** Days to congratulate on before somebody asks for more: of 50,000 people some hundreds have one this week. */
const FIRST_DAYS = 8;

export function TodaySide(props: {
  readonly data: TodayData;
  readonly today: Day;
  readonly isMine: boolean;
  readonly children?: JSX.Element;
}): JSX.Element {
  return (
    <>
      <Agenda items={props.data.agenda()} />
      <Closing data={props.data} today={props.today} isMine={props.isMine} />
      <Show when={props.data.congratulate().length > 0}>
        <Celebrations all={props.data.congratulate()} today={props.today} />
      </Show>
      {props.children}
    </>
  );
}

function Agenda(props: { readonly items: readonly AgendaItem[] }): JSX.Element {
  const now = createNow(30_000);
  const isPast = (item: AgendaItem) => item.start !== null && (item.end ?? item.start) < now();
  /** The line of now stands before the first that is still to come. */
  const nextIndex = createMemo(() => props.items.findIndex((item) => item.start !== null && item.start >= now()));
  return (
    <section class="section" aria-labelledby="today-agenda">
      <div class="section__head">
        <h2 id="today-agenda">Agenda</h2>
        <span class="meta push">
          {props.items.length === 0 ? 'Free' : formatPlural(props.items.length, 'item', 'items')}
        </span>
      </div>
      <ol class="agenda">
        <For each={props.items}>
          {(item, index) => (
            <>
              <Show when={index() === nextIndex()}>
                <NowLine now={now()} />
              </Show>
              <li classList={{ 'is-past': isPast(item) }}>
                <time>{item.start === null ? 'All day' : formatTime(item.start)}</time>
                <a class="truncate" href={item.href} title={item.title}>
                  {item.title}
                </a>
                <span class="meta">{lengthWords(item)}</span>
              </li>
            </>
          )}
        </For>
        <Show when={props.items.length > 0 && nextIndex() === -1}>
          <NowLine now={now()} />
        </Show>
      </ol>
      <Show when={props.items.length === 0}>
        <p class="fg-3">No appointments today.</p>
      </Show>
    </section>
  );
}

function NowLine(props: { readonly now: number }): JSX.Element {
  return (
    <li class="now" aria-label={`Now, ${formatTime(props.now)}`}>
      <time>{formatTime(props.now)}</time>
    </li>
  );
}

function lengthWords({ start, end }: AgendaItem): string {
  if (start === null || end === null || end <= start) return '';
  const minutes = Math.round((end - start) / 60_000);
  return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}

function Closing(props: { readonly data: TodayData; readonly today: Day; readonly isMine: boolean }): JSX.Element {
  const workspace = useWorkspace();
  const currency = () => workspaceCurrency(workspace);
  const month = () => props.data.month();
  const goal = (): Money | null =>
    props.isMine
      ? (workspace.collection('member').byId(workspace.me().memberId)?.monthlyGoal ?? null)
      : (workspace.collection('workspace').byId(WORKSPACE_ID)?.monthlyGoal ?? null);
  /** Shares are only drawn in the goal's currency: other currencies stand in words, they are never added up. */
  const share = (sums: ReadonlyMap<string, number>) => {
    const target = goal();
    if (target === null || target.minor <= 0) return 0;
    return Math.min(100, ((sums.get(target.currency) ?? 0) / target.minor) * 100);
  };
  const weightedShare = () => Math.min(100 - share(month().won), share(month().weighted));
  const wonWords = () => formatSums(month().won, currency()) || formatMinor(0, currency());
  const weightedWords = () => formatSums(month().weighted, currency()) || formatMinor(0, currency());
  return (
    <section class="section" aria-labelledby="today-closing">
      <div class="section__head">
        <h2 id="today-closing">Closing in {formatMonth(props.today)}</h2>
        <a class="meta push link" href="/deals">
          Open board
        </a>
      </div>
      <p class="goal">
        <strong>{wonWords()}</strong> won <GoalButton goal={goal()} isMine={props.isMine} />
      </p>
      <Show when={goal()}>
        {(target) => (
          <div
            class="meter"
            role="img"
            aria-label={`${wonWords()} won, ${weightedWords()} weighted still open, goal ${formatMoney(target())}`}
          >
            <i style={{ width: `${share(month().won)}%`, background: 'var(--chart-won)' }} />
            <i class="hatch" style={{ width: `${weightedShare()}%`, 'background-color': 'var(--chart-1)' }} />
          </div>
        )}
      </Show>
      <p class="legend goal__legend">
        <span>
          <i class="swatch" style={{ background: 'var(--chart-won)' }} />
          Won
        </span>
        <span>
          <i class="swatch hatch" style={{ 'background-color': 'var(--chart-1)' }} />
          Weighted {weightedWords()}
        </span>
      </p>
      <ul class="closing">
        <For each={month().closing.slice(0, MOST_CLOSING)}>
          {(deal) => (
            <li>
              <a class="minirow" href={recordHref(deal.id)}>
                <StageSign
                  stageId={deal.place[1]}
                  size={14}
                  label={workspace.collection('stage').byIdInTrash(deal.place[1])?.name}
                />
                <span class="truncate grow" title={deal.title}>
                  {deal.company ? followReference(workspace, deal.company).title : deal.title}
                </span>
                <Show when={deal.amount}>{(amount) => <span class="num fw-5">{formatMoney(amount())}</span>}</Show>
                <span class="meta closing__d" classList={{ 'fg-danger': (deal.closesOn ?? '') < props.today }}>
                  {deal.closesOn ? formatDay(deal.closesOn, props.today) : ''}
                </span>
              </a>
            </li>
          )}
        </For>
      </ul>
      <Show when={month().closing.length > MOST_CLOSING}>
        <p class="meta">and {month().closing.length - MOST_CLOSING} more</p>
      </Show>
      <Show when={month().closing.length === 0}>
        <p class="fg-3">No open deal is to close this month.</p>
      </Show>
    </section>
  );
}

/** "of €320,000 goal", and the way to set it: one's own, or the team's. */
function GoalButton(props: { readonly goal: Money | null; readonly isMine: boolean }): JSX.Element {
  const workspace = useWorkspace();
  const [open, setOpen] = createSignal(false);
  const [text, setText] = createSignal('');
  const [error, setError] = createSignal<string>();
  const field = () => (props.isMine ? member.fields.monthlyGoal : workspaceEntity.fields.monthlyGoal);
  const words = () => (props.goal ? `of ${formatMoney(props.goal)} goal` : 'Set a goal');
  function save(): void {
    const result = field().parse(text(), parseHints(workspace));
    if (!result.ok) {
      setError(result.issue.message);
      return;
    }
    const changes = { monthlyGoal: result.value };
    const isMine = props.isMine;
    const { memberId } = workspace.me();
    const refused = attempt(() =>
      workspace.run('Monthly goal changed', (tx) => {
        if (isMine) editRecords(tx, { entity: member, ids: [memberId], changes });
        else editRecords(tx, { entity: workspaceEntity, ids: [WORKSPACE_ID], changes });
      }),
    );
    setError(refused);
    if (refused === undefined) setOpen(false);
  }
  return (
    <Show when={may(workspace.me().role, 'people')} fallback={<span class="fg-3">{props.goal ? words() : ''}</span>}>
      <Popover
        label={props.isMine ? 'My goal for a month' : 'The team’s goal for a month'}
        open={open()}
        onOpenChange={(next) => {
          setText(props.goal ? field().toText(props.goal) : '');
          setError(undefined);
          setOpen(next);
        }}
        trigger={(trigger) => (
          <button type="button" {...trigger} class="link fg-3">
            {words()}
          </button>
        )}
      >
        <form
          class="goal__form"
          onSubmit={(event) => {
            event.preventDefault();
            save();
          }}
        >
          <TextField
            label={props.isMine ? 'My goal for a month' : 'The team’s goal for a month'}
            value={text()}
            onInput={setText}
            error={error()}
            placeholder="320k"
            autofocus
          />
          <Button type="submit" variant="primary" size="sm">
            Save
          </Button>
        </form>
      </Popover>
    </Show>
  );
}

function Celebrations(props: { readonly all: readonly Celebration[]; readonly today: Day }): JSX.Element {
  const [isWhole, setWhole] = createSignal(false);
  const shown = () => (isWhole() ? props.all : props.all.slice(0, FIRST_DAYS));
  return (
    <section class="section" aria-labelledby="today-days">
      <div class="section__head">
        <h2 id="today-days">Birthdays and anniversaries</h2>
      </div>
      <ul>
        <For each={shown()}>{(each) => <CelebrationLine celebration={each} today={props.today} />}</For>
      </ul>
      <Show when={shown().length < props.all.length}>
        <Button size="sm" variant="quiet" onClick={() => setWhole(true)}>
          Show {formatCount(props.all.length - FIRST_DAYS)} more
        </Button>
      </Show>
    </section>
  );
}

function CelebrationLine(props: { readonly celebration: Celebration; readonly today: Day }): JSX.Element {
  const workspace = useWorkspace();
  const id = () => props.celebration.recordId;
  const isToday = () => props.celebration.day === props.today;
  /** By mail, else by a message. */
  const congratulation = () => {
    const person = props.celebration.kind === 'birthday' ? workspace.collection('contact').byId(id()) : undefined;
    const [address, number] = [primaryOf(person?.emails ?? [])?.value, smsNumber(person?.phones ?? [])];
    if (address) return `mailto:${address}?subject=${encodeURIComponent('Happy birthday')}`;
    return number && `sms:${number}?body=${encodeURIComponent('Happy birthday')}`;
  };
  return (
    <li class="minirow" data-about={id()}>
      <Show when={entityNameOf(id()) === 'contact'} fallback={<CompanyMark companyId={id()} size={20} />}>
        <ContactAvatar contactId={id()} size={20} />
      </Show>
      <span class="truncate grow">
        <RecordLink id={id()} /> <span class="fg-3">{occasion(props.celebration)}</span>
      </span>
      <Show when={isToday() && congratulation()}>
        {(href) => (
          <a
            class="link fs-12"
            href={href()}
            aria-label={`Say happy birthday to ${followReference(workspace, id()).title}`}
          >
            Say happy birthday
          </a>
        )}
      </Show>
      <span class="fs-12" classList={{ 'due due--today': isToday(), meta: !isToday() }}>
        {formatDay(props.celebration.day, props.today)}
      </span>
    </li>
  );
}

/** As a phone dials it; a fax reads no messages. */
function smsNumber(phones: Contact['phones']): string | undefined {
  const number = phones.find((each) => !/fax/i.test(each.label))?.value;
  return number && telHref(number).slice('tel:'.length).split(';')[0];
}

function occasion({ kind, label, years }: Celebration): string {
  if (kind === 'birthday') return years === null ? 'has a birthday' : `turns ${years}`;
  if (kind === 'customer') return `customer for ${formatPlural(years ?? 0, 'year', 'years')}`;
  return years === null ? label : `${label}, ${formatPlural(years, 'year', 'years')}`;
}
