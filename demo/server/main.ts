/**
 * The local realtime service: OpenAI's Realtime protocol over real WebRTC, with ears, a small mind and a voice of its
 * own, so that everything here can be tried and tested without a key, an account or a network.
 *
 *     node --import tsx demo/server/main.ts --port 8787
 *
 * It says where it listens in one line of JSON on its standard output and nothing else.
 */
import { serve } from '@hono/node-server';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { createApp } from './http/app.js';
import { releaseWebRtc } from './media/peer.js';
import { Speech } from './speech/speech.js';

const { values } = parseArgs({ options: { port: { type: 'string', default: '8787' } } });
const port = Number(values.port);
const speech = new Speech();
const { app, state } = createApp({
  speech,
  apiKey: process.env['OPENAI_API_KEY'],
  upstream: process.env['OPENAI_BASE_URL'],
});

const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, ({ port: taken }: AddressInfo) => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${taken}` }));
  speech.warmUp();
});
server.once('error', (error) => {
  console.error(`The local realtime service cannot listen on port ${values.port}: ${error.message}`);
  process.exit(1);
});

async function stop(): Promise<void> {
  for (const call of state.calls.values()) call.end();
  server.close();
  await speech.stop();
  releaseWebRtc();
  process.exit(0);
}

process.once('SIGTERM', () => void stop());
process.once('SIGINT', () => void stop());
