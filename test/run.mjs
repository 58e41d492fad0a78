/**
 * The whole suite: tests in plain Node first (`*.node-test.ts`), then those in a real browser (`*.test.ts`).
 * Closes with what failed and why, then one line, `N passed, N failed`, and fails when anything failed. Name files to run
 * only those.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'realtime-voice-test-'));
const named = process.argv.slice(2);
const chosen = (suffix) => (named.length > 0 ? named : everyTest()).filter((file) => file.endsWith(suffix));

/** Speech in real time, and what an endpoint takes: nothing else runs meanwhile. */
const ALONE = /^test\/(server|service)\//;

const totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
let broken = false;

// Tests of the package and of its use take what a page would load.
if (named.length === 0 || named.some((file) => /package\/|embedding\//.test(file)))
  run('npm', ['run', 'build', '--silent']);
const inNode = chosen('.node-test.ts');
const alone = inNode.filter((file) => ALONE.test(file));
runInNode(alone, 1);
// Many of the others open a browser: four of those are enough for any machine.
runInNode(
  inNode.filter((file) => !alone.includes(file)),
  Math.min(4, availableParallelism()),
);
runInBrowser(chosen('.test.ts'));
for (const { title, reason } of totals.failures)
  console.log(`FAILED ${title}\n  ${reason.replaceAll('\n', '\n  ')}`);
if (totals.skipped > 0) console.log(`${totals.skipped} skipped`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = broken || totals.failed > 0 || totals.passed === 0 ? 1 : 0;

function everyTest() {
  return readdirSync(join(ROOT, 'test'), { recursive: true })
    .filter((file) => !file.includes('node_modules') && !file.startsWith(join('package', 'consumers')))
    .filter((file) => !/^(bench|soak)\//.test(file))
    .map((file) => join('test', file))
    .sort();
}

/** @param concurrency how many files at a time */
function runInNode(files, concurrency) {
  if (files.length === 0) return;
  const counts = join(scratch, `node-${concurrency}.json`);
  const reporters = {
    spec: 'stdout',
    [fileURLToPath(new URL('support/node-counts.mjs', import.meta.url))]: counts,
  };
  const flags = Object.entries(reporters).flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ]);
  const options = ['--import', 'tsx', '--expose-gc', '--test', `--test-concurrency=${concurrency}`];
  run('node', [...options, ...flags, ...files]);
  add(counts);
}

function runInBrowser(files) {
  if (files.length === 0) return;
  const counts = join(scratch, 'browser.json');
  const filter = named.length > 0 ? ['--files', ...files] : [];
  run('npx', ['--no-install', 'web-test-runner', ...filter], { TEST_COUNTS: counts });
  add(counts);
}

/** A run that broke off before it could count leaves no file; `run` has seen that it failed. */
function add(file) {
  if (!existsSync(file)) return;
  const { failures, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, count] of Object.entries(counts)) totals[name] += count;
  totals.failures.push(...failures);
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) broken = true;
}
