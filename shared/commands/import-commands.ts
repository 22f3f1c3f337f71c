/**
 * Writes an import plan in small steps, so that the screen keeps its frames: each step makes at most `STEP_RECORDS`
 * records. A step that runs again makes nothing twice, because the plan's ids are hashes of batch and row.
 */
import type { DuplicateMode, PlannedRecord } from '../csv/import-plan.ts';
import { type Deal, deal } from '../entities/deal.ts';
import { member } from '../entities/member.ts';
import { entities, type Registry } from '../entities/registry.ts';
import { type Stage, stage } from '../entities/stage.ts';
import type { Changes, Entity } from '../model/entity.ts';
import { fieldOf } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import type { Reachable, StageMove } from '../model/set-fields.ts';
import { statusOf } from '../query/pipeline-view.ts';
import { formatStamp, stampWriter } from '../sync/stamp.ts';
import type { Tx } from './command.ts';
import { addStage } from './pipeline-commands.ts';
import { nextJoinOrder } from './workspace-commands.ts';

/** What is written; the rest of a plan is for the eyes. */
export interface ImportWork {
  readonly batch: string;
  readonly duplicateMode: DuplicateMode;
  readonly stages: readonly { readonly id: string; readonly name: string; readonly pipeline: string }[];
  readonly records: Iterable<PlannedRecord>;
}

/** Inserting takes about 20 µs a record: a step stays far below a frame. */
const STEP_RECORDS = 25;

/** The steps of an import, made one by one: `records` may be an iterator over messages of a worker. */
export function* importSteps(work: ImportWork, registry: Registry = entities): Generator<(tx: Tx) => void> {
  if (work.stages.length > 0) {
    yield (tx) => {
      for (const { id, name, pipeline } of work.stages)
        if (!tx.get(stage, id)) addStage(tx, { id, pipelineId: pipeline, name, batch: work.batch });
    };
  }
  let chunk: PlannedRecord[] = [];
  for (const record of work.records) {
    chunk.push(record);
    if (chunk.length < STEP_RECORDS) continue;
    yield writeRecords(chunk, work.duplicateMode, registry);
    chunk = [];
  }
  if (chunk.length > 0) yield writeRecords(chunk, work.duplicateMode, registry);
}

function writeRecords(records: readonly PlannedRecord[], mode: DuplicateMode, registry: Registry): (tx: Tx) => void {
  return (tx) => {
    let joinOrder: number | null = null;
    for (const record of records) {
      const entity = registry[record.entity];
      if (!entity) continue;
      const known = tx.get(entity, record.id);
      if (known && record.action === 'create' && known.batch === record.values.batch && !known.deleted) continue;
      if (known) {
        complete(tx, entity, record, mode);
        continue;
      }
      const values: Changes<Entity> = { ...record.values };
      if (entity.name === 'member') {
        joinOrder = joinOrder === null ? nextJoinOrder(tx) : joinOrder + 1;
        Object.assign(values, { role: 'member', joinOrder });
      }
      if (entity.name === 'deal') Object.assign(values, { stages: [firstMove(tx, record.values)] });
      tx.insert(entity, values, record.id);
    }
  };
}

/**
 * The one thing a file says of a deal's way: which stage it is in. A closed one entered it on the day it was closed,
 * at noon UTC; of an open one only the import is known. Who did it is not in the file.
 */
function firstMove(tx: Tx, values: Readonly<Record<string, unknown>>): StageMove {
  const [, to = ''] = values.place as Deal['place'];
  const noon = typeof values.closedOn === 'string' ? Date.parse(`${values.closedOn}T12:00:00Z`) : Number.NaN;
  const stamp = noon > 0 && noon <= tx.now ? formatStamp(noon, 0, stampWriter(tx.stamp)) : tx.stamp;
  return { stamp, from: '', to, by: '' };
}

