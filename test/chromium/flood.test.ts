import { expect } from '@open-wc/testing';
import fc from 'fast-check';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { FarEnd } from '../support/far-end.js';
import { garbage } from '../support/garbage.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl } from '../support/service-url.js';
import { silence } from '../support/speech.js';

const NONSENSE = 10_000;
const DELTAS = 2_000;
const BUSY_MS = 2_000;
const CAUGHT_UP_MS = 2_000;
const LAST = { type: 'vendor.last' };

describe('a call whose other side says too much', function () {
  this.timeout(60_000);
  let far: FarEnd;
  let voice: RealtimeVoiceElement;

  beforeEach(async () => {
    far = new FarEnd();
    voice = countedVoice(
      { tokenProvider: () => 'ek_local_1', apiUrl, mediaStream: silence() },
      { fetch: far.fetch },
    );
    await voice.start();
  });
  afterEach(() => {
    far.close();
  });

  const came = (type: string): Promise<unknown> =>
    nextEvent(
      voice,
      'realtime-event',
      ({ detail }: GlobalEventHandlersEventMap['realtime-event']) => detail.type === type,
    );

  it(`takes ${NONSENSE} messages of nonsense and draws none of it as markup`, async () => {
    const last = came(LAST.type);
    const seed = Date.now();
    await far.say(...fc.sample(garbage, { numRuns: NONSENSE, seed }), LAST);
    await last;
    await voice.updateComplete;
    expect([voice.status, seed]).to.deep.equal(['connected', seed]);
    expect(voice.renderRoot.querySelectorAll('img[src="x"], script')).to.have.length(0);
  });

  it('catches up within two seconds when the page was busy for as long', async () => {
    const item = { id: 'a', type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    const place = { response_id: 'r', item_id: 'a', output_index: 0, content_index: 0 };
    const deltas = Array.from({ length: DELTAS }, (_, count) => ({
      type: 'response.output_audio_transcript.delta',
      ...place,
      delta: `${count} `,
    }));
    const last = came(LAST.type);
    await far.say({ type: 'response.created', response: { id: 'r' } });
    await far.say({ type: 'response.output_item.added', response_id: 'r', output_index: 0, item });
    await far.say(...deltas, LAST);
    const busyUntil = performance.now() + BUSY_MS;
    while (performance.now() < busyUntil);
    await last;
    await voice.updateComplete;
    expect(performance.now() - busyUntil).to.be.below(CAUGHT_UP_MS);
    const numbers = voice.turns[0]?.text.split(' ') ?? [];
    expect([numbers.length, numbers.every((number, index) => number === String(index))]).to.deep.equal([
      DELTAS,
      true,
    ]);
  });

  it('refuses what the channel cannot carry, and sends the rest in order', async () => {
    const refused = await voice.sendText('x'.repeat(300_000)).catch((error: unknown) => error);
    expect(refused).to.have.property('code', 'channel.too_large');
    const texts = Array.from({ length: 100 }, (_, count) => `${count} ${'y'.repeat(50_000)}`);
    for (const text of texts) await voice.send({ type: 'vendor.text', text });
    await voice.send({ type: 'vendor.end' });
    while (!far.received.some(({ type }) => type === 'vendor.end')) await new Promise(requestAnimationFrame);
    const got = far.received.filter(({ type }) => type === 'vendor.text').map(({ text }) => text);
    expect(got.length).to.equal(texts.length);
    expect(got.every((text, count) => text === texts[count])).to.equal(true);
    expect(voice.status).to.equal('connected');
  });

  it('says so where more waits to be sent than the browser keeps, and sends what it has taken', async () => {
    const text = 'y'.repeat(60_000);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 400 }, (_, count) => voice.send({ type: 'vendor.text', count, text })),
    );
    const codes = outcomes.map((outcome) => (outcome.status === 'rejected' ? outcome.reason.code : 'sent'));
    expect(new Set(codes)).to.deep.equal(new Set(['sent', 'channel.too_large']));
    const taken = codes.flatMap((code, count) => (code === 'sent' ? [count] : []));
    const got = (): unknown[] =>
      far.received.flatMap(({ type, count }) => (type === 'vendor.text' ? [count] : []));
    while (got().length < taken.length) await nextEvent(far.channel, 'message');
    expect(got()).to.deep.equal(taken);
    await voice.send({ type: 'vendor.end' });
    expect(voice.status).to.equal('connected');
  });
});
