import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono, type Context } from 'hono';
import { proxy } from 'hono/proxy';

/** A page made in a test. */
export interface SitePage {
  readonly html: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A small web site on a port of its own. */
export interface Site {
  readonly url: string;
  /** Pages by path; may be added later. */
  readonly pages: Map<string, SitePage>;
  close(): Promise<void>;
}

/**
 * Serves pages, the files of `folders` (path prefix to folder), and the local realtime service at `/token` and `/v1`, as
 * a site with endpoints of its own does.
 */
export async function openSite({
  pages = {},
  folders = {},
  service,
}: {
  pages?: Readonly<Record<string, SitePage>>;
  folders?: Readonly<Record<string, string>>;
  service?: string;
}): Promise<Site> {
  const known = new Map(Object.entries(pages));
  const app = new Hono();
  app.get('/favicon.ico', (context) => context.body(null, 204));
  if (service) for (const path of ['/token', '/v1/*']) app.all(path, ({ req }) => forward(service, req.raw));
  app.get('*', async (context, next) => {
    const page = known.get(context.req.path);
    if (!page) return next();
    return context.html(page.html, 200, page.headers);
  });
  for (const [prefix, root] of Object.entries(folders)) {
    const rewriteRequestPath = (path: string): string => path.slice(prefix.length);
    const onFound = (_: string, context: Context): void => {
      // For pages of any origin, as a CDN does.
      context.header('Access-Control-Allow-Origin', '*');
      // A test may put a page in the place of a file.
      context.header('Cache-Control', 'no-store');
    };
    app.use(`${prefix}/*`, serveStatic({ root, rewriteRequestPath, onFound }));
  }
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    pages: known,
    close: async () => void (await new Promise((resolve) => server.close(resolve))),
  };
}

function forward(service: string, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  return proxy(service + pathname + search, request);
}
