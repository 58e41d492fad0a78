/**
 * The package's own session endpoint in front of the local service, as a site would run it. Takes the service's address
 * and the pages' origin from its environment; says where it listens in one line of JSON.
 */
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { createSessionHandler } from 'realtime-voice/server';

const handler = createSessionHandler({
  apiKey: 'ek_local_normal_broker00000000',
  upstream: `${process.env['SERVICE_URL']}/v1`,
  origins: [process.env['PAGE_ORIGIN'] ?? ''],
  limits: { address: { requests: 1_000, concurrent: 1 } },
});

serve(
  { fetch: (request) => handler(request, { address: '127.0.0.1' }), port: 0, hostname: '127.0.0.1' },
  ({ port }: AddressInfo) => console.log(JSON.stringify({ url: `http://127.0.0.1:${port}` })),
);
