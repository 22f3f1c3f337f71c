/** What the test files with the 500 schedules share; two files, because Vitest runs files side by side. */
import { describe, expect, test } from 'vitest';
import { runSchedule } from './schedule.ts';

const PER_TEST = 50;

/** The seeds from `first` to `last`, the same ones every time: `npm run simulate` plays others. */
export function describeSchedules(first: number, last: number): void {
  describe('a team with accidents', { timeout: 300_000 }, () => {
    for (let from = first; from <= last; from += PER_TEST) {
      const to = Math.min(last, from + PER_TEST - 1);
      test(`keeps everything it was promised, schedules ${from} to ${to}`, async () => {
        for (let seed = from; seed <= to; seed++) {
          const { violations } = await runSchedule({ seed });
          expect(violations, `npm run simulate -- --replay ${seed}`).toEqual([]);
        }
      });
    }
  });
}
