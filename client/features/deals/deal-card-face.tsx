/** What is written on a card. */
import CalendarDays from 'lucide-solid/icons/calendar-days';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import CloudOff from 'lucide-solid/icons/cloud-off';
import Hourglass from 'lucide-solid/icons/hourglass';
import Mail from 'lucide-solid/icons/mail';
import Phone from 'lucide-solid/icons/phone';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Deal } from '../../../shared/entities/deal.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatMoney } from '../../fields/format.ts';
import { CompanyMark, MemberAvatar } from '../../fields/person.tsx';
import { CardChange } from '../../fields/presence.tsx';
import { backgroundComponent, lateComponent } from '../../ui/late.tsx';
import styles from './board.module.css';
import type { CardFacts, NextLine } from './deal-card-model.ts';

const NewsDot = backgroundComponent(() => import('../../fields/news/news-dot.tsx').then((module) => module.NewsDot));
const SpaceTag = lateComponent(() => import('../../fields/spaces/space-tag.tsx').then((module) => module.SpaceTag));

const NEXT_ICONS = {
  call: Phone,
  email: Mail,
  meeting: CalendarDays,
  task: CircleCheck,
  none: TriangleAlert,
  quiet: Hourglass,
};

const NEXT_CLASS: Record<NextLine['tone'], string> = {
  plain: '',
  today: 'card__next--today',
  late: 'card__next--over',
  missing: 'card__next--none',
};

/** `editor` lies over the line with the value while it is edited; while `isNews` the last line says who has just changed it. */
export function CardFace(props: {
  readonly deal: Deal;
  readonly facts: CardFacts;
  readonly isNews?: boolean;
  readonly editor?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const company = () => workspace.collection('company').byId(props.deal.company);
  return (
    <>
      <div class="card__top">
        <Show
          when={company()}
          fallback={<span class="truncate">{props.deal.company === null ? 'No company' : ''}</span>}
        >
          {(found) => (
            <>
              <CompanyMark companyId={found().id} />
              <span class="truncate" title={found().name}>
                {found().name}
              </span>
            </>
          )}
        </Show>
        <Show when={workspace.spaces.list().length > 0}>
          <SpaceTag recordId={props.deal.id} isSmall />
        </Show>
        <NewsDot id={props.deal.id} />
        <MemberAvatar memberId={props.deal.owner} size={18} />
      </div>
      <h3 class="card__name clamp-2" title={props.deal.title}>
        {props.deal.title || 'Untitled deal'}
      </h3>
      <div class="card__nums">
        <span class={`card__value ${styles.line}`}>
          {props.deal.amount ? formatMoney(props.deal.amount) : <span class="fg-3">No value</span>}
        </span>
        <Show when={props.facts.date}>
          {(date) => (
            <span class="card__date" classList={{ [styles.late ?? '']: date().late }}>
              {date().text}
            </span>
          )}
        </Show>
        {props.editor}
      </div>
      <Show when={props.facts.next}>
        {(next) => (
          <div class={`card__next ${props.isNews ? '' : NEXT_CLASS[next().tone]}`}>
            <Show when={!props.isNews} fallback={<CardChange id={props.deal.id} />}>
              <Dynamic component={NEXT_ICONS[next().kind]} class="lucide--sm" />
              <span class="truncate" title={next().text}>
                {next().text}
              </span>
              <span class="push">{next().when}</span>
              <WaitingMark id={props.deal.id} />
            </Show>
          </div>
        )}
      </Show>
      <Show when={!props.facts.next && workspace.isWaiting(props.deal.id)}>
        <div class="card__next">
          <WaitingMark id={props.deal.id} />
          <span>Not synced yet</span>
        </div>
      </Show>
    </>
  );
}

/** Only while offline: on the way to the team is not worth a mark. */
function WaitingMark(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const waits = () => workspace.sync.offlineSince() !== null && workspace.isWaiting(props.id);
  return (
    <Show when={waits()}>
      <span class="pendingdot" role="img" aria-label="Not synced yet" title="Saved on this device, not synced yet">
        <CloudOff class="lucide--sm" />
      </span>
    </Show>
  );
}
