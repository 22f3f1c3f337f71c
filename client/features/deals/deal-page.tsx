/** One deal: what it is worth, where it stands, who takes part, what happened and what belongs to it. */
import { useParams } from '@solidjs/router';
import CircleX from 'lucide-solid/icons/circle-x';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import SearchX from 'lucide-solid/icons/search-x';
import Trash from 'lucide-solid/icons/trash';
import { type Accessor, createSignal, For, type JSX, onCleanup, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { type Day, dayOfInstant, daysBetween } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { probabilityOf, stagesOf, statusOf, weightedMinor } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatDay, formatMinor, formatMoney } from '../../fields/format.ts';
import { CompanyMark, RecordLink } from '../../fields/person.tsx';
import { PropertyList, PropertyValue } from '../../fields/property-list.tsx';
import { createHotkeys, type Hotkeys } from '../../platform/hotkeys.ts';
import { Banner } from '../../ui/banner.tsx';
import { Breadcrumbs } from '../../ui/breadcrumbs.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { createToday } from '../../fields/create-today.ts';
import { createDealActions } from './deal-actions.ts';
import { dayCount, inSentence } from './deal-card-model.ts';
import { DealHistory } from './deal-history.tsx';
import { DealPeople } from './deal-people.tsx';
import { DealCompany, DealNextStep, OtherDeals } from './deal-related.tsx';
import { DealTopbar } from './deal-topbar.tsx';
import styles from './deals.module.css';
import { LostDialog } from './lost-dialog.tsx';
import { StagePath } from './stage-path.tsx';
import { stagePath } from './stage-path-model.ts';

export function DealPage(): JSX.Element {
  const workspace = useWorkspace();
  const params = useParams<{ id: string }>();
  const deal = () => workspace.collection('deal').byIdInTrash(params.id);
  return (
    <Show
      when={deal()}
      fallback={
        <Show when={workspace.isLoaded('pipeline')}>
          <header class="topbar">
            <Breadcrumbs items={[{ label: 'Deals', href: '/deals' }, { label: 'Deal' }]} />
          </header>
          <EmptyState
            icon={SearchX}
            title="No deal here"
            text="The link may be incomplete, or it leads to another workspace."
            action={
              <a class="btn" href="/deals">
                All deals
              </a>
            }
          />
        </Show>
      }
    >
      {(found) => <DealView deal={found()} />}
    </Show>
  );
}

const MINUTE = 60_000;

function createNow(): Accessor<number> {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), MINUTE / 2);
  onCleanup(() => clearInterval(timer));
  return now;
}

function DealView(props: { readonly deal: Deal }): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const now = createNow();
  const [losing, setLosing] = createSignal<readonly string[]>([]);
  const [refused, setRefused] = createSignal<string>();
  const actions = createDealActions({ onRefused: setRefused });
  const record = () => props.deal as unknown as AnyRecord;
  const stage = () => workspace.collection('stage').byId(props.deal.place[1]);
  const ids = () => [props.deal.id];
  const canEdit = () => workspace.canWrite() && !props.deal.deleted;
  const moveTo = (stageId: string) => {
    if (workspace.collection('stage').peek(stageId)?.type === 'lost') setLosing(ids());
    else actions.moveToStage(ids(), stageId);
  };

  createHotkeys(() => ({ ...(canEdit() ? stageKeys() : {}) }));
  function stageKeys(): Hotkeys {
    const stages = stagesOf(workspace.collection('stage').all(), props.deal.place[0]);
    const steps = stagePath(props.deal, stages, now()).slice(0, 9);
    const keys: Record<string, () => void> = {};
    for (const [index, step] of steps.entries()) {
      // oxlint-disable-next-line solid/reactivity -- runs when the key is pressed.
      if (step.state !== 'now') keys[String(index + 1)] = () => moveTo(step.stage.id);
    }
    if (statusOf(stage()) !== 'open') return keys;
    return { ...keys, W: () => actions.win(ids()), 'Shift+W': () => setLosing(ids()) };
  }

  return (
    <>
      <DealTopbar
        deal={props.deal}
        stage={stage()}
        actions={actions}
        canEdit={canEdit()}
        onLose={() => setLosing(ids())}
      />
      <Show when={props.deal.deleted}>
        <Banner
          tone="warning"
          icon={Trash}
          actions={
            <Show when={workspace.canWrite()}>
              <Button size="sm" onClick={() => actions.restore(ids())}>
                Restore
              </Button>
            </Show>
          }
        >
          This deal is in the trash. Everything about it is kept.
        </Banner>
      </Show>
      <Show when={statusOf(stage()) === 'lost'}>
        <Banner
          tone="warning"
          icon={CircleX}
          actions={
            <Show when={canEdit()}>
              <Button size="sm" icon={RotateCcw} onClick={() => actions.reopen(ids())}>
                Reopen
              </Button>
            </Show>
          }
        >
          <strong>Lost{props.deal.closedOn ? ` ${inSentence(formatDay(props.deal.closedOn, today()))}` : ''}</strong>
          {props.deal.lostReason ? `: ${props.deal.lostReason}.` : ', no reason given.'} {props.deal.closingNote}
        </Banner>
      </Show>
      <Show when={refused()}>
        {(sentence) => (
          <Banner
            tone="danger"
            actions={
              <Button size="sm" onClick={() => setRefused(undefined)}>
                Dismiss
              </Button>
            }
          >
            {sentence()}
          </Banner>
        )}
      </Show>
      <div class={styles.page}>
        <div class={`dealhead ${styles.head}`}>
          <div class="row row--12">
            <CompanyMark companyId={props.deal.company} size={40} />
            <div class="grow">
              <h1 class={styles.titleEdit}>
                <PropertyValue record={record()} name="title" />
              </h1>
              <DealWho deal={props.deal} />
            </div>
          </div>
          <DealFacts deal={props.deal} stage={stage()} today={today()} />
        </div>
        <StagePath deal={props.deal} now={now()} onMove={moveTo} />
        <div class={`record deal ${styles.record}`}>
          <section class="pane" aria-label="Properties">
            <section class="section" aria-labelledby="deal-details">
              <div class="section__head">
                <h2 id="deal-details">Details</h2>
              </div>
              <PropertyList
                record={record()}
                fields={['owner', 'amount', 'closesOn', 'probability', 'company', 'source', 'tags']}
                optional={['product', 'type', 'openedOn', 'closedOn', 'lostReason', 'closingNote']}
              />
            </section>
            <DealPeople deal={props.deal} actions={actions} />
          </section>
          <section class="pane" aria-label="About and history">
            <article class="brief" aria-labelledby="deal-about">
              <h2 id="deal-about">About</h2>
              <div class={`doc ${styles.about}`}>
                <PropertyValue
                  record={record()}
                  name="about"
                  placeholder="What they need, what it takes, who decides"
                />
              </div>
            </article>
            <DealHistory deal={props.deal} today={today()} />
          </section>
          <section class={`pane pane--well ${styles.relatedPane}`} aria-label="Next step and related">
            <DealNextStep deal={props.deal} actions={actions} />
            <DealCompany deal={props.deal} />
            <OtherDeals deal={props.deal} today={today()} />
          </section>
        </div>
      </div>
      <LostDialog ids={losing()} actions={actions} onClose={() => setLosing([])} />
    </>
  );
}

