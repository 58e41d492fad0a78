/**
 * The bench: `npm run bench` takes all measures in one browser and writes results.json; `npm run bench -- cpu hidden`
 * takes only those, `--quick` takes few samples, and both only print. Nothing is asked of any network.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { format } from 'prettier';
import { openBrowser } from './browser.js';
import { bytes } from './measures/bytes.js';
import { connect } from './measures/connect.js';
import { cpu } from './measures/cpu.js';
import { endurance } from './measures/endurance.js';
import { hidden } from './measures/hidden.js';
import { idle } from './measures/idle.js';
import { load } from './measures/load.js';
import type { Figures, Measure } from './measures/measure.js';
import { million } from './measures/million.js';
import { words } from './measures/words.js';
import { openSite } from './site.js';

const MEASURES: Readonly<Record<string, Measure>> = {
  bytes,
  load,
  cpu,
  words,
  endurance,
  million,
  connect,
  hidden,
  idle,
};
const RESULTS = fileURLToPath(new URL('results.json', import.meta.url));

const given = process.argv.slice(2);
const quick = given.includes('--quick');
const named = given.filter((word) => word !== '--quick');
const unknown = named.find((name) => !(name in MEASURES));
if (unknown)
  throw new Error(`There is no measure “${unknown}”. There are: ${Object.keys(MEASURES).join(', ')}.`);

execFileSync('npm', ['run', 'build', '--silent'], { stdio: ['ignore', 'ignore', 'inherit'] });
const site = await openSite();
const browser = await openBrowser();
const results: Record<string, readonly Figures[]> = {};
try {
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (named.length > 0 && !named.includes(name)) continue;
    const began = performance.now();
    results[name] = await measure({ browser, origin: site.origin, quick });
    console.log(`\n${name} (${Math.round((performance.now() - began) / 1_000)} s)`);
    console.table(Object.fromEntries(results[name].map(({ name: who, ...figures }) => [who, figures])));
  }
  if (!quick && named.length === 0) await write(await browser.version());
} finally {
  await browser.close();
  site.close();
}

async function write(version: string): Promise<void> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const taken = {
    date: new Date().toISOString().slice(0, 10),
    browser: version,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`,
    system: `${process.platform} ${process.arch}, Node ${process.versions.node}`,
    commit,
  };
  writeFileSync(
    RESULTS,
    await format(JSON.stringify({ taken, ...results }), { parser: 'json', printWidth: 110 }),
  );
}
