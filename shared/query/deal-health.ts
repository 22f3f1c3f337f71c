/** What makes an open deal likely to go on: five plain questions, answered from what every device has. */
import type { Deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import { type Day, daysBetween } from '../model/day.ts';

export interface DealSigns {
  readonly hasNextStep: boolean;
  /** Day of the last call, meeting, e-mail or note with somebody; null for never. */
  readonly lastContact: Day | null;
  readonly today: Day;
}

export interface DealCheck {
  readonly about: 'nextStep' | 'contact' | 'decisionMaker' | 'amount' | 'closesOn';
  readonly isFine: boolean;
}

/** Where a stage does not say after how many days without a change a deal is quiet. */
const USUAL_CONTACT_DAYS = 7;

/** Whoever decides or signs. */
const DECIDES: ReadonlySet<string> = new Set(['decisionMaker', 'signs']);

/** Within how many days somebody is to have been in contact: as long as the stage lets a deal be quiet. */
export function contactDays(stage: Stage | undefined): number {
  return stage?.quietAfterDays ?? USUAL_CONTACT_DAYS;
}

/** In the order they are shown. */
export function dealHealth(
  deal: Pick<Deal, 'amount' | 'closesOn' | 'contacts'>,
  stage: Stage | undefined,
  { hasNextStep, lastContact, today }: DealSigns,
): readonly DealCheck[] {
  return [
    { about: 'nextStep', isFine: hasNextStep },
    { about: 'contact', isFine: lastContact !== null && daysBetween(lastContact, today) <= contactDays(stage) },
    { about: 'decisionMaker', isFine: deal.contacts.some(({ role }) => DECIDES.has(role)) },
    { about: 'amount', isFine: deal.amount !== null },
    { about: 'closesOn', isFine: deal.closesOn !== null && deal.closesOn >= today },
  ];
}
