import { Hono } from 'hono';
import type { Call } from '../call/call.js';
import type { ServiceState } from './app.js';

const WAV_RATE = 16_000;

/** What tests may ask and do. No page of the demo uses it. */
export function lab(state: ServiceState): Hono {
  const app = new Hono();
  app.get('/counts', (context) => context.json(state.counts));
  app.get('/calls', (context) => context.json([...state.calls.values()].map(describe)));
  app.get('/calls/:id', (context) => {
    const call = state.calls.get(context.req.param('id'));
    return call ? context.json(describe(call)) : context.json(null, 404);
  });
  app.post('/calls/:id/close', (context) => {
    const how = context.req.query('how') === 'channel' ? 'channel' : 'peer';
    state.calls.get(context.req.param('id'))?.peer.close(how);
    return context.json(true);
  });
  app.get('/say', async (context) => {
    const pcm = await state.speech.say(context.req.query('text') ?? '');
    return context.body(wav(pcm), 200, { 'Content-Type': 'audio/wav' });
  });
  return app;
}

function describe(call: Call): object {
  const { loudest } = call;
  call.loudest = 0;
  return {
    id: call.options.id,
    scenario: call.options.scenarioName,
    alive: call.alive,
    loudest,
    session: call.session,
    received: call.received,
    items: call.conversation.items,
  };
}

function wav(pcm: Int16Array): ArrayBuffer {
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + pcm.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(WAV_RATE, 24);
  header.writeUInt32LE(WAV_RATE * 2, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(pcm.byteLength, 40);
  const bytes = Buffer.concat([header, Buffer.from(pcm.buffer, pcm.byteOffset, pcm.byteLength)]);
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}
