/**
 * Writes what the bench measured from its results.json: the comparison into README.md, targets and all figures into the
 * bench's own page; with `--check` it only tells whether they drifted. Without results it leaves both as they are.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

const RESULTS = 'test/bench/results.json';
const OURS = 'ours, no panel';
const COUNTS = 'ours, counts';
const LOG = 'ours, log';
const FLOOR = 'floor-sync';
const BARE_FLOOR = 'floor-sync, no panel';
const WIDGET = 'ours, dist/cdn/realtime-voice.js';
const CORE = 'ours, dist/core.js';
const TITLES = {
  bytes: 'Bytes of what a page has to load at once',
  load: 'Main thread for script and first render, ms',
  cpu: 'Main thread for 1,000 events, ms; frames dropped at 1,000/s, %; longest task, ms',
  words: 'From a delta sent to the DOM and to the frame that shows it, ms',
  endurance: 'Main thread for 1,000 events in a long session, ms',
  million: 'A million events through the log of the panel',
  connect: 'From the press on Start to the open channel, ms, with a quick and a slow microphone',
  hidden: 'A hidden tab: right meanwhile, right how long after it is back, longest task, ms',
  idle: 'What a page does in three seconds in which nobody uses it',
};

if (existsSync(RESULTS)) {
  const results = JSON.parse(readFileSync(RESULTS, 'utf8'));
  await write('README.md', comparison(results));
  await write('test/bench/README.md', `${targets(results)}\n${everything(results)}`);
}

async function write(file, tables) {
  const page = readFileSync(file, 'utf8');
  const [open, close] = ['<!-- measured -->', '<!-- /measured -->'];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`${file} has no ${open} … ${close}`);
  const text = `${page.slice(0, from)}${open}\n\n${tables}\n${page.slice(to)}`;
  const written = await format(text, { parser: 'markdown', singleQuote: true, printWidth: 110 });
  if (!process.argv.includes('--check')) writeFileSync(file, written);
  else if (written !== page) {
    console.error(`${file} does not say what ${RESULTS} says: run \`npm run readme\`.`);
    process.exitCode = 1;
  }
}

/** Ourselves beside others, for somebody who chooses. */
function comparison(results) {
  const of = reader(results);
  const rows = [
    ['`<realtime-voice>`', OURS, WIDGET, ''],
    ['… with the panel on counts', COUNTS, '', COUNTS],
    ['by hand, no framework', FLOOR, '', FLOOR],
    ['the page that this grew from', 'ancestor', '', 'ancestor'],
    ['OpenAI’s Agents SDK, a plain list', 'agents SDK', 'agents SDK (no user interface)', 'agents SDK'],
    ['deep-chat, which draws no transcript', 'deep-chat', 'deep-chat', 'deep-chat'],
  ].map(([title, name, file, words]) => [
    title,
    kilobytes(of('bytes', file, 'gzip')),
    ...['burst', 'at200', 'at1000', 'dropped'].map((figure) => of('cpu', name, figure)),
    of('words', words, 'frameP95'),
    of('connect', name === FLOOR ? 'floor' : name, 'slowMicrophone'),
  ]);
  const heads = [
    'gzip',
    'all at once',
    '200/s',
    '1,000/s',
    'dropped at 1,000/s, %',
    'delta to frame, p95',
    'Start to channel',
  ];
  return `Milliseconds of the main thread for a thousand events: all at once, at 200 and at 1,000 a second; the frames that were
dropped meanwhile; milliseconds from a delta sent to the frame that shows it (95 % are faster); and from the press on Start
to the open channel, where token and answer take 150 ms each and the microphone 300.

${table(['', ...heads], rows)}
${taken(results)}
`;
}

