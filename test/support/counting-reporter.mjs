/** Adds up what web-test-runner ran, for the one closing line of the whole suite (test/run.mjs). */
import { writeFileSync } from 'node:fs';

export function countingReporter() {
  return {
    onTestRunFinished({ sessions }) {
      if (!process.env.TEST_COUNTS) return;
      const counts = { passed: 0, failed: 0, skipped: 0 };
      for (const session of sessions) {
        count(session.testResults, counts);
        // A file that does not load runs no test, and that is a failure too.
        if (!session.passed && !session.testResults) counts.failed += 1;
      }
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
    },
  };
}

function count(suite, counts) {
  for (const test of suite?.tests ?? []) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else counts.failed += 1;
  }
  for (const inner of suite?.suites ?? []) count(inner, counts);
}
