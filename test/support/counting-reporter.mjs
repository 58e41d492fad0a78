/** Adds up what web-test-runner ran and names what failed, for the closing lines of the whole suite (test/run.mjs). */
import { writeFileSync } from 'node:fs';
import { relative } from 'node:path';

export function countingReporter() {
  return {
    onTestRunFinished({ sessions }) {
      if (!process.env.TEST_COUNTS) return;
      const counts = { passed: 0, failed: 0, skipped: 0, failures: [] };
      for (const session of sessions) {
        const file = relative(process.cwd(), session.testFile);
        const before = counts.failed;
        count(session.testResults, counts, [file]);
        // A file that does not load, and what is looked at after a test, are failures too.
        if (!session.passed && counts.failed === before) {
          counts.failed += 1;
          counts.failures.push({ title: file, reason: session.errors[0]?.message ?? 'It did not run.' });
        }
      }
      writeFileSync(process.env.TEST_COUNTS, JSON.stringify(counts));
    },
  };
}

function count(suite, counts, path) {
  for (const test of suite?.tests ?? []) {
    if (test.skipped) counts.skipped += 1;
    else if (test.passed) counts.passed += 1;
    else {
      counts.failed += 1;
      const title = [...path, test.name].join(' › ');
      counts.failures.push({ title, reason: test.error?.message ?? 'No reason was given.' });
    }
  }
  for (const inner of suite?.suites ?? []) count(inner, counts, [...path, inner.name]);
}
