/** What the worker must know of the workspace, handed over in slices that leave the screen its frames. */

import { untrack } from 'solid-js';
import { type ExistingRecord, type ExistingStage, existingRecord } from '../../../shared/csv/import-lookup.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { isEntityName } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import { sortedPipelines, stagesOf, statusOf } from '../../../shared/query/pipeline-view.ts';
import type { Workspace } from '../../data/workspace.ts';
import type { ImportWorker } from './worker-calls.ts';

const SLICE_MS = 6;
const SLICE_RECORDS = 1_000;

export async function sendExisting(workspace: Workspace, worker: ImportWorker): Promise<void> {
  const lastRanks = new Map<string, string>();
  const products = new Set<string>();
  let slice: ExistingRecord[] = [];
  let isFirst = true;
  let end = performance.now() + SLICE_MS;

  async function send(): Promise<void> {
    await worker.addExisting(slice, isFirst);
    isFirst = false;
    slice = [];
    end = performance.now() + SLICE_MS;
  }

  for (const record of everyRecord(workspace)) {
    slice.push(existingRecord(record, titleOf(record)));
    if (record.entity === 'deal') {
      const { place, product } = record as unknown as { place: readonly string[]; product: string };
      const [, stageId = '', rank = ''] = place;
      if (rank > (lastRanks.get(stageId) ?? '')) lastRanks.set(stageId, rank);
      if (product !== '') products.add(product);
    }
    if (slice.length >= SLICE_RECORDS || performance.now() > end) await send();
  }
  await send();
  const pipelines = sortedPipelines(workspace.collection('pipeline').each());
  await worker.setExisting({
    pipelines: pipelines.map(({ id, name }) => ({ id, name })),
    stages: pipelines.flatMap((pipeline) =>
      stagesOf(workspace.collection('stage').each(), pipeline.id).map(
        (stage): ExistingStage => ({
          id: stage.id,
          name: stage.name,
          pipeline: pipeline.id,
          type: statusOf(stage),
          lastRank: lastRanks.get(stage.id) ?? '',
        }),
      ),
    ),
    members: [...workspace.collection('member').each()].map(({ id, name, email }) => ({ id, name, email })),
    products: [...products],
  });
}

/** What was merged stands under the id of the record that lives on: a file that brings it again means that one. */
function* everyRecord(workspace: Workspace): Generator<AnyRecord> {
  const merges = untrack(workspace.merges);
  for (const id of merges.ids()) {
    const name = entityNameOf(id);
    const survivor = merges.survivorOf(id);
    const record = isEntityName(name) ? (workspace.collection(name).peek(id) as AnyRecord | undefined) : undefined;
    const isGone = !isEntityName(name) || workspace.collection(name).peek(survivor)?.deleted !== false;
    if (record && !isGone) yield { ...record, id: survivor };
  }
  for (const name of ['company', 'contact', 'deal'] as const)
    for (const record of workspace.collection(name).each()) yield record as unknown as AnyRecord;
}

function titleOf(record: AnyRecord): string {
  const entity = { company, contact, deal }[record.entity as 'company'];
  return entity.title(record as never);
}
