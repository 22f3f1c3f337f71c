import './globals.ts';
import { expect, test } from 'vitest';
import { describeSchedules } from './play-schedules.ts';
import { runSchedule } from './schedule.ts';

describeSchedules(1, 250);

test('a seed is one history, whenever it is played', { timeout: 60_000 }, async () => {
  for (const seed of [3, 94, 211]) {
    const [once, again] = [await runSchedule({ seed }), await runSchedule({ seed })];
    expect(again).toEqual(once);
  }
});
