/** The workspace the benches measure with: the one of `npm run seed`, in memory. */
import { evenRanks } from '../shared/model/rank.ts';
import { generateWorkspace, type Seed } from '../shared/seed/generate.ts';

const PIPELINE = 'pipeline_0000000000000001';
const STAGE_TYPES = ['open', 'open', 'open', 'open', 'won', 'lost'] as const;

/** The same records for the same numbers; `stages` and `members` are ids that nothing resolves. */
export function seededRecords(size: { contacts: number; deals: number }): readonly Seed[] {
  return [
    ...generateWorkspace({
      ...size,
      seed: 7,
      today: '2026-11-22',
      stages: STAGE_TYPES.map((type, index) => ({ id: `stage_000000000000000${index}`, pipeline: PIPELINE, type })),
      members: Array.from({ length: 7 }, (_, index) => `member_000000000000000${index}`),
      ranks: evenRanks(size.deals),
    }),
  ];
}
