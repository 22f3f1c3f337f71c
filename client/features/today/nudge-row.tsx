/** A deal that was left alone, or a person nobody has spoken with: who, why, and a way to plan the next step. */
import Handshake from 'lucide-solid/icons/handshake';
import Hourglass from 'lucide-solid/icons/hourglass';
import Plus from 'lucide-solid/icons/plus';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Nudge } from '../../../shared/query/today-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatMoney, formatPlural } from '../../fields/format.ts';
import { followReference } from '../../fields/reference.ts';
import { Who } from '../../fields/tasks/task-row.tsx';
import { Button } from '../../ui/button.tsx';

export function nudgeId(nudge: Nudge): string {
  return 'deal' in nudge ? nudge.deal.id : nudge.contactId;
}

export function NudgeRow(props: {
  readonly nudge: Nudge;
  readonly focused: boolean;
  readonly canWrite: boolean;
  readonly onFocus: () => void;
  readonly onPlan: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const deal = () => ('deal' in props.nudge ? props.nudge.deal : undefined);
  const contact = () =>
    'contactId' in props.nudge ? props.nudge.contactId : (props.nudge.deal.contacts[0]?.contact ?? null);
  const company = () => deal()?.company ?? workspace.collection('contact').byId(contact())?.company ?? null;
  const name = () => followReference(workspace, contact() ?? nudgeId(props.nudge)).title;
  return (
    <li
      class="fu"
      classList={{ 'is-focus': props.focused }}
      data-task={nudgeId(props.nudge)}
      tabIndex={props.focused ? 0 : -1}
      onFocusIn={() => props.onFocus()}
    >
      <Show when={props.canWrite} fallback={<span />}>
        <button
          type="button"
          class="fu__add"
          aria-label={`Plan a follow-up with ${name()}`}
          onClick={() => props.onPlan()}
        >
          <Plus class="lucide--sm" />
        </button>
      </Show>
      <Who contact={contact()} company={company()} deal={deal()?.id ?? null} title={name()} />
      <div class="fu__what">
        <span class="fu__task">
          <Dynamic component={ICONS[props.nudge.kind]} class="lucide--sm fg-warning" />
          <span class="truncate">{reason(props.nudge)}</span>
        </span>
        <Show when={deal()}>{(record) => <span class="fu__why truncate">{record().title}</span>}</Show>
      </div>
      <span class="fu__deal">
        <Show when={deal()}>
          {(record) => (
            <>
              <StageSign
                stageId={record().place[1]}
                size={14}
                label={workspace.collection('stage').byIdInTrash(record().place[1])?.name}
              />
              <Show when={record().amount}>{(amount) => <span>{formatMoney(amount())}</span>}</Show>
            </>
          )}
        </Show>
      </span>
      <Show when={props.canWrite} fallback={<span />}>
        <Button size="sm" variant="quiet" class="fu__plan" onClick={() => props.onPlan()}>
          Plan
        </Button>
      </Show>
    </li>
  );
}

const ICONS = { quiet: Hourglass, 'no-step': TriangleAlert, 'keep-in-touch': Handshake } as const;

function reason(nudge: Nudge): string {
  if (nudge.kind === 'quiet') return `Quiet for ${formatPlural(nudge.days, 'day', 'days')}`;
  if (nudge.kind === 'no-step') return 'No next step on this deal';
  return nudge.daysOver === 0
    ? 'Due to be in touch'
    : `Due to be in touch for ${formatPlural(nudge.daysOver, 'day', 'days')}`;
}
