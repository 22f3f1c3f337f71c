/** When a step of a plan falls due, as people type and read it. Pure. */
import { planStep } from '../../../shared/entities/plan.ts';
import { fail, ok, type Result } from '../../../shared/model/result.ts';

const ADVICE = 'Type a number of days after the start, like 3, or “2 weeks”.';
const UNITS: Readonly<Record<string, number>> = { d: 1, w: 7, m: 30 };

/** `3`, `3 days`, `2 weeks`; nothing, `0` and `at once` are the day of the start. */
export function readAfterDays(typed: string): Result<number, string> {
  const plain = typed.trim().toLowerCase();
  if (/^(|at once|start|same day|the same day)$/.test(plain)) return ok(0);
  const match = /^(?:after\s+|in\s+|\+\s*)?(\d{1,4})\s*(?:(d|w|m)(?:ays?|eeks?|onths?)?)?(?:\s+(?:later|after))?$/.exec(
    plain,
  );
  const read = match && planStep.fields.afterDays.parse(String(Number(match[1]) * (UNITS[match[2] ?? 'd'] ?? 1)));
  return read?.ok && read.value !== null ? ok(read.value) : fail(ADVICE);
}

export function afterText(days: number): string {
  if (days === 0) return 'At once';
  return days === 1 ? 'After 1 day' : `After ${days} days`;
}
