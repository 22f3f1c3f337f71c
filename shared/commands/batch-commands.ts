/** Everything one import or sample set has made, as one thing. */
import type { Tx } from './command.ts';
import { removeBatchSteps } from './import-commands.ts';

/** The batch of the sample data. */
export const SAMPLE_BATCH = 'sample';

/** Puts all records of a batch into the trash in one step, whoever has changed them since. Teammates stay. */
export function removeBatch(tx: Tx, { batch }: { batch: string }): void {
  for (const step of removeBatchSteps(batch)) step(tx);
}
