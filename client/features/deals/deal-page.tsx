/** One deal: what it is worth, where it stands, who takes part, what happened and what belongs to it. */
import CircleX from 'lucide-solid/icons/circle-x';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Trophy from 'lucide-solid/icons/trophy';
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { type Day, dayOfInstant, daysBetween } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { probabilityOf, stagesOf, statusOf, weightedMinor } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import { formatDay, formatMinor, formatMoney } from '../../fields/format.ts';
import { CompanyMark, RecordLink } from '../../fields/person.tsx';
import { PropertyList, PropertyValue } from '../../fields/property-list.tsx';
import {
  LastContactRow,
  RecordAbout,
  RecordBrief,
  RecordFiles,
  RecordNextSteps,
  RecordTimeline,
} from '../../fields/record-middle.tsx';
import { RecordPage, type RecordView } from '../../fields/record-page.tsx';
import { RecordSection } from '../../fields/record-panels.tsx';
import { SecondFrame } from '../../fields/second-frame.tsx';
import { createNow } from '../../platform/create-now.ts';
import { createHotkeys, type Hotkeys } from '../../platform/hotkeys.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { createDealActions, type DealActions } from './deal-actions.ts';
import { dayCount, inSentence } from './deal-card-model.ts';
import { DealHealth } from './deal-health.tsx';
import { DealPeople } from './deal-people.tsx';
import { DealCompany, OtherDeals } from './deal-related.tsx';
import styles from './deals.module.css';
import { LostDialog } from './lost-dialog.tsx';
import { StagePath } from './stage-path.tsx';
import { stagePath } from './stage-path-model.ts';

export function DealPage(): JSX.Element {
  return <RecordPage entity="deal" listHref="/deals" view={dealView} />;
}

const LOOK_EVERY_MS = 30_000;

function dealView(deal: () => Deal): RecordView {
  const workspace = useWorkspace();
  const today = createToday();
  const now = createNow(LOOK_EVERY_MS);
  const [losing, setLosing] = createSignal<readonly string[]>([]);
  const [refused, setRefused] = createSignal<string>();
  const actions = createDealActions({ onRefused: setRefused });
  const record = () => deal() as unknown as AnyRecord;
  const stage = () => workspace.collection('stage').byId(deal().place[1]);
  const pipeline = () => workspace.collection('pipeline').byId(deal().place[0]);
  const ids = () => [deal().id];
  const canEdit = () => workspace.canWrite() && !deal().deleted;
  const isOpen = () => statusOf(stage()) === 'open';
  const lose = () => setLosing(ids());
  const moveTo = (stageId: string) => {
    if (workspace.collection('stage').peek(stageId)?.type === 'lost') lose();
    else actions.moveToStage(ids(), stageId);
  };

  createHotkeys(() => ({ ...(canEdit() ? stageKeys() : {}) }));
  function stageKeys(): Hotkeys {
    const stages = stagesOf(workspace.collection('stage').all(), deal().place[0]);
    const steps = stagePath(deal(), stages, now()).slice(0, 9);
    const keys: Record<string, () => void> = {};
    for (const [index, step] of steps.entries()) {
      if (step.state !== 'now') keys[String(index + 1)] = () => moveTo(step.stage.id);
    }
    return isOpen() ? { ...keys, W: () => actions.win(ids()), 'Shift+W': lose } : keys;
  }

  return {
    list: () => {
      const found = pipeline();
      return found ? { label: found.name, href: `/deals?pipeline=${found.id}` } : { label: 'Deals', href: '/deals' };
    },
    menu: () =>
      isOpen()
        ? [
            { label: 'Won', icon: Trophy, keys: 'W', onSelect: () => actions.win(ids()) },
            { label: 'Lost', icon: CircleX, keys: 'Shift+W', onSelect: lose },
          ]
        : [{ label: 'Reopen', icon: RotateCcw, onSelect: () => actions.reopen(ids()) }],
    actions: () => (
      <Show when={canEdit()}>
        <DealClosing deal={deal()} stage={stage()} actions={actions} onLose={lose} />
      </Show>
    ),
    banner: () => (
      <>
        <Show when={statusOf(stage()) === 'lost'}>
          <LostBanner deal={deal()} today={today()} actions={actions} canEdit={canEdit()} />
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
        <LostDialog ids={losing()} actions={actions} onClose={() => setLosing([])} />
      </>
    ),
    panels: {
      top: (
        <>
          <div class={`dealhead ${styles.head}`}>
            <div class="row row--12">
              <CompanyMark companyId={deal().company} size={40} />
              <div class="grow">
                <h1 class={styles.titleEdit}>
                  <PropertyValue record={record()} name="title" />
                </h1>
                <DealWho deal={deal()} />
              </div>
            </div>
            <DealFacts deal={deal()} stage={stage()} today={today()} />
          </div>
          <StagePath deal={deal()} now={now()} onMove={moveTo} />
        </>
      ),
      properties: (
        <>
          <Show when={isOpen()}>
            <DealHealth deal={deal()} stage={stage()} today={today()} />
          </Show>
          <RecordSection title="Details">
            <PropertyList record={record()} fields={DETAILS} optional={MORE_DETAILS}>
              <LastContactRow record={record()} />
            </PropertyList>
          </RecordSection>
          <SecondFrame>
            <DealPeople deal={deal()} actions={actions} />
          </SecondFrame>
        </>
      ),
      main: (
        <>
          <RecordBrief record={record()}>
            <RecordAbout record={record()} placeholder="What they need, what it takes, who decides" />
          </RecordBrief>
          <RecordTimeline record={record()} />
        </>
      ),
      related: (
        <>
          <RecordNextSteps record={record()} />
          <DealCompany deal={deal()} />
          <OtherDeals deal={deal()} today={today()} />
          <RecordFiles record={record()} />
        </>
      ),
    },
  };
}

