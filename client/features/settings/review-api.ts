/** Unsent changes of people who were removed, as the server keeps them. */
import { type Answer, ask, listOf, numberOf, objectOf, textOf } from '../../data/ask.ts';

export interface HeldBundle {
  readonly id: number;
  readonly name: string;
  readonly memberId: string;
  /** Epoch ms when it was handed in. */
  readonly at: number;
  readonly state: 'open' | 'applied' | 'discarded';
  readonly decidedBy: string;
  readonly decidedAt: number | null;
}

export interface HeldChange {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
  /** '' when the record is made. */
  readonly field: string;
  readonly element: string | null;
  readonly old: unknown;
  readonly new: unknown;
  /** Epoch ms by their device's clock. */
  readonly at: number;
}

export interface HeldDetail {
  readonly changes: readonly HeldChange[];
  /** More than `changes` when the list is long. */
  readonly total: number;
}

export async function readBundles(): Promise<Answer<readonly HeldBundle[]>> {
  const answer = await ask('/api/review');
  return answer.ok ? { ok: true, value: listOf(answer.value, 'bundles').map(readBundle) } : answer;
}

export async function readBundleChanges(id: number): Promise<Answer<HeldDetail>> {
  const answer = await ask(`/api/review/${id}`);
  if (!answer.ok) return answer;
  const changes = listOf(answer.value, 'changes').map(readChange);
  return { ok: true, value: { changes, total: numberOf(objectOf(answer.value).total) ?? changes.length } };
}

export function decide(id: number, decision: 'apply' | 'discard'): Promise<Answer<unknown>> {
  return ask(`/api/review/${id}`, { method: 'POST', body: { decision } });
}

function readBundle(raw: unknown): HeldBundle {
  const { id, name, memberId, at, state, decidedBy, decidedAt } = objectOf(raw);
  return {
    id: numberOf(id) ?? 0,
    name: textOf(name),
    memberId: textOf(memberId),
    at: numberOf(at) ?? 0,
    state: state === 'applied' || state === 'discarded' ? state : 'open',
    decidedBy: textOf(decidedBy),
    decidedAt: numberOf(decidedAt),
  };
}

function readChange(raw: unknown): HeldChange {
  const change = objectOf(raw);
  return {
    id: textOf(change.id),
    entity: textOf(change.entity),
    title: textOf(change.title),
    field: textOf(change.field),
    element: typeof change.element === 'string' ? change.element : null,
    old: change.old,
    new: change.new,
    at: numberOf(change.at) ?? 0,
  };
}
