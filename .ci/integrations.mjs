/** Writes, from the custom-elements manifest, what editors and frameworks want to know of the elements. */
import { readFileSync, writeFileSync } from 'node:fs';
import { generateJsxTypes } from '@wc-toolkit/jsx-types';
import { generateJetBrainsWebTypes } from 'custom-element-jet-brains-integration';
import { generateVsCodeCustomElementData } from 'custom-element-vs-code-integration';
import { format } from 'prettier';

const JSX = 'dist/types/jsx.d.ts';
const manifest = JSON.parse(readFileSync('dist/custom-elements.json', 'utf8'));
// Classes that elements are made of are nobody's business.
for (const module of manifest.modules) module.declarations = module.declarations.filter((one) => one.tagName);
const elements = manifest.modules.flatMap(({ declarations }) => declarations);
const options = { outdir: 'dist', hideLogs: true };

// VS Code offers whatever is no string as a word to choose, and JSON is none.
const words = structuredClone(manifest);
for (const { declarations } of words.modules)
  for (const { type } of declarations.flatMap(({ attributes }) => attributes))
    if (/\[\]/.test(type.text)) type.text = 'string';
generateVsCodeCustomElementData(words, options);
generateJetBrainsWebTypes(manifest, options);
generateJsxTypes(manifest, {
  ...options,
  outdir: 'dist/types',
  fileName: 'jsx.d.ts',
  globalTypePath: '../index.js',
  stronglyTypedEvents: true,
});
// It forgets to import the events, and ends with declarations for every framework there is: a strict project has one of
// them, and errors for the others.
const events = new Set(elements.flatMap(({ events = [] }) => events.map(({ type }) => type.text)));
const types = readFileSync(JSX, 'utf8').replace(/\ndeclare (module|global)[^]*$/, '');
writeFileSync(JSX, `import type { ${[...events].join(', ')} } from '../index.js';\n${types}`);

// What is published names the files that are.
const reference = ({ name }) => ({ name, module: 'dist/index.js' });
for (const element of elements) {
  element.superclass = { name: 'LitElement', package: 'lit' };
  for (const member of [...element.members, ...element.attributes]) delete member.inheritedFrom;
}
manifest.modules = [
  {
    kind: 'javascript-module',
    path: 'dist/index.js',
    declarations: elements,
    exports: elements.map((one) => ({ kind: 'js', name: one.name, declaration: reference(one) })),
  },
  {
    kind: 'javascript-module',
    path: 'dist/define.js',
    declarations: [],
    exports: elements.map((one) => ({
      kind: 'custom-element-definition',
      name: one.tagName,
      declaration: reference(one),
    })),
  },
];
writeFileSync('dist/custom-elements.json', `${JSON.stringify(manifest, null, 2)}\n`);

const jsx = (rows) => `namespace JSX { interface IntrinsicElements { ${rows} } }`;

/** Where a framework looks for the types of elements, and how it says them. */
const frameworks = {
  react: {
    module: 'react',
    import: 'DetailedHTMLProps, HTMLAttributes',
    type: (name) => `Both<DetailedHTMLProps<HTMLAttributes<${name}>, ${name}>, ${name}Props>`,
    declare: jsx,
  },
  preact: {
    module: 'preact',
    import: 'HTMLAttributes',
    type: (name) => `Both<HTMLAttributes<${name}>, ${name}Props>`,
    declare: jsx,
  },
  solid: {
    module: 'solid-js',
    import: 'JSX',
    type: (name) => `Both<JSX.HTMLAttributes<${name}>, ${name}Props & ${name}SolidJsProps>`,
    declare: jsx,
  },
  svelte: {
    module: 'svelte/elements',
    import: 'HTMLAttributes',
    type: (name) => `Both<HTMLAttributes<${name}>, ${name}Props>`,
    declare: (rows) => `interface SvelteHTMLElements { ${rows} }`,
  },
  vue: {
    module: 'vue',
    import: 'HTMLAttributes',
    type: (name) => `new () => { $props: Both<HTMLAttributes, Listeners<${name}Props>> }`,
    declare: (rows) => `interface GlobalComponents { ${rows} }`,
    extra: `
      type Camel<Name extends string> = Name extends \`\${infer Head}-\${infer Tail}\` ? \`\${Head}\${Capitalize<Camel<Tail>>}\` : Name;
      /** \`onrealtime-error\` is \`onRealtimeError\`, which templates write as \`@realtime-error\`. */
      type Listeners<Own> = { [Name in keyof Own as Name extends \`on\${infer Event}\` ? \`on\${Capitalize<Camel<Event>>}\` : Name]: Own[Name] };`,
  },
};

for (const [name, framework] of Object.entries(frameworks)) {
  const source = await format(declarations(name, framework), { parser: 'typescript' });
  writeFileSync(`dist/types/${name}.d.ts`, source);
}

function declarations(framework, { module, import: imported, type, declare, extra = '' }) {
  const rows = elements.map(({ tagName, name }) => `'${tagName}': ${type(name)};`).join(' ');
  return `/** The elements in ${module}; name "realtime-voice/${framework}" in \`types\` of tsconfig.json. */
import type { ${imported} } from '${module}';
import type { ${elements.map(({ name }) => name).join(', ')} } from '../index.js';
import type { ${elements.flatMap(({ name }) => [`${name}Props`, ...(framework === 'solid' ? [`${name}SolidJsProps`] : [])])} } from './jsx.js';

/** What HTML has for every element, and what this one has. */
type Both<Html, Own> = Omit<Html, keyof Own> & Own;
${extra}
declare module '${module}' { ${declare(rows)} }
`;
}
