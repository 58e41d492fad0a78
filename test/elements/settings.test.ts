import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { TokenProvider } from '../../src/session/session-config.js';
import { countedVoice } from '../support/counted-voice.js';
import { hangUp, labCall } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, serviceUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';

interface Asked {
  readonly path: string;
  readonly init: RequestInit;
}

describe('the settings of <realtime-voice>', function () {
  this.timeout(60_000);
  let voice: RealtimeVoiceElement;
  let asked: Asked[];
  const recording: typeof fetch = (input, init = {}) => {
    asked.push({ path: new URL(String(input)).pathname, init });
    return fetch(input, init);
  };
  const make = (properties: Partial<RealtimeVoiceElement>): void => {
    asked = [];
    voice = countedVoice({ apiUrl, mediaStream: silence(), ...properties }, { fetch: recording });
  };
  const reached = (status: string): Promise<unknown> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === status);

  afterEach(() => voice.remove());

  it('reach the endpoint as far as they are its business, and the session as a whole', async () => {
    const parameters = { type: 'object', properties: { city: { type: 'string' } } };
    make({
      tokenEndpoint: tokenEndpoint(),
      credentials: 'include',
      tokenHeaders: { 'X-Of-The-Page': 'yes' },
      model: 'gpt-realtime',
      voice: 'cedar',
      instructions: 'Be brief.',
      greeting: 'Say hello.',
      output: 'text',
      turnDetection: 'semantic',
      transcriptionModel: 'gpt-4o-transcribe',
      tools: [{ name: 'f', description: 'Does it', parameters, execute: () => 1 }],
      session: { max_output_tokens: 99, audio: { output: { speed: 1.1 } } },
      lang: 'ja',
    });
    const answering = nextEvent(
      voice,
      'realtime-event',
      ({ detail }: GlobalEventHandlersEventMap['realtime-event']) => detail.type === 'response.created',
    );
    await voice.start();
    await answering;

    const [token, call] = asked as [Asked, Asked];
    expect([token.path, token.init.credentials]).to.deep.equal(['/token', 'include']);
    expect(new Headers(token.init.headers).get('X-Of-The-Page')).to.equal('yes');
    expect(JSON.parse(String(token.init.body))).to.deep.equal({ model: 'gpt-realtime', voice: 'cedar' });
    expect([call.path, call.init.credentials]).to.deep.equal(['/v1/realtime/calls', 'omit']);
    expect(new Headers(call.init.headers).get('X-Of-The-Page')).to.equal(null);

    const { received } = await labCall(voice.callId);
    expect(received).to.deep.equal([
      {
        type: 'session.update',
        event_id: 'rv_configure',
        session: {
          type: 'realtime',
          instructions: 'Be brief.',
          output_modalities: ['text'],
          max_output_tokens: 99,
          tools: [{ type: 'function', name: 'f', description: 'Does it', parameters }],
          tool_choice: 'auto',
          audio: {
            input: {
              transcription: { model: 'gpt-4o-transcribe', language: 'ja' },
              turn_detection: { type: 'semantic_vad' },
            },
            output: { voice: 'cedar', speed: 1.1 },
          },
        },
      },
      { type: 'response.create', response: { instructions: 'Say hello.' } },
    ]);
  });

  for (const [lang, hint] of [
    ['pt-BR', { language: 'pt' }],
    ['', {}],
  ] as const)
    it(`tell the transcriber the language that the page says, and none where it says none: “${lang}”`, async () => {
      document.documentElement.lang = '';
      make({ tokenEndpoint: tokenEndpoint(), lang });
      await voice.start();
      const { session } = await labCall(voice.callId);
      expect(session.audio.input.transcription).to.deep.equal({ model: 'gpt-transcribe', ...hint });
    });

  it('end the call when it has cost more than the page wants', async () => {
    make({
      tokenEndpoint: tokenEndpoint(),
      pricing: { text: { input: 1e6, output: 1e6 } },
      maxCost: 0.01,
    });
    await voice.start();
    const over = reached('idle');
    await voice.sendText('hello');
    await over;
    expect(voice.error?.code).to.equal('limit.max_cost');
    expect(voice.cost).to.be.greaterThan(0.01);
  });

  it('may be a provider of tokens, which is told why it is asked: for a call, and for its restoration', async () => {
    const contexts: Parameters<TokenProvider>[0][] = [];
    make({
      tokenProvider: async (context) => {
        contexts.push(context);
        return (await fetch(`${serviceUrl}/token`, { method: 'POST', signal: context.signal })).json();
      },
    });
    await voice.start();
    const back = reached('connected');
    await hangUp(voice.callId, 'channel');
    await back;
    expect(contexts.map(({ reason, signal }) => [reason, signal.aborted])).to.deep.equal([
      ['connect', false],
      ['reconnect', false],
    ]);
  });

  it('may be a provider that is told when nobody waits for it any more', async () => {
    const given = new Promise<AbortSignal>((resolve) => {
      make({
        tokenProvider: ({ signal }) => {
          resolve(signal);
          return new Promise<string>(() => {});
        },
      });
    });
    voice.start().catch(() => {});
    const signal = await given;
    voice.stop();
    expect(signal.aborted).to.equal(true);
  });

  it('lead to a session whose id and end are told, and to those of another one after a restoration', async () => {
    make({ tokenEndpoint: tokenEndpoint() });
    expect([voice.sessionId, voice.expiresAt]).to.deep.equal([null, null]);
    await voice.start();
    const facts = async (): Promise<void> => {
      const { id, expires_at: end } = (await labCall(voice.callId)).session;
      expect([voice.sessionId, voice.expiresAt]).to.deep.equal([id, Number(end) * 1_000]);
    };
    await facts();
    const { sessionId } = voice;
    const back = reached('connected');
    await hangUp(voice.callId, 'channel');
    await back;
    await facts();
    expect(voice.sessionId).not.to.equal(sessionId);
  });
});
