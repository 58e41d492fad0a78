import { Hono } from 'hono';
import type { Call } from '../call/call.js';
import { SAMPLE_RATE } from '../speech/speech.js';
import { VOICES, type Voice } from '../speech/synthesizer.js';
import type { ServiceState } from './app.js';
import { refuse } from './faults.js';

const LONGEST_TEXT = 1_000;

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
    const call = state.calls.get(context.req.param('id'));
    if (!call) return context.json(null, 404);
    const at = Date.now();
    call.peer.close(context.req.query('how') === 'channel' ? 'channel' : 'peer');
    return context.json({ at });
  });
  app.get('/say', async (context) => {
    const text = context.req.query('text')?.slice(0, LONGEST_TEXT) ?? '';
    const voice = context.req.query('voice') ?? 'slt';
    if (text === '') return refuse(context, 400, 'missing_required_parameter', 'Say what?', 'text');
    if (!isVoice(voice))
      return refuse(context, 400, 'invalid_value', `Not one of ${VOICES.join(', ')}.`, 'voice');
    return context.body(wav(await state.speech.say(text, { voice })), 200, { 'Content-Type': 'audio/wav' });
  });
  return app;
}

function isVoice(name: string): name is Voice {
  return VOICES.some((voice) => voice === name);
}

function describe(call: Call): object {
  const { loudest } = call;
  call.loudest = 0;
  return {
    id: call.options.id,
    scenario: call.options.scenarioName,
    alive: call.alive,
    faults: [...call.faults],
    loudest,
    session: call.session,
    received: call.received,
    items: call.conversation.items,
    times: call.stopwatch.turns,
  };
}

/** A WAV file of 16-bit mono. */
function wav(pcm: Int16Array): ArrayBuffer {
  const file = new ArrayBuffer(44 + pcm.byteLength);
  const view = new DataView(file);
  const text = (at: number, letters: string): void =>
    [...letters].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  text(0, 'RIFF');
  view.setUint32(4, 36 + pcm.byteLength, true);
  text(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, SAMPLE_RATE, true);
  view.setUint32(28, SAMPLE_RATE * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, 'data');
  view.setUint32(40, pcm.byteLength, true);
  new Int16Array(file, 44).set(pcm);
  return file;
}
