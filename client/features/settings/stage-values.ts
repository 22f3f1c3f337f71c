/** What people type into the table of stages, and where a stage that is dragged comes to stand. Pure. */
import { stage } from '../../../shared/entities/stage.ts';
import { fail, ok, type Result } from '../../../shared/model/result.ts';

const PROBABILITY_ADVICE = 'Type a number from 0 to 100.';
const QUIET_ADVICE = 'Type a number of days, like 14, or “never”.';

/** `55`, `55 %`: percent. */
export function readProbability(typed: string): Result<number, string> {
  const read = stage.fields.probability.parse(typed.replace('%', '').trim());
  return read.ok && read.value !== null ? ok(read.value) : fail(PROBABILITY_ADVICE);
}

/** `14`, `14 days`, `2 weeks`; nothing or `never` = null. */
export function readQuietDays(typed: string): Result<number | null, string> {
  const plain = typed.trim().toLowerCase();
  if (plain === '' || plain === 'never') return ok(null);
  const match = /^(\d+)\s*(d|days?|w|weeks?)?$/.exec(plain);
  const days = Number(match?.[1]) * (match?.[2]?.startsWith('w') ? 7 : 1);
  const read = stage.fields.quietAfterDays.parse(match ? String(days) : plain);
  return match && read.ok ? ok(read.value) : fail(QUIET_ADVICE);
}

export function quietText(days: number | null): string {
  if (days === null) return 'Never';
  return days === 1 ? '1 day' : `${days} days`;
}

/**
 * The position (0 = first) among the others of a stage dropped above or below `over`; null when it would stay where
 * it is. `ids` are the open stages in order.
 */
export function dropPosition(
  ids: readonly string[],
  moved: string,
  over: string,
  edge: 'above' | 'below',
): number | null {
  const others = ids.filter((id) => id !== moved);
  const at = others.indexOf(over);
  if (at < 0 || !ids.includes(moved)) return null;
  const position = edge === 'above' ? at : at + 1;
  return position === ids.indexOf(moved) ? null : position;
}

/** A name that is not taken yet: `New stage`, `New stage 2`. */
export function freeName(base: string, taken: readonly string[]): string {
  let name = base;
  for (let number = 2; taken.includes(name); number++) name = `${base} ${number}`;
  return name;
}
