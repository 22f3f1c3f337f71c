/** The first steps into a new workspace, told from what is really there. */

export interface StartFacts {
  /** Everything the workspace has is on this device. */
  readonly isCopied: boolean;
  /** Contacts that are not sample data. */
  readonly contacts: number;
  readonly hasSeenStages: boolean;
  /** Teammates who can sign in, without this person; or an invitation on its way. */
  readonly hasInvited: boolean;
}

export interface StartStep {
  readonly label: string;
  readonly isDone: boolean;
  /** Where it is done; null when it does itself. */
  readonly href: string | null;
  /** What it takes somebody, roughly. */
  readonly minutes: number;
}

export function startSteps(facts: StartFacts): readonly StartStep[] {
  return [
    { label: 'Create the workspace', isDone: true, href: null, minutes: 0 },
    { label: 'Keep a full copy on this device', isDone: facts.isCopied, href: null, minutes: 0 },
    { label: 'Bring in contacts', isDone: facts.contacts > 0, href: '/import', minutes: 3 },
    {
      label: 'Check your pipeline stages',
      isDone: facts.hasSeenStages,
      href: '/settings/pipelines',
      minutes: 2,
    },
    { label: 'Invite a teammate', isDone: facts.hasInvited, href: '/settings/members', minutes: 1 },
  ];
}

/** `2 of 5, about 6 minutes left`. */
export function startSummary(steps: readonly StartStep[]): string {
  const done = steps.filter((step) => step.isDone).length;
  const minutes = steps.reduce((sum, step) => sum + (step.isDone ? 0 : step.minutes), 0);
  const left = minutes === 0 ? '' : `, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
  return `${done} of ${steps.length}${left}`;
}
