import { readdirSync } from 'node:fs';
import { parse, resolve } from 'node:path';
import { transformSync } from 'esbuild';
import { MagicString } from 'magic-string';
import { defineConfig, parseSync, Visitor, type Plugin, type UserConfig } from 'vite';
import { startLocalService } from './test/support/local-service.mjs';

const at = (path: string): string => resolve(import.meta.dirname, path);

/** `npm start` is the demo with the local realtime service behind it, in one command. */
function localService(): Plugin {
  let service: Awaited<ReturnType<typeof startLocalService>>;
  return {
    name: 'local-realtime-service',
    apply: 'serve',
    async config() {
      service = await startLocalService();
      process.once('exit', () => service.process.kill());
      // The service serves pages of its own origin, so it has to see the one that the browser sees.
      const target = { target: service.url, changeOrigin: false };
      return { server: { proxy: { '/token': target, '/v1': target, '/about': target } } };
    },
    configureServer(server) {
      server.httpServer?.once('close', () => void service.stop());
    },
  };
}

/** A build step that rewrites what stands between the backticks of one kind of template, and keeps the source maps. */
function rewriteTemplates(kind: 'css' | 'html', rewrite: (text: string) => string): Plugin {
  return {
    name: `rewrite-${kind}`,
    enforce: 'pre',
    transform(code, file) {
      if (!/\/src\/.*\.ts$/.test(file) || !code.includes(`${kind}\``)) return;
      const result = new MagicString(code);
      new Visitor({
        TaggedTemplateExpression({ tag, quasi }) {
          if (tag.type !== 'Identifier' || tag.name !== kind) return;
          for (const { start, value } of quasi.quasis) {
            // The span of a piece has its delimiters in it.
            const at = code.indexOf(value.raw, start);
            if (value.raw !== '') result.update(at, at + value.raw.length, rewrite(value.raw));
          }
        },
      }).visit(parseSync(file, code).program);
      return { code: result.toString(), map: result.generateMap({ hires: true }) };
    },
  };
}

/** The style sheets without blanks and comments, which no minifier of scripts touches. */
const minifyStyles = rewriteTemplates('css', (sheet) =>
  transformSync(sheet, { loader: 'css', minify: true }).code.trim(),
);

const BLOCK =
  '</?(?:aside|col|dd|details|div|dl|dt|form|h\\d|header|li|ol|option|p|section|summary|t(?:able|body|d|h|head|r)|ul)\\b';

/** Templates without the blanks that lay out their source: beside a block they show nothing, and each would be a node. */
const compactTemplates = rewriteTemplates('html', (text) =>
  text
    .replaceAll(/\s*\n\s*/g, '\n')
    .replaceAll(new RegExp(`(${BLOCK}[^<>]*>)\\n`, 'g'), '$1')
    .replaceAll(new RegExp(`\\n(?=${BLOCK})`, 'g'), '')
    .replaceAll('\n', ' '),
);

const demo: UserConfig = {
  root: at('demo'),
  resolve: {
    alias: [
      { find: /^realtime-voice$/, replacement: at('src/index.ts') },
      { find: /^realtime-voice\/(.*)$/, replacement: `${at('src')}/$1.ts` },
    ],
  },
  plugins: [localService()],
  server: { port: 5173 },
};

const locales = Object.fromEntries(
  readdirSync(at('src/locales')).map((file) => [`locales/${parse(file).name}`, at(`src/locales/${file}`)]),
);

/**
 * Lit makes a Trusted Types policy when it is loaded. Where the page forbids that, nothing can be drawn: what the page has
 * between the tags is shown, and the console says what is missing.
 */
const explainTrustedTypes = ((): Plugin => {
  const call = /\w+\.createPolicy\("lit-html",\{createHTML:\w+=>\w+\}\)/;
  const sentence =
    "[realtime-voice] Lit cannot make its Trusted Types policy. Write into the Content-Security-Policy: trusted-types lit-html 'allow-duplicates'";
  return {
    name: 'explain-trusted-types',
    transform(code, id) {
      if (!id.endsWith('/lit-html/lit-html.js')) return null;
      if (!call.test(code)) this.error('Lit makes its Trusted Types policy in another way than before.');
      const explained = `(()=>{try{return $&}catch(cause){throw Error(${JSON.stringify(sentence)},{cause})}})()`;
      return { code: code.replace(call, explained), map: null };
    },
  };
})();

/** What a bundler takes: one module for each entry of the package, `lit` left outside. */
const modules: UserConfig = {
  build: {
    lib: {
      entry: {
        index: at('src/index.ts'),
        define: at('src/define.ts'),
        core: at('src/core.ts'),
        server: at('src/server.ts'),
        'server/redis-store': at('src/server/redis-store.ts'),
        ...locales,
      },
      formats: ['es'],
    },
    outDir: at('dist'),
    target: 'es2022',
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      external: [/^lit(\/|$)/, /^@lit\//],
      output: { chunkFileNames: 'chunks/[name]-[hash].js' },
    },
  },
};

/** Lit's licence asks to be named wherever Lit goes; the whole of it is in a file beside. */
const banner = ({ moduleIds }: { readonly moduleIds: readonly string[] }): string =>
  moduleIds.some((id) => id.includes('/node_modules/'))
    ? '/*! Contains Lit, BSD-3-Clause: see licenses.md */'
    : '';

/** As small as can be: what comments tell bundlers is of no use to a page. The banner is what licences ask for. */
const minified = { minify: true, comments: { annotation: false, jsdoc: false }, postBanner: banner };

/** What the file of the tag has in common with chunks that come later, as one file to fetch rather than five. */
const shared = { groups: [{ name: 'shared', tags: ['$initial' as const], minShareCount: 2 }] };

/** What a script tag takes: everything in one minified file, the panel's view in a chunk beside it. */
const cdn: UserConfig = {
  build: {
    lib: { entry: { 'realtime-voice': at('src/define.ts') }, formats: ['es'] },
    license: { fileName: 'licenses.md' },
    outDir: at('dist/cdn'),
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    rolldownOptions: {
      output: {
        ...minified,
        chunkFileNames: '[name]-[hash].js',
        codeSplitting: shared,
      },
    },
  },
};

/** The same for a classic script tag: no chunks, one global. */
const classic: UserConfig = {
  build: {
    lib: {
      entry: at('src/define.ts'),
      formats: ['iife'],
      name: 'RealtimeVoice',
      fileName: () => 'realtime-voice.iife.js',
    },
    outDir: at('dist/cdn'),
    emptyOutDir: false,
    target: 'es2022',
    sourcemap: true,
    rolldownOptions: { output: { ...minified, codeSplitting: false } },
  },
};

const configurations: Readonly<Record<string, UserConfig>> = { cdn, classic, modules };

export default defineConfig(({ command, mode }) =>
  command === 'serve'
    ? demo
    : {
        ...(configurations[mode] ?? modules),
        plugins: [minifyStyles, compactTemplates, explainTrustedTypes],
      },
);
