/** Records as they were: today's values with the changes since a moment taken off again, and what two moments differ in. */
import type { Deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import { type AnyRecord, type Entity, fieldOf } from '../model/entity.ts';
import { normalizeElements } from '../model/set-fields.ts';
import { statusOf, weightedMinor } from './pipeline-view.ts';

/** What a path held before something changed it. */
export interface FormerValue {
  readonly record: string;
  /** A field, or `field:element`; '' for the record as a whole. */
  readonly field: string;
  /** null when there was nothing. */
  readonly old: unknown;
}

/**
 * The record with former values laid over it, the newest change first where several name one path. Null when one of them
 * is its creation: then it did not exist. What a field does not accept any more reads as empty, as everywhere.
 */
export function recordAsOf(entity: Entity, record: AnyRecord, former: readonly FormerValue[]): AnyRecord | null {
  const then: Record<string, unknown> = { ...record };
  const sets = new Map<string, Map<string, unknown>>();
  for (const { field: path, old } of former) {
    if (path === '') {
      if (old === null) return null;
      continue;
    }
    const colon = path.indexOf(':');
    const name = colon === -1 ? path : path.slice(0, colon);
    const field = fieldOf(entity, name);
    if (!field) continue;
    if (colon === -1) {
      then[name] = old !== null && field.accepts(old) ? old : field.initial;
      sets.delete(name);
      continue;
    }
    const shape = field.elements;
    if (!shape) continue;
    const elements =
      sets.get(name) ?? new Map((then[name] as readonly unknown[]).map((each) => [shape.key(each), each]));
    if (old !== null && shape.accepts(old)) elements.set(path.slice(colon + 1), old);
    else elements.delete(path.slice(colon + 1));
    sets.set(name, elements);
    then[name] = normalizeElements(shape, elements.values());
  }
  return then as AnyRecord;
}

/** The records of an entity at a moment, those then in the trash left out. `today` are all of them, the trash included. */
export function recordsAsOf<R extends Pick<AnyRecord, 'id' | 'deleted' | 'mergedInto'>>(
  entity: Entity,
  today: Iterable<R>,
  former: readonly FormerValue[],
): ReadonlyMap<string, R> {
  const byRecord = new Map<string, FormerValue[]>();
  for (const value of former) {
    const known = byRecord.get(value.record);
    if (known) known.push(value);
    else byRecord.set(value.record, [value]);
  }
  const then = new Map<string, R>();
  for (const record of today) {
    const changed = byRecord.get(record.id);
    const was = changed ? (recordAsOf(entity, record as unknown as AnyRecord, changed) as unknown as R | null) : record;
    if (was && !was.deleted && was.mergedInto === null) then.set(record.id, was);
  }
  return then;
}

/** A stage's deals at a moment; sums in minor units by currency. */
export interface StageTotals {
  readonly count: number;
  readonly sums: ReadonlyMap<string, number>;
  readonly weighted: ReadonlyMap<string, number>;
}

/** Totals per stage id. */
export function stageTotals(
  deals: Iterable<Deal>,
  stageOf: (id: string) => Stage | undefined,
): ReadonlyMap<string, StageTotals> {
  const totals = new Map<string, { count: number; sums: Map<string, number>; weighted: Map<string, number> }>();
  for (const deal of deals) {
    const stageId = deal.place[1];
    const of = totals.get(stageId) ?? { count: 0, sums: new Map(), weighted: new Map() };
    totals.set(stageId, of);
    of.count++;
    if (deal.amount === null) continue;
    const { currency, minor } = deal.amount;
    of.sums.set(currency, (of.sums.get(currency) ?? 0) + minor);
    of.weighted.set(currency, (of.weighted.get(currency) ?? 0) + weightedMinor(deal, stageOf(stageId)));
  }
  return totals;
}

/** What became of deals between two moments; a deal is in each list it belongs to. */
export interface PipelineDifference {
  readonly added: readonly Deal[];
  readonly won: readonly Deal[];
  readonly lost: readonly Deal[];
  /** Open before and after, in another stage. */
  readonly moved: readonly { readonly deal: Deal; readonly from: string }[];
  /** Open, with a close date that was put off. */
  readonly slipped: readonly { readonly deal: Deal; readonly from: string }[];
  /** Deals that are there no longer: deleted or merged. */
  readonly gone: readonly Deal[];
}

export function comparePipelines(
  before: ReadonlyMap<string, Deal>,
  after: ReadonlyMap<string, Deal>,
  stageOf: (id: string) => Stage | undefined,
): PipelineDifference {
  const difference = {
    added: [] as Deal[],
    won: [] as Deal[],
    lost: [] as Deal[],
    moved: [] as { deal: Deal; from: string }[],
    slipped: [] as { deal: Deal; from: string }[],
    gone: [] as Deal[],
  };
  for (const [id, deal] of after) {
    const was = before.get(id);
    const status = statusOf(stageOf(deal.place[1]));
    if (!was) difference.added.push(deal);
    const wasOpen = !was || statusOf(stageOf(was.place[1])) === 'open';
    if (wasOpen && status !== 'open') difference[status].push(deal);
    if (was && wasOpen && status === 'open') {
      if (was.place[1] !== deal.place[1]) difference.moved.push({ deal, from: was.place[1] });
      if (was.closesOn && deal.closesOn && deal.closesOn > was.closesOn) {
        difference.slipped.push({ deal, from: was.closesOn });
      }
    }
  }
  for (const [id, deal] of before) if (!after.has(id)) difference.gone.push(deal);
  return difference;
}
