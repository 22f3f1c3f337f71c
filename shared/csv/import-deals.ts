/**
 * Where an imported deal stands: its stage from a stage column, a status column or a closing date, made if nobody
 * has it; ranks for a whole stage at once (8,800 one by one cost seconds).
 */
import { idFromCause } from '../model/id.ts';
import { ranksAfter } from '../model/rank.ts';
import { squash } from './aliases.ts';
import { type Existing, type ExistingStage, nameKey } from './import-lookup.ts';
import type { PlannedRecord, RowReport } from './import-plan.ts';
import type { RowValues } from './import-row.ts';
import { type Answer, readStatus } from './import-values.ts';

export interface DealRow {
  readonly id: string;
  readonly read: RowValues;
  readonly values: Record<string, unknown>;
  readonly isNew: boolean;
  /** The file has a column for the real day of closing, so an expected one does not stand in for it. */
  readonly saysClosing: boolean;
}

export interface StagePlanner {
  /** Sets the stage of a deal and what follows from it in `values`: the day it was closed. */
  stageFor(deal: DealRow, report: RowReport): void;
  stageOf(dealId: string): ExistingStage | undefined;
  newStages(): readonly { id: string; name: string; pipeline: string }[];
}

export function createStagePlanner(
  existing: Existing,
  pipelineId: string,
  batch: string,
  answers: ReadonlyMap<string, Answer> | undefined,
): StagePlanner {
  const created = new Map<string, ExistingStage>();
  const stageByDeal = new Map<string, ExistingStage>();

  function stagesIn(pipeline: string): readonly ExistingStage[] {
    return existing.stages.filter((stage) => stage.pipeline === pipeline);
  }

  function pipelineNamed(text: string | undefined, report: RowReport): string {
    if (!text) return pipelineId;
    const found = existing.pipelines.find(({ id, name }) => id === text || squash(name) === squash(text));
    if (!found)
      report(`There is no pipeline called ${text}. The deal goes to the pipeline chosen for the import.`, 'note');
    return found?.id ?? pipelineId;
  }

  function stageNamed(text: string, pipeline: string): ExistingStage | undefined {
    const plain = text.replace(/\s*\([^)]*\)\s*$/, '');
    const own = stagesIn(pipeline).find(({ name }) => squash(name) === squash(text) || squash(name) === squash(plain));
    const answer = answers?.get(text) ?? '+';
    if (pipeline !== pipelineId && own) return own;
    const chosen = answer.startsWith('=') ? existing.stages.find(({ id }) => id === answer.slice(1)) : undefined;
    if (chosen?.pipeline === pipeline) return chosen;
    if (chosen)
      return stagesIn(pipeline).find(
        ({ type, name }) => name === chosen.name || (type !== 'open' && type === chosen.type),
      );
    return own && answer !== '+' ? own : newStage(plain, pipeline);
  }

  function newStage(name: string, pipeline: string): ExistingStage {
    const key = `${pipeline}:${nameKey(name)}`;
    const found = created.get(key);
    if (found) return found;
    const stage: ExistingStage = {
      id: idFromCause('stage', `${batch}:stage:${key}`),
      name,
      pipeline,
      type: 'open',
      lastRank: '',
    };
    created.set(key, stage);
    return stage;
  }

  return {
    stageFor({ id, read, values, isNew, saysClosing }, report) {
      const text = (key: string) => read.texts.get(`deal.${key}`);
      const { wonOn, lostOn } = values;
      delete values.wonOn;
      delete values.lostOn;
      const said = text('status') === undefined ? null : readStatus(text('status') ?? '');
      if (text('status') !== undefined && said === null && text('stage') === undefined)
        report(`The status ${text('status')} is not open, won or lost. The deal is taken as open.`, 'note');
      const status = said ?? (wonOn ? 'won' : lostOn ? 'lost' : null);
      const stageText = text('stage');
      if (!isNew && stageText === undefined && status === null) return undefined;
      const pipeline = pipelineNamed(text('pipeline'), report);
      const stages = stagesIn(pipeline);
      let stage = stageText === undefined ? undefined : stageNamed(stageText, pipeline);
      if (status !== null && (stage?.type ?? null) !== status && !(status === 'open' && stage?.type === 'open'))
        stage = stages.find(({ type }) => type === status);
      stage ??= stages.find(({ type }) => type === 'open') ?? stages[0];
      if (!stage) return report('The pipeline has no stages.', 'note');
      stageByDeal.set(id, stage);
      values.place = [stage.pipeline, stage.id, ''];
      if (stage.type === 'open') delete values.closedOn;
      else
        values.closedOn ??=
          (stage.type === 'won' ? wonOn : lostOn) ?? wonOn ?? lostOn ?? (saysClosing ? null : values.closesOn);
      if (values.closedOn === undefined || values.closedOn === null) delete values.closedOn;
      return undefined;
    },
    stageOf: (dealId) => stageByDeal.get(dealId),
    newStages: () => [...created.values()].map(({ id, name, pipeline }) => ({ id, name, pipeline })),
  };
}

/** Gives every planned deal its rank: below what is there, in the order of the file. */
export function placeDeals(records: Iterable<PlannedRecord>, stages: StagePlanner): void {
  const byStage = new Map<string, { stage: ExistingStage; deals: PlannedRecord[] }>();
  for (const record of records) {
    if (record.entity !== 'deal') continue;
    const stage = stages.stageOf(record.id);
    if (!stage) continue;
    const group = byStage.get(stage.id) ?? { stage, deals: [] };
    byStage.set(stage.id, group);
    group.deals.push(record);
  }
  for (const { stage, deals } of byStage.values()) {
    const ranks = ranksAfter(stage.lastRank, deals.length);
    for (const [index, record] of deals.entries())
      record.values.place = [stage.pipeline, stage.id, ranks[index] ?? stage.lastRank];
  }
}
