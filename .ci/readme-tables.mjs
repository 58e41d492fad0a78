/** Writes the API tables of the README from the custom-elements manifest; with `--check` it only tells whether they drifted. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';

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

function describe({
  attributes = [],
  members = [],
  events = [],
  slots = [],
  cssParts = [],
  cssProperties = [],
  cssStates = [],
}) {
  const described = attributes.map((attribute) => ({
    name: attribute.name,
    description:
      attribute.description ?? members.find(({ name }) => name === attribute.fieldName)?.description,
  }));
  const methods = members.filter(
    ({ kind, privacy, static: isStatic }) => kind === 'method' && privacy === undefined && !isStatic,
  );
  return [
    table('Attribute', described),
    table(
      'Method',
      methods
        .map(({ name, description }) => ({ name: `${name}()`, description }))
        .filter(({ description }) => description),
    ),
    table('Event', events),
    table('Slot', slots),
    table('Part', cssParts),
    table(
      'Custom property',
      cssProperties.map((one) => ({
        ...one,
        description: `${one.description}${one.default ? ` Default \`${one.default}\`.` : ''}`,
      })),
    ),
    table(
      'State',
      (cssStates ?? []).map((one) => ({ ...one, name: `:state(${one.name})` })),
    ),
  ].join('\n');
}

function table(title, rows) {
  if (rows.length === 0) return '';
  const lines = rows.map(
    ({ name, description = '' }) =>
      `| \`${name}\` | ${description.replace(/\s+/g, ' ').replace(/\|/g, '\\|')} |`,
  );
  return [`| ${title} | |`, '| --- | --- |', ...lines, ''].join('\n');
}
