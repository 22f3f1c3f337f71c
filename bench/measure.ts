/** What a bench reports, and how it takes times. See bench/run.ts for the convention. */

export interface Result {
  readonly name: string;
  readonly value: number;
  /** 'ms', 'MB', … ; the same for `against`. */
  readonly unit: string;
  /** What was measured beside it in the same run; the ratio value / against is then what the limits are about. */
  readonly against?: number | undefined;
  readonly what?: string | undefined;
  readonly atMost?: number | undefined;
  readonly atLeast?: number | undefined;
}

const MARK = '{"measured":true,';

/** One result as the line run.ts looks for. */
export function measured(result: Result): string {
  return MARK + JSON.stringify(result).slice(1);
}

export function isMeasured(line: string): boolean {
  return line.startsWith(MARK);
}

/**
 * CPU milliseconds of this process (user + system) for each run of `work`, the middle one of several. CPU time, because
 * wall time on a shared machine measures the neighbours.
 */
export async function cpuMs(work: () => unknown, { runs = 5 }: { runs?: number } = {}): Promise<number> {
  return median(
    await repeat(runs, async () => {
      const before = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
}

/** `percentile(times, 0.95)`: the value that 95 % of them do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

async function repeat(runs: number, once: () => Promise<number>): Promise<number[]> {
  const values: number[] = [];
  for (let i = 0; i < runs; i++) {
    globalThis.gc?.();
    values.push(await once());
  }
  return values;
}