/** Every target, and by how much it is missed. */
function targets(results) {
  const of = reader(results);
  const times = (figure, name, floor) => of('cpu', name, figure) / of('cpu', floor, figure);
  const beyond = (microphone) => of('connect', OURS, microphone) - of('connect', 'longest path', microphone);
  const most = (measure, figure) => Math.max(...results[measure].map((row) => row[figure]));
  const rows = [
    ['the widget for a script tag, gzip, kB', 25, of('bytes', WIDGET, 'gzip') / 1_000],
    ['`realtime-voice/core`, gzip, kB', 9, of('bytes', CORE, 'gzip') / 1_000],
    ['CPU without a panel, × floor: burst', 1.05, times('burst', OURS, BARE_FLOOR)],
    ['… 200/s', 1.05, times('at200', OURS, BARE_FLOOR)],
    ['… 1,000/s', 1.05, times('at1000', OURS, BARE_FLOOR)],
    ['CPU with the panel on counts, × floor: burst', 1.15, times('burst', COUNTS, FLOOR)],
    ['… 200/s', 1.1, times('at200', COUNTS, FLOOR)],
    ['… 1,000/s', 1.15, times('at1000', COUNTS, FLOOR)],
    ['frames dropped at 1,000/s, %', 0, of('cpu', COUNTS, 'dropped')],
    ['delta to DOM, median, ms', 2, of('words', COUNTS, 'domP50')],
    ['… 95 %', 4, of('words', COUNTS, 'domP95')],
    ['delta to frame, median, ms', 11.5, of('words', COUNTS, 'frameP50')],
    ['… 95 %', 18.5, of('words', COUNTS, 'frameP95')],
    ['late thousands of a long session, × early ones', 1.1, of('endurance', COUNTS, 'last/early')],
    ['heap after 100,000 events, MB above the start', 3, of('endurance', COUNTS, 'heapMB')],
    ['DOM nodes after 100,000 events', 5_000, of('endurance', COUNTS, 'nodes')],
    ['the log after 1,000,000 events: heap, MB', 60, of('million', LOG, 'heapMB')],
    ['… rows in the DOM', 150, of('million', LOG, 'rows')],
    ['… longest task, ms', 50, of('million', LOG, 'longestTask')],
    ['Start to channel beyond the longest path, ms', 25, beyond('quickMicrophone')],
    ['… with a slow microphone', 25, beyond('slowMicrophone')],
    ['script and first render, × Lit alone', 1.5, of('load', OURS, '× Lit alone')],
    ['back from a hidden tab: right after, ms', 16.7, of('hidden', COUNTS, 'rightAfter')],
    ['… longest task, ms', 50, of('hidden', COUNTS, 'longestTask')],
    ...['timers', 'frames', 'requests'].map((kind) => [`idle: ${kind}`, 0, most('idle', kind)]),
  ].map(([title, target, measured]) => [title, target, round(measured), missed(target, measured)]);
  return `${taken(results)}
Floor is \`floor-sync\`, with a panel of its own where ours is on show.

${table(['', 'at most', 'measured', 'missed by'], rows)}`;
}

/** All figures, as they are in the file. */
function everything(results) {
  return Object.entries(TITLES)
    .map(([measure, title]) => {
      const rows = results[measure];
      const figures = Object.keys(rows[0]).filter((key) => key !== 'name');
      const others = rows.flatMap((row) => Object.keys(row)).filter((key) => key !== 'name');
      const heads = [...new Set([...figures, ...others])];
      const cells = rows.map((row) => [row.name, ...heads.map((head) => row[head])]);
      return `### ${title}\n\n${table(['', ...heads], cells)}`;
    })
    .join('\n');
}

function taken({ taken: { date, browser, machine, system, commit } }) {
  return `Measured on ${date} at ${commit}, ${browser}, ${machine}, ${system}.`;
}

/** Figures by measure, contender and name; nothing where a contender has no such figure. */
function reader(results) {
  return (measure, name, figure) => results[measure].find((row) => row.name === name)?.[figure] ?? '';
}

function missed(target, measured) {
  if (measured === '' || Number.isNaN(measured)) return 'not measured';
  if (measured <= target) return '';
  return target === 0 ? String(round(measured)) : `${Math.round((100 * (measured - target)) / target)} %`;
}

function kilobytes(bytes) {
  return bytes === '' ? '' : `${round(bytes / 1_000)} kB`;
}

function round(value) {
  return typeof value === 'number' ? Number(value.toFixed(Math.abs(value) < 10 ? 2 : 1)) : value;
}

function table(heads, rows) {
  const line = (cells) => `| ${cells.map((cell) => (cell ?? '').toLocaleString('en')).join(' | ')} |`;
  return [line(heads), `| --- |${' ---: |'.repeat(heads.length - 1)}`, ...rows.map(line), ''].join('\n');
}
