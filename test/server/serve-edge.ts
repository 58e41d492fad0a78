/** Stands in for the platform of an edge function: serves demo/endpoints/edge.ts and says who asks. */
import { serve } from '@hono/node-server';
import edge from '../../demo/endpoints/edge.js';

const fetch = (request: Request): Promise<Response> => {
  const headers = new Headers(request.headers);
  headers.set('x-real-ip', '192.0.2.1');
  return edge(new Request(request, { headers }));
};
serve({ fetch, port: Number(process.env['PORT']) }, ({ port }) => console.log(`http://localhost:${port}`));
