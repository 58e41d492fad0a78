/**
 * The whole suite: tests in plain Node first (`*.node-test.ts`), then those in a real browser (`*.test.ts`).
 * Closes with what failed and why, then one line, `N passed, N failed`, and fails when anything failed. Name files to run
 * only those.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drawsPictures } from './support/pictures.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const scratch = join(tmpdir(), 'realtime-voice-test-');
const named = process.argv.slice(2);
const chosen = (suffix) => (named.length > 0 ? named : everyTest()).filter((file) => file.endsWith(suffix));

/** Speech in real time, and what an endpoint takes: nothing that keeps a processor busy runs meanwhile. */
const IN_REAL_TIME = /^test\/(server|service)\//;
/** What runs in a browser waits for speech and clocks most of the time: so many browsers share the work. */
const BROWSERS = 2;

const totals = { passed: 0, failed: 0, skipped: 0, failures: [] };
let broken = false;

// Some take what a page would load.
if (
  named.length === 0 ||
  named.some((file) => /\bdist\b|built-site|styling-page/i.test(readFileSync(file, 'utf8')))
)
  await run('npm', ['run', 'build', '--silent']);
const inNode = chosen('.node-test.ts');
const inRealTime = inNode.filter((file) => IN_REAL_TIME.test(file));
await runInNode(inRealTime, 2);
// Many of the others open a browser: four of those are enough for any machine.
await runInNode(
  inNode.filter((file) => !inRealTime.includes(file)),
  Math.min(4, availableParallelism()),
);
const inBrowser = chosen('.test.ts');
const shareOf = (nth) => inBrowser.filter((_, at) => at % BROWSERS === nth);
await Promise.all(Array.from({ length: BROWSERS }, (_, nth) => runInBrowser(shareOf(nth))));
for (const { title, reason } of totals.failures)
  console.log(`FAILED ${title}\n  ${reason.replaceAll('\n', '\n  ')}`);
if (totals.skipped > 0) console.log(`${totals.skipped} skipped`);
console.log(`${totals.passed} passed, ${totals.failed} failed`);
process.exitCode = broken || totals.failed > 0 || totals.passed === 0 ? 1 : 0;

function everyTest() {
  return readdirSync(join(ROOT, 'test'), { recursive: true })
    .filter((file) => !file.includes('node_modules') && !file.startsWith(join('package', 'consumers')))
    .filter((file) => !/^(bench|soak|webkit)\//.test(file))
    .filter((file) => !file.startsWith('pictures') || drawsPictures())
    .map((file) => join('test', file))
    .sort();
}

/** @param concurrency how many files at a time */
async function runInNode(files, concurrency) {
  if (files.length === 0) return;
  const counts = join(mkdtempSync(scratch), 'counts.json');
  const reporters = {
    spec: 'stdout',
    [fileURLToPath(new URL('support/node-counts.mjs', import.meta.url))]: counts,
  };
  const flags = Object.entries(reporters).flatMap(([reporter, destination]) => [
    `--test-reporter=${reporter}`,
    `--test-reporter-destination=${destination}`,
  ]);
  const options = ['--import', 'tsx', '--expose-gc', '--test', `--test-concurrency=${concurrency}`];
  await run('node', [...options, ...flags, ...files]);
  add(counts);
}

/** With a browser and a local service of its own. */
async function runInBrowser(files) {
  if (files.length === 0) return;
  const counts = join(mkdtempSync(scratch), 'counts.json');
  const options = ['--static-logging', '--port', String(await freePort()), '--files', ...files];
  await run('npx', ['--no-install', 'web-test-runner', ...options], { TEST_COUNTS: counts });
  add(counts);
}

/** Two runners that look for one by themselves may find the same. */
async function freePort() {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** A run that broke off before it could count leaves no file; `run` has seen that it failed. */
function add(file) {
  if (!existsSync(file)) return;
  const { failures, ...counts } = JSON.parse(readFileSync(file, 'utf8'));
  for (const [name, count] of Object.entries(counts)) totals[name] += count;
  totals.failures.push(...failures);
}

async function run(command, args, env = {}) {
  const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
  const [status] = await once(child, 'exit');
  if (status !== 0) broken = true;
}
