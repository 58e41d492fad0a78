/** Writes the API tables of the README from the custom-elements manifest, the page of error codes and the tables of the bench; with `--check` it only tells whether they drifted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import './errors-page.mjs';
import './bench-tables.mjs';

const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8'));
const readme = readFileSync('README.md', 'utf8');
const elements = manifest.modules.flatMap((module) => module.declarations ?? []).filter((one) => one.tagName);

const written = await format(
  elements.reduce((text, element) => replace(text, element.tagName, describe(element)), readme),
  { parser: 'markdown', singleQuote: true, printWidth: 110 },
);
if (!process.argv.includes('--check')) writeFileSync('README.md', written);
else if (written !== readme) {
  console.error('The tables of README.md are not those of the sources: run `npm run readme`.');
  process.exitCode = 1;
}

function replace(text, tag, tables) {
  const [open, close] = [`<!-- api: ${tag} -->`, `<!-- /api: ${tag} -->`];
  const [before, rest] = split(text, open);
  const [, after] = split(rest, close);
  return `${before}${open}\n\n${tables}\n${close}${after}`;
}

function split(text, mark) {
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`README.md has no ${mark}`);
  return [text.slice(0, at), text.slice(at + mark.length)];
}

function describe(element) {
  const {
    attributes = [],
    members = [],
    events = [],
    slots = [],
    cssParts = [],
    cssProperties = [],
  } = element;
  const isPublic = ({ privacy, static: isStatic }) => (privacy ?? 'public') === 'public' && !isStatic;
  const mirrored = new Set(attributes.map(({ fieldName }) => fieldName));
  const fields = members.filter((one) => one.kind === 'field' && isPublic(one) && !mirrored.has(one.name));
  const methods = members.filter((one) => one.kind === 'method' && isPublic(one));
  return [
    table(['Attribute', 'Values', 'Default', ''], attributes, (one) => [one.name, values(one), preset(one)]),
    table(['Property', 'Type', ''], fields.filter(isSettable), (one) => [one.name, type(one)]),
    table(
      ['Read-only property', 'Type', ''],
      fields.filter((one) => !isSettable(one)),
      (one) => [one.name, type(one)],
    ),
    table(['Method', 'Returns', ''], methods, (one) => [signature(one), one.return?.type?.text ?? 'void']),
    table(['Event', ''], events, (one) => [one.name]),
    table(['Slot', ''], slots, (one) => [one.name]),
    table(['Part', ''], cssParts, (one) => [one.name]),
    table(['Custom property', 'Default', ''], cssProperties, (one) => [one.name, one.default ?? '']),
    table(['State', ''], element.cssStates ?? [], (one) => [`:state(${one.name})`]),
  ].join('\n');
}

function isSettable({ readonly }) {
  return !readonly;
}

function signature({ name, parameters = [] }) {
  const mark = ({ optional, default: given }) => (optional || given !== undefined ? '?' : '');
  return `${name}(${parameters.map((one) => one.name + mark(one)).join(', ')})`;
}

function preset({ default: value = '' }) {
  return value === 'false' ? '' : value.replaceAll('_', '').replace(/^'(.*)'$/, '$1');
}

function type({ type: { text } = { text: '' } }) {
  return text.replace(/ \| undefined$/, '').replace(/^readonly /, '');
}

/** What may be written into the attribute. */
function values(attribute) {
  const text = type(attribute);
  if (text === 'boolean') return '';
  return text.startsWith("'") ? text.replaceAll("'", '').replaceAll(' | ', ' ') : text;
}

/** One row for each thing: the cells as code, and its description. */
function table(head, things, cells) {
  const rows = things.filter(({ description }) => description);
  if (rows.length === 0) return '';
  const escape = (text) => text.replace(/\s+/g, ' ').replaceAll('|', '\\|');
  const code = (text) => (text === '' ? '' : `\`${escape(text)}\``);
  const lines = rows.map((one) => `| ${[...cells(one).map(code), escape(one.description)].join(' | ')} |`);
  return [`| ${head.join(' | ')} |`, `|${' --- |'.repeat(head.length)}`, ...lines, ''].join('\n');
}
