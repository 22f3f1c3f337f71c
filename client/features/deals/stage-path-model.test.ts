import { expect, test } from 'vitest';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { formatStamp } from '../../../shared/sync/stamp.ts';
import { daysInStages, recentMove, stagePath } from './stage-path-model.ts';

const at = (day: string, hour = 12) => new Date(`${day}T${String(hour).padStart(2, '0')}:00:00`).getTime();
const now = at('2026-11-22');
const move = (day: string, from: string, to: string) => ({
  stamp: formatStamp(at(day), 0, '0123456789'),
  from,
  to,
  by: 'member_1',
});
const stages = ['lead', 'offer', 'talks', 'won', 'lost'].map(
  (id) => ({ id, name: id, type: id === 'won' || id === 'lost' ? id : 'open' }) as unknown as Stage,
);
const deal = (stage: string, moves: readonly object[]) =>
  ({ place: ['p', stage, 'a'], stages: moves, createdAt: at('2026-11-01') }) as unknown as Deal;
const path = (of: Deal) => stagePath(of, stages, now).map((step) => `${step.stage.id} ${step.state} ${step.days}`);

test('what lies behind is done, with the days spent there', () => {
  const moves = [
    move('2026-11-01', '', 'lead'),
    move('2026-11-07', 'lead', 'offer'),
    move('2026-11-21', 'offer', 'talks'),
  ];
  expect(path(deal('talks', moves))).toEqual(['lead done 6', 'offer done 14', 'talks now 1', 'won next null']);
});

test('several visits to a stage are counted together', () => {
  const moves = [
    move('2026-11-01', '', 'lead'),
    move('2026-11-03', 'lead', 'offer'),
    move('2026-11-10', 'offer', 'lead'),
  ];
  expect(daysInStages(deal('lead', moves), now).get('lead')).toBe(2 + 12);
});

test('a lost deal shows lost instead of won, and only the stages it was in as done', () => {
  const moves = [move('2026-11-01', '', 'lead'), move('2026-11-20', 'lead', 'lost')];
  expect(path(deal('lost', moves))).toEqual(['lead done 19', 'offer next null', 'talks next null', 'lost now 2']);
});

test('a deal without moves has been where it is since it was made', () => {
  expect(path(deal('offer', []))).toEqual(['lead done null', 'offer now 21', 'talks next null', 'won next null']);
});

test('a move is news for a day, unless the deal has gone on or it was only made', () => {
  const fresh = move('2026-11-22', 'lead', 'offer');
  expect(recentMove(deal('offer', [fresh]), now)).toMatchObject({ from: 'lead', by: 'member_1' });
  expect(recentMove(deal('talks', [fresh]), now)).toBeNull();
  expect(recentMove(deal('offer', [fresh]), now + 25 * 3_600_000)).toBeNull();
  expect(recentMove(deal('lead', [move('2026-11-22', '', 'lead')]), now)).toBeNull();
});