/** Completes or updates a record that is there. An empty cell never empties a field; sets are added to, not replaced. */
function complete(tx: Tx, entity: Entity, record: PlannedRecord, mode: DuplicateMode): void {
  const current = tx.get(entity, record.id) as unknown as Readonly<Record<string, unknown>> | undefined;
  if (!current || mode === 'skip') return;
  const changes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record.values)) {
    const field = fieldOf(entity, name);
    if (!field || name === 'batch' || name === 'place' || name === 'stages') continue;
    const isEmpty = field.sortKey(current[name]) === null;
    if (isEmpty) changes[name] = value;
    else if (mode === 'update' && name !== 'sourceId')
      changes[name] = field.elements ? union(field, current[name], value) : value;
  }
  if (entity.name === 'deal' && mode === 'update')
    Object.assign(changes, stageChange(tx, current as unknown as Deal, record));
  else if (entity.name === 'deal' && statusOf(stageOf(tx, current as unknown as Deal)) === 'open')
    delete changes.closedOn;
  tx.patch(entity, record.id, changes as Changes<Entity>);
}

function stageOf(tx: Tx, current: Deal): Stage | undefined {
  return tx.get(stage, current.place[1]);
}

/** A deal whose stage in the file is another one moves there; the closing day comes from the file. */
function stageChange(tx: Tx, current: Deal, record: PlannedRecord): Changes<typeof deal> {
  const place = record.values.place as Deal['place'] | undefined;
  if (!place || place[1] === current.place[1]) return {};
  const move: StageMove = { ...firstMove(tx, record.values), from: current.place[1], by: tx.actor };
  const closedOn =
    statusOf(tx.get(stage, place[1])) === 'open' ? null : ((record.values.closedOn as string | undefined) ?? null);
  return { place, closedOn, stages: [...current.stages, move] };
}

/** Elements of the file replace those with the same key and come behind the others; the primary one stays. */
function union(field: AnyField, current: unknown, value: unknown): readonly unknown[] {
  const key = (element: unknown): string => field.elements?.key(element) ?? '';
  const former = new Map((current as readonly unknown[]).map((element) => [key(element), element]));
  const added = (value as readonly unknown[]).map((element) => {
    const old = former.get(key(element));
    former.delete(key(element));
    return isReachable(element) ? { ...element, primary: isReachable(old) ? old.primary : false } : element;
  });
  return [...former.values(), ...added];
}

function isReachable(element: unknown): element is Reachable {
  return typeof element === 'object' && element !== null && 'primary' in element;
}

/**
 * Puts everything an import (or a sample set) made into the trash, whoever has changed it since. Teammates stay, and
 * so does a stage in which somebody has put another deal. What was merged into one of them and is not of the batch stands
 * for itself again.
 */
export function* removeBatchSteps(batch: string, registry: Registry = entities): Generator<(tx: Tx) => void> {
  for (const entity of Object.values(registry)) {
    if (entity.name === member.name) continue;
    yield (tx) => {
      const inUse = entity.name === stage.name ? stagesInUse(tx, batch) : null;
      for (const record of tx.all(entity)) {
        if (record.batch !== batch || inUse?.has(record.id)) continue;
        for (const id of tx.mergedFrom(record.id))
          if (isForeignTo(tx, { entity, batch, id })) tx.patch(entity, id, { mergedInto: null });
        tx.patch(entity, record.id, { deleted: true });
      }
    };
  }
}

/** Whether a record that is not of the batch was merged into one that is. */
function isForeignTo(
  tx: Tx,
  { entity, batch, id }: { readonly entity: Entity; readonly batch: string; readonly id: string },
) {
  const record = tx.get(entity, id);
  return record?.mergedInto != null && record.batch !== batch && tx.get(entity, record.mergedInto)?.batch === batch;
}

function stagesInUse(tx: Tx, batch: string): ReadonlySet<string> {
  const used = new Set<string>();
  for (const each of tx.all(deal)) if (each.batch !== batch) used.add(each.place[1]);
  return used;
}
