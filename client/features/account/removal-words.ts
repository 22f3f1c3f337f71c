/** The words for somebody who was removed. Pure. */
import type { Removal, RemovalPhase } from '../../data/removal.ts';

export type RemovalView = Pick<Removal, 'notice' | 'unsent' | 'phase'>;

export function removalWords(facts: {
  readonly workspaceName: string;
  readonly by: string;
  readonly unsent: number;
  readonly phase: RemovalPhase;
}): { readonly title: string; readonly text: string; readonly status: string } {
  const { workspaceName, by, unsent, phase } = facts;
  const place = workspaceName || 'the workspace';
  const who = by || 'An owner';
  return {
    title: `You are no longer part of ${place}`,
    text: `${who} ended your access. Everything you had sent stays with the team under your name.`,
    status: statusOf(phase, unsent, by || 'an owner'),
  };
}

function statusOf(phase: RemovalPhase, unsent: number, who: string): string {
  const changes = unsent === 1 ? '1 change' : `${unsent} changes`;
  const were = unsent === 1 ? 'was' : 'were';
  switch (phase) {
    case 'handing-in':
      return `${changes} on this device ${were} not sent yet. Handing them over to ${who}.`;
    case 'unreachable':
      return `${changes} on this device ${were} not sent yet. The server does not answer right now; this is tried again by itself. Nothing is taken away before it is done.`;
    case 'handed-in':
      return unsent === 0
        ? 'Removing the copy from this device.'
        : `${changes} that ${were} not sent ${unsent === 1 ? 'is' : 'are'} with ${who} now, who can apply or discard ${unsent === 1 ? 'it' : 'them'}. You can save a file for yourself before the copy on this device is removed.`;
    case 'not-taken':
      return `${changes} on this device could not be handed over. Save ${unsent === 1 ? 'it' : 'them'} as a file; then the copy can be removed.`;
    case 'wiped':
      return 'The copy was removed from this device.';
  }
}
