/**
 * The whole suite: tests in plain Node first (`*.node-test.ts`), then those in a real browser (`*.test.ts`).
 * Closes with one line, `N passed, N failed`, and fails when anything failed. Name files to run only those.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'realtime-voice-test-'));
const named = process.argv.slice(2);
const chosen = (suffix) => (named.length > 0 ? named : everyTest()).filter((file) => file.endsWith(suffix));

const totals = { passed: 0, failed: 0, skipped: 0 };
let broken = false;

// Tests of the package and of its use take what a page would load.
if (named.length === 0 || named.some((file) => /package\/|embedding\//.test(file)))
  run('npm', ['run', 'build', '--silent']);
runInNode(chosen('.node-test.ts'));
runInBrowser(chosen('.test.ts'));
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

function runInNode(files) {
  if (files.length === 0) return;
  const tap = join(scratch, 'node.tap');
  const reporters = ['spec', 'stdout', 'tap', tap].map((value, index) =>
    index % 2 === 0 ? `--test-reporter=${value}` : `--test-reporter-destination=${value}`,
  );
  run('node', ['--import', 'tsx', '--expose-gc', '--test', ...reporters, ...files]);
  const report = existsSync(tap) ? readFileSync(tap, 'utf8') : '';
  const total = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
  add({ passed: total('pass'), failed: total('fail') + total('cancelled'), skipped: total('skipped') });
}

function runInBrowser(files) {
  if (files.length === 0) return;
  const counts = join(scratch, 'browser.json');
  const filter = named.length > 0 ? ['--files', ...files] : [];
  run('npx', ['--no-install', 'web-test-runner', ...filter], { TEST_COUNTS: counts });
  if (existsSync(counts)) add(JSON.parse(readFileSync(counts, 'utf8')));
}

function add(counts) {
  for (const name of Object.keys(totals)) totals[name] += counts[name];
}

function run(command, args, env = {}) {
  const { status } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  if (status !== 0) broken = true;
}