const DETAILS = ['owner', 'amount', 'closesOn', 'probability', 'company', 'source', 'tags'];
const MORE_DETAILS = ['product', 'type', 'openedOn', 'closedOn', 'lostReason', 'closingNote'];

function LostBanner(props: {
  readonly deal: Deal;
  readonly today: Day;
  readonly actions: DealActions;
  readonly canEdit: boolean;
}): JSX.Element {
  return (
    <Banner
      tone="warning"
      icon={CircleX}
      actions={
        <Show when={props.canEdit}>
          <Button size="sm" icon={RotateCcw} onClick={() => props.actions.reopen([props.deal.id])}>
            Reopen
          </Button>
        </Show>
      }
    >
      <strong>Lost{props.deal.closedOn ? ` ${inSentence(formatDay(props.deal.closedOn, props.today))}` : ''}</strong>
      {props.deal.lostReason ? `: ${props.deal.lostReason}.` : ', no reason given.'} {props.deal.closingNote}
    </Banner>
  );
}

/** Won and lost, the two ends of a deal; one way back from them. */
function DealClosing(props: {
  readonly deal: Deal;
  readonly stage: Stage | undefined;
  readonly actions: DealActions;
  readonly onLose: () => void;
}): JSX.Element {
  const ids = () => [props.deal.id];
  return (
    <span class={`row ${styles.closing}`}>
      <Switch>
        <Match when={statusOf(props.stage) === 'open'}>
          <Button size="sm" variant="danger-outline" icon={CircleX} onClick={() => props.onLose()}>
            Lost
          </Button>
          <Button size="sm" variant="success" icon={Trophy} keys="W" onClick={() => props.actions.win(ids())}>
            Won
          </Button>
        </Match>
        <Match when={statusOf(props.stage) === 'won'}>
          <Button size="sm" icon={RotateCcw} onClick={() => props.actions.reopen(ids())}>
            Reopen
          </Button>
        </Match>
      </Switch>
    </span>
  );
}

const PEOPLE_SHOWN = 3;

/** Company and people, under the title. */
function DealWho(props: { readonly deal: Deal }): JSX.Element {
  const workspace = useWorkspace();
  const people = () => [...new Set(props.deal.contacts.map((person) => workspace.merges().survivorOf(person.contact)))];
  const links = () => [
    ...(props.deal.company === null ? [] : [props.deal.company]),
    ...people().slice(0, PEOPLE_SHOWN),
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
      <Show when={people().length > PEOPLE_SHOWN}>
        <span class="fg-3">+{people().length - PEOPLE_SHOWN}</span>
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
