import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html' };
const PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>bench</title><body></body></html>';

/** The pages of the bench and everything they load, on this machine only. */
export interface Site {
  readonly origin: string;
  close(): void;
}

/** What stands in the site besides `dist`, by the name under which it can be imported. */
export const BUNDLES = {
  main: 'test/bench/page/main.ts',
  'lit-alone': 'test/bench/page/lit-alone.ts',
  'deep-chat': 'deep-chat',
  'agents-sdk': '@openai/agents-realtime',
} as const;

/** Bundles the pages and serves them. */
export async function openSite(): Promise<Site> {
  const files = await bundle();
  const server = createServer((request, response) => {
    void answer(files, request.url ?? '/').then(
      ({ type, body }) => response.setHeader('content-type', type).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { origin: `http://127.0.0.1:${portOf(server)}`, close: () => server.close() };
}

/** Each bundle with everything that it needs at once, minified as a page would have it. */
export async function bundle(): Promise<ReadonlyMap<string, Uint8Array>> {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: { ...BUNDLES },
    outdir: join(ROOT, 'site'),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    write: false,
    logLevel: 'error',
  });
  return new Map(outputFiles.map(({ path, contents }) => [path.slice(ROOT.length - 1), contents]));
}

async function answer(
  files: ReadonlyMap<string, Uint8Array>,
  url: string,
): Promise<{ readonly type: string; readonly body: Uint8Array | string }> {
  const { pathname } = new URL(url, 'http://localhost');
  if (pathname === '/') return { type: 'text/html', body: PAGE };
  const type = TYPES[extname(pathname)] ?? 'application/octet-stream';
  const bundled = files.get(pathname);
  if (bundled) return { type, body: bundled };
  const path = normalize(pathname);
  if (!path.startsWith('/dist/')) throw new Error('Nothing else is served.');
  return { type, body: await readFile(join(ROOT, path)) };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
