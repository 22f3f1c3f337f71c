/**
 * Sums the reports of both test runners into the closing line `N passed, N failed`, and exits with 1 unless all is
 * well. Arguments: the parts of the run that failed. A part that failed without a failed test in its report (a lint
 * finding, a crash, a broken build) counts as one failure, so that the line never looks better than the run was.
 */
import { readFileSync } from 'node:fs';

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const NONE: Counts = { passed: 0, failed: 0, skipped: 0 };

const reports: Readonly<Record<string, () => Counts>> = {
  check: () => NONE,
  unit: () => {
    const report = readReport('unit.json') as VitestReport | undefined;
    if (!report) return NONE;
    const { numPassedTests, numFailedTests, numPendingTests } = report;
    // A file that does not load has no tests of its own to fail.
    const unloaded = report.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return { passed: numPassedTests, failed: numFailedTests + unloaded.length, skipped: numPendingTests };
  },
  e2e: () => {
    const report = readReport('e2e.json') as PlaywrightReport | undefined;
    if (!report) return NONE;
    const { expected, unexpected, flaky, skipped } = report.stats;
    if (flaky > 0) console.log(`e2e: ${flaky} passed only at a later attempt`);
    return { passed: expected + flaky, failed: unexpected, skipped };
  },
};

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface PlaywrightReport {
  readonly stats: Readonly<Record<'expected' | 'unexpected' | 'flaky' | 'skipped', number>>;
}

const failedParts = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
for (const [part, read] of Object.entries(reports)) {
  const counts = read();
  const failures = failedParts.includes(part) ? Math.max(1, counts.failed) : counts.failed;
  console.log(`${part}: ${failures === 0 ? 'ok' : 'FAILED'}, ${counts.passed} passed, ${failures} failed`);
  passed += counts.passed;
  failed += failures;
  skipped += counts.skipped;
}
if (skipped > 0) console.log(`${skipped} skipped`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;

function readReport(name: string): unknown {
  try {
    return JSON.parse(readFileSync(new URL(`../test-results/${name}`, import.meta.url), 'utf8'));
  } catch {
    return undefined; // that runner never got as far as writing one
  }
}
