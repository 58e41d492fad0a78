import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter } from '@web/test-runner';
import { chromiumLauncher } from './test/support/chromium.mjs';
import { faultLab } from './test/support/fault-lab.mjs';
import { firefoxLauncher } from './test/support/firefox.mjs';
import { startLocalService } from './test/support/local-service.mjs';
import { countingReporter } from './test/support/counting-reporter.mjs';
import { drawsPictures, pictures } from './test/support/pictures.mjs';
import { measuring } from './test/support/measuring.mjs';
import { webkitLauncher } from './test/support/webkit.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** The local realtime service lives as long as the test run; pages ask for its address at /__service. */
function localService() {
  let service;
  return {
    name: 'local-realtime-service',
    async serverStart() {
      if (existsSync(here('demo/server/main.ts'))) service = await startLocalService();
    },
    serverStop: () => service?.stop(),
    serve: ({ path }) =>
      path === '/__service' ? { body: JSON.stringify(service?.url ?? null), type: 'json' } : undefined,
  };
}

/** The package's own entry names lead to the sources, as they do in tsconfig.json. */
const ownEntries = {
  name: 'own-entries',
  resolveImport: ({ source }) => {
    if (source === 'realtime-voice') return '/src/index.ts';
    if (source.startsWith('realtime-voice/')) return `/src/${source.slice('realtime-voice/'.length)}.ts`;
    return undefined;
  },
};

/**
 * What runs in WebKitGTK, which has no WebRTC and no microphone, and whose driver changes no viewport: files of which every
 * test does without. The last part is for what it lacks.
 */
const IN_WEBKIT = [
  'test/elements/{announcements,attributes,long-transcript,status,transcript}.test.ts',
  'test/embedding/{hostile-text,late-upgrade}.test.ts',
  'test/gallery/{before-upgrade,page}.test.ts',
  'test/package/{hostile-pages,languages,panel-parts-and-states,parts-and-states}.test.ts',
  'test/panel/{early,guide,log-files}.test.ts',
  'test/webkit/*.test.ts',
];

const browser = process.env.TEST_BROWSER ?? 'chromium';
const launcher = { chromium: chromiumLauncher, firefox: firefoxLauncher, webkit: webkitLauncher }[browser];

const files = [
  'test/**/*.test.ts',
  '!test/{bench,soak,webkit}/**',
  '!test/package/consumers/**',
  '!**/node_modules/**',
  // Measures what only Chromium tells of itself.
  ...(browser === 'firefox' ? ['!test/chromium/**'] : []),
  ...(browser === 'firefox' || !drawsPictures() ? ['!test/pictures/**'] : []),
];

export default {
  files: browser === 'webkit' ? IN_WEBKIT : files,
  nodeResolve: true,
  concurrency: 1,
  // A browser that is slow to start, on a busy machine, says nothing of what is tested.
  browserStartTimeout: 120_000,
  testsStartTimeout: 120_000,
  testsFinishTimeout: 300_000,
  testFramework: { config: { timeout: 60_000, ui: 'bdd' } },
  plugins: [
    ownEntries,
    esbuildPlugin({ ts: true, json: true, target: 'es2022', tsconfig: here('tsconfig.json') }),
    localService(),
    measuring(),
    pictures(),
    faultLab(),
  ],
  // Said once for each file; Lit's warnings about mistakes stay.
  filterBrowserLogs: ({ args }) => !args.some((text) => `${text}`.startsWith('Lit is in dev mode')),
  // A rejection that nobody handles is only written to the log otherwise; an error fails the test that it falls into.
  testRunnerHtml: (framework) => `<!doctype html><html><body>
    <script>addEventListener('unhandledrejection', ({ reason }) => reportError(reason))</script>
    <script type="module" src="${framework}"></script>
  </body></html>`,
  reporters: [defaultReporter(), countingReporter()],
  browsers: [await launcher()],
};