const PEOPLE_SHOWN = 3;

/** Company and people, under the title. */
function DealWho(props: { readonly deal: Deal }): JSX.Element {
  const links = () => [
    ...(props.deal.company === null ? [] : [props.deal.company]),
    ...props.deal.contacts.slice(0, PEOPLE_SHOWN).map((person) => person.contact),
  ];
  return (
    <p class="row row--6 fg-2">
      <For each={links()} fallback={<span class="fg-3">No company and nobody in it yet</span>}>
        {(id, index) => (
          <>
            <Show when={index() > 0}>
              <span class="fg-3" aria-hidden="true">
                ·
              </span>
            </Show>
            <RecordLink id={id} class={styles.who} />
          </>
        )}
      </For>
      <Show when={props.deal.contacts.length > PEOPLE_SHOWN}>
        <span class="fg-3">+{props.deal.contacts.length - PEOPLE_SHOWN}</span>
      </Show>
    </p>
  );
}

function DealFacts(props: {
  readonly deal: Deal;
  readonly stage: Stage | undefined;
  readonly today: Day;
}): JSX.Element {
  const isOpen = () => statusOf(props.stage) === 'open';
  const weighted = () => {
    const { amount } = props.deal;
    return amount ? formatMinor(weightedMinor(props.deal, props.stage), amount.currency) : '–';
  };
  const away = (day: Day) => {
    const days = daysBetween(props.today, day);
    return days < 0 ? `${dayCount(-days)} late` : days > 1 ? `in ${dayCount(days)}` : '';
  };
  const age = () => {
    const from = props.deal.openedOn ?? (props.deal.createdAt === 0 ? null : dayOfInstant(props.deal.createdAt));
    return from === null ? '–' : dayCount(Math.max(0, daysBetween(from, props.deal.closedOn ?? props.today)));
  };
  return (
    <dl class="facts">
      <div>
        <dt>Value</dt>
        <dd>{props.deal.amount ? formatMoney(props.deal.amount) : '–'}</dd>
      </div>
      <Show
        when={isOpen()}
        fallback={
          <div>
            <dt>{statusOf(props.stage) === 'won' ? 'Won' : 'Lost'}</dt>
            <dd>{props.deal.closedOn ? formatDay(props.deal.closedOn, props.today) : '–'}</dd>
          </div>
        }
      >
        <div>
          <dt>Weighted, {probabilityOf(props.deal, props.stage)}%</dt>
          <dd>{weighted()}</dd>
        </div>
        <div>
          <dt>Close date</dt>
          <dd>
            <Show when={props.deal.closesOn} fallback="–">
              {(day) => (
                <>
                  {formatDay(day(), props.today)}{' '}
                  <span class="meta" classList={{ 'fg-danger': day() < props.today }}>
                    {away(day())}
                  </span>
                </>
              )}
            </Show>
          </dd>
        </div>
      </Show>
      <div>
        <dt>{isOpen() ? 'Age' : 'Took'}</dt>
        <dd>{age()}</dd>
      </div>
    </dl>
  );
}
