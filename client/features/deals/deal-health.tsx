/** Whether an open deal has what makes deals go on; each line in words, because a sign alone says nothing. */
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import TriangleAlert from 'lucide-solid/icons/triangle-alert';
import { createMemo, For, type JSX, Show } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { type Day, dayOfInstant } from '../../../shared/model/day.ts';
import { contactDays, type DealCheck, dealHealth } from '../../../shared/query/deal-health.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatCount } from '../../fields/format.ts';
import { RecordSection } from '../../fields/record-panels.tsx';
import { dayCount } from './deal-card-model.ts';

export function DealHealth(props: {
  readonly deal: Deal;
  readonly stage: Stage | undefined;
  readonly today: Day;
}): JSX.Element {
  const workspace = useWorkspace();
  const checks = createMemo(() => {
    const last = workspace.about.lastContact(props.deal.id);
    return dealHealth(props.deal, props.stage, {
      hasNextStep: workspace.about.nextStep(props.deal.id) !== null,
      lastContact: last === null ? null : dayOfInstant(last.at),
      today: props.today,
    });
  });
  const fine = () => checks().filter(({ isFine }) => isFine).length;
  return (
    <RecordSection title="Health" aside={`${formatCount(fine())} of ${formatCount(checks().length)}`}>
      <ul class="health">
        <For each={checks()}>
          {(check) => (
            <li>
              <Show when={check.isFine} fallback={<TriangleAlert class="fg-warning" />}>
                <CircleCheck class="fg-success" />
              </Show>
              {wordsOf(check, props.deal, props.stage)}
            </li>
          )}
        </For>
      </ul>
    </RecordSection>
  );
}

function wordsOf({ about, isFine }: DealCheck, deal: Deal, stage: Stage | undefined): string {
  const days = contactDays(stage);
  const within = days === 1 ? 'day' : dayCount(days);
  switch (about) {
    case 'nextStep':
      return isFine ? 'Next step is set' : 'No next step';
    case 'contact':
      return isFine ? `Contact in the last ${within}` : `No contact in the last ${within}`;
    case 'decisionMaker':
      return isFine ? 'Decision maker known' : 'Nobody who decides or signs';
    case 'amount':
      return isFine ? 'Value is set' : 'No value';
    case 'closesOn':
      return isFine ? 'Close date lies ahead' : deal.closesOn === null ? 'No close date' : 'Close date is over';
  }
}
