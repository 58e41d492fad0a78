/** A server process of the test on shared limits: asks its own endpoint as often as told, and says how often it was let in. */
import { createTokenHandler } from 'realtime-voice/server';
import { redisStore } from 'realtime-voice/server/redis-store';
import { createClient } from 'redis';
import { ask } from './ask.js';
import { API_KEY } from './upstream-stub.js';

const client = createClient({ socket: { path: process.env['REDIS_SOCKET'] ?? '', tls: false } });
await client.connect();
const handler = createTokenHandler({
  apiKey: API_KEY,
  upstream: process.env['UPSTREAM'],
  store: redisStore(client),
  limits: { user: { requests: 25, concurrent: 1_000 }, address: { requests: 1_000, concurrent: 1_000 } },
  authorize: () => ({ user: 'ada' }),
});

process.on('message', async (count: number) => {
  const responses = await Promise.all(Array.from({ length: count }, () => ask(handler)));
  process.send?.(responses.filter(({ status }) => status === 200).length);
});
process.once('disconnect', () => client.destroy());
process.send?.('ready');
