/** Pipelines and their stages: what settings → Pipelines does. */
import { deal } from '../entities/deal.ts';
import { pipeline } from '../entities/pipeline.ts';
import { STAGE_HUES, type Stage, type StageType, stage } from '../entities/stage.ts';
import type { Changes } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { rankBetween, ranksAfter } from '../model/rank.ts';
import { stagesOf } from '../query/pipeline-view.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';
import { placeDeals } from './deal-commands.ts';

interface StageTemplate {
  readonly name: string;
  readonly type: StageType;
  readonly probability: number;
  readonly hue: keyof typeof STAGE_HUES;
  readonly quietAfterDays: number | null;
}

/** Probabilities and quiet limits of a pipeline nobody has tuned yet (FIELD: the middle of what five CRMs start with). */
const DEFAULT_STAGES: readonly StageTemplate[] = [
  { name: 'Lead', type: 'open', probability: 10, hue: 'slate', quietAfterDays: 14 },
  { name: 'Qualified', type: 'open', probability: 30, hue: 'sky', quietAfterDays: 14 },
  { name: 'Proposal', type: 'open', probability: 55, hue: 'indigo', quietAfterDays: 21 },
  { name: 'Negotiation', type: 'open', probability: 80, hue: 'plum', quietAfterDays: 14 },
  { name: 'Won', type: 'won', probability: 100, hue: 'won', quietAfterDays: null },
  { name: 'Lost', type: 'lost', probability: 0, hue: 'lost', quietAfterDays: null },
];

/** Adds a pipeline with the default stages, last in the list. */
export function addPipeline(tx: Tx, { name, batch = '' }: { name: string; batch?: string }): Id<'pipeline'> {
  const last =
    [...tx.all(pipeline)]
      .map((each) => each.rank)
      .sort()
      .at(-1) ?? '';
  const id = tx.insert(pipeline, { name, rank: rankBetween(last, ''), batch });
  const ranks = ranksAfter('', DEFAULT_STAGES.length);
  for (const [index, template] of DEFAULT_STAGES.entries()) {
    tx.insert(stage, { ...template, pipeline: id, rank: ranks[index] ?? '', batch });
  }
  return id;
}

export function renamePipeline(tx: Tx, { id, name }: { id: string; name: string }): void {
  tx.patch(pipeline, id, { name });
}

/** Removes a pipeline. Refuses while it has deals or is the only one. */
export function deletePipeline(tx: Tx, { id }: { id: string }): void {
  mustGet(tx, pipeline, id);
  const others = [...tx.all(pipeline)].filter((each) => each.id !== id);
  if (others.length === 0) throw new CommandRefused('conflict', 'This is the only pipeline. Add another one first.');
  const count = [...tx.all(deal)].filter((each) => each.place[0] === id).length;
  if (count > 0)
    throw new CommandRefused('conflict', `${count} deals are in this pipeline. Move them to another pipeline first.`);
  for (const each of stagesOf(tx.all(stage), id)) tx.patch(stage, each.id, { deleted: true });
  tx.patch(pipeline, id, { deleted: true });
}

/**
 * Removes those of the pipelines that no deal is in, once there are others beside them. For the one every new workspace
 * begins with, when a former workspace was added to it. Returns the names of what was removed.
 */
export function replaceEmptyPipelines(tx: Tx, { ids }: { ids: readonly string[] }): readonly string[] {
  const all = [...tx.all(pipeline)];
  if (all.every((each) => ids.includes(each.id))) return [];
  const used = new Set([...tx.all(deal)].map((each) => each.place[0]));
  const empty = all.filter((each) => ids.includes(each.id) && !used.has(each.id));
  for (const each of empty) deletePipeline(tx, each);
  return empty.map((each) => each.name);
}

/** Adds an open stage behind the last open one. `id` for machine-made ones (imports), whose id is a hash. */
export function addStage(
  tx: Tx,
  {
    pipelineId,
    name,
    probability,
    hue,
    batch = '',
    id,
  }: { pipelineId: string; name: string; probability?: number; hue?: string; batch?: string; id?: string },
): Id<'stage'> {
  mustGet(tx, pipeline, pipelineId);
  const open = stagesOf(tx.all(stage), pipelineId).filter((each) => each.type === 'open');
  const last = open.at(-1);
  const firstClosed = stagesOf(tx.all(stage), pipelineId).find((each) => each.type !== 'open');
  const rank = rankBetween(
    last?.rank ?? '',
    last && firstClosed && firstClosed.rank > last.rank ? firstClosed.rank : '',
  );
  const hues = Object.keys(STAGE_HUES).filter((each) => each !== 'won' && each !== 'lost');
  const values = {
    name,
    pipeline: pipelineId,
    type: 'open',
    probability: probability ?? Math.round(((last?.probability ?? 0) + 100) / 2),
    hue: hue ?? hues[open.length % hues.length] ?? 'slate',
    quietAfterDays: 14,
    rank,
    batch,
  };
  return id === undefined ? tx.insert(stage, values) : tx.insert(stage, values, id);
}

/** Renames, recolours or retunes a stage. A new probability counts from now on; deals with their own keep it. */
export function editStage(
  tx: Tx,
  {
    id,
    changes,
  }: { id: string; changes: Pick<Changes<typeof stage>, 'name' | 'probability' | 'hue' | 'quietAfterDays'> },
): void {
  tx.patch(stage, id, changes);
}

/** Moves an open stage to a position (0 = first) among the open stages of its pipeline. */
export function moveStage(tx: Tx, { id, position }: { id: string; position: number }): void {
  const moved = mustGet(tx, stage, id);
  if (moved.type !== 'open') throw new CommandRefused('not-allowed', `${moved.name} always comes last.`);
  const others = stagesOf(tx.all(stage), moved.pipeline ?? '').filter((each) => each.type === 'open' && each.id !== id);
  const at = Math.max(0, Math.min(position, others.length));
  tx.patch(stage, id, { rank: rankBetween(others[at - 1]?.rank ?? '', others[at]?.rank ?? '') });
}

/** Deletes an open stage; its deals go to `moveTo`, keeping their order, with the move in their history. */
export function deleteStage(tx: Tx, { id, moveTo }: { id: string; moveTo: string | null }): void {
  const gone = mustGet(tx, stage, id);
  if (gone.type !== 'open') throw new CommandRefused('not-allowed', `Every pipeline needs its ${gone.name} stage.`);
  const open = stagesOf(tx.all(stage), gone.pipeline ?? '').filter((each) => each.type === 'open');
  if (open.length <= 1) throw new CommandRefused('conflict', 'This is the only open stage. Add another one first.');
  const ids = dealsIn(tx, gone);
  if (ids.length > 0) {
    const target = moveTo === null ? undefined : tx.get(stage, moveTo);
    if (!target || target.deleted || target.id === id) {
      throw new CommandRefused('not-ready', `${ids.length} deals are in ${gone.name}. Choose the stage they go to.`);
    }
    placeDeals(tx, ids, target);
  }
  tx.patch(stage, id, { deleted: true });
}

function dealsIn(tx: Tx, where: Stage): readonly string[] {
  return [...tx.all(deal)]
    .filter((each) => each.place[1] === where.id)
    .sort((left, right) => (left.place[2] < right.place[2] ? -1 : 1))
    .map((each) => each.id);
}
