import { expect } from '@open-wc/testing';
import type { RealtimeVoiceEventDetails, RealtimeVoiceEventName } from '../../src/elements/events.js';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { noUsage } from '../../src/conversation/usage.js';
import { countedVoice } from '../support/counted-voice.js';
import { FarEnd } from '../support/far-end.js';
import { HandClock } from '../support/hand-clock.js';
import { nextEvent } from '../support/next-event.js';
import { silence } from '../support/speech.js';

/** Something of which the page is told. */
interface Happening<Name extends RealtimeVoiceEventName> {
  /** Settings that it takes. */
  readonly with?: Partial<RealtimeVoiceElement>;
  /** It belongs to the beginning of a call; what this gives is asked for before that. */
  readonly first?: () => unknown;
  /** It happens during a call. */
  readonly then?: () => unknown;
  /** What of the event's detail depends on it, and what that is. */
  readonly tells: (detail: RealtimeVoiceEventDetails[Name]) => readonly unknown[];
  readonly is: readonly unknown[];
}

const ARGUMENTS = '{"city":"Tokyo"}';
const LAST = 'vendor.last';
const response = {
  id: 'r',
  status: 'completed',
  output: [
    {
      id: 'f1',
      type: 'function_call',
      status: 'completed',
      call_id: 'c',
      name: 'f',
      arguments: ARGUMENTS,
    },
  ],
};

let voice: RealtimeVoiceElement;
let far: FarEnd;
let clock: HandClock;
let runs = 0;
const tool = { name: 'f', execute: (): number => (runs += 1) };

function make(properties: Partial<RealtimeVoiceElement> = {}): void {
  [far, clock, runs] = [new FarEnd(), new HandClock(), 0];
  voice = countedVoice(
    {
      apiUrl: '/calls',
      tokenProvider: () => 'ek_of_the_page',
      mediaStream: silence(),
      idleTimeout: 0,
      ...properties,
    },
    { fetch: far.fetch, clock },
  );
}
/** All that came before has been told by then. */
async function everythingIsTold(): Promise<void> {
  if (voice.status !== 'connected') return;
  const told = nextEvent(voice, 'realtime-event', ({ detail }: CustomEvent) => detail.type === LAST);
  await far.say({ type: LAST });
  await told;
}
async function accept(): Promise<void> {
  await nextEvent(voice, 'realtime-status-change', ({ detail }: CustomEvent) => detail.phase === 'consent');
  await voice.updateComplete;
  voice.renderRoot.querySelector<HTMLButtonElement>('[part="accept-button"]')?.click();
}

const happenings: { readonly [Name in RealtimeVoiceEventName]: Happening<Name> } = {
  'realtime-status-change': {
    then: () => voice.stop(),
    tells: ({ status, previous, phase, reason, error }) => [status, previous, phase, reason, error],
    is: ['idle', 'connected', null, 'host', null],
  },
  'realtime-activity-change': {
    then: () => far.say({ type: 'input_audio_buffer.speech_started', item_id: 'u' }),
    tells: ({ activity, previous }) => [activity, previous],
    is: ['hearing', 'listening'],
  },
  'realtime-event': {
    then: () => far.say({ type: 'vendor.news', more: { of: 'it' } }),
    tells: ({ origin, type, event, sequence, time }) => [origin, type, event, typeof sequence, typeof time],
    is: ['server', 'vendor.news', { type: 'vendor.news', more: { of: 'it' } }, 'number', 'number'],
  },
  'realtime-transcript': {
    then: () => {
      const place = { response_id: 'r', item_id: 'a', output_index: 0, content_index: 0 };
      return far.say({ type: 'response.output_text.delta', ...place, delta: 'Hi' });
    },
    tells: ({ change, turn: { id, role, text } }) => [change, id, role, text],
    is: ['added', 'a', 'assistant', 'Hi'],
  },
  'realtime-tool-call': {
    with: { tools: [tool] },
    then: () => far.say({ type: 'response.done', response }),
    tells: ({ name, arguments: args, callId, respond }) => [name, args, callId, typeof respond],
    is: ['f', { city: 'Tokyo' }, 'c', 'function'],
  },
  'realtime-approval-request': {
    with: { tools: [{ ...tool, needsApproval: true }] },
    then: () => far.say({ type: 'response.done', response }),
    tells: ({ id, kind, name, arguments: args }) => [id, kind, name, args],
    is: ['f1', 'function', 'f', ARGUMENTS],
  },
  'realtime-usage': {
    with: { pricing: { text: { input: 0, output: 2 } } },
    then: () => {
      const usage = { output_token_details: { text_tokens: 500_000 } };
      return far.say({ type: 'response.done', response: { id: 'r', usage } });
    },
    tells: ({ response: { text }, total: { responses }, cost }) => [text, responses, cost],
    is: [{ ...noUsage.text, output: 500_000 }, 1, 1],
  },
  'realtime-limit-warning': {
    with: { maxDuration: 600 },
    then: () => clock.advance(570_000),
    tells: ({ kind, remaining }) => [kind, remaining],
    is: ['duration', 30],
  },
  'realtime-consent': {
    with: { consent: true },
    first: accept,
    tells: ({ accepted }) => [accepted],
    is: [true],
  },
  'realtime-mute-change': {
    then: () => (voice.muted = true),
    tells: ({ muted, by }) => [muted, by],
    is: [true, 'page'],
  },
  'realtime-device-change': {
    with: { inputDevice: 'of the page' },
    then: () => navigator.mediaDevices.dispatchEvent(new Event('devicechange')),
    tells: ({ inputs, outputs, inputDevice, outputDevice }) => [
      Array.isArray(inputs),
      Array.isArray(outputs),
      inputDevice,
      outputDevice,
    ],
    is: [true, true, 'of the page', undefined],
  },
  'realtime-before-connect': {
    with: { instructions: 'Be brief.' },
    first: () => {},
    tells: ({ reason, session }) => [reason, session['instructions']],
    is: ['connect', 'Be brief.'],
  },
  'realtime-error': {
    then: () => far.say({ type: 'error', error: { message: 'Out of order.' } }),
    tells: ({ error: { code, fatal, message } }) => [code, fatal, message],
    is: ['session.server_error', false, 'session.server_error: Out of order.'],
  },
};

describe('what <realtime-voice> tells the page', function () {
  this.timeout(60_000);
  afterEach(() => {
    voice.remove();
    far.close();
  });

  for (const [name, happening] of Object.entries(happenings) as [
    RealtimeVoiceEventName,
    Happening<RealtimeVoiceEventName>,
  ][]) {
    it(`is told once, across shadow roots, with what belongs to it: ${name}`, async () => {
      make(happening.with);
      if (happening.then) await voice.start();
      const told: unknown[] = [];
      const hear = ({ detail, composed }: CustomEvent): void => {
        // What marks the end of this test is none of its news.
        if (detail.type !== LAST) told.push([composed, ...happening.tells(detail as never)]);
      };
      document.addEventListener(name, hear as EventListener);
      const heard = nextEvent(voice, name);
      const first = happening.first?.();
      if (happening.first) await voice.start();
      await first;
      await happening.then?.();
      await heard;
      await everythingIsTold();
      document.removeEventListener(name, hear as EventListener);
      expect(told).to.deep.equal([[true, ...happening.is]]);
    });
  }
});

describe('what the page may prevent or change', function () {
  this.timeout(60_000);
  afterEach(() => {
    voice.remove();
    far.close();
  });
  const failure = (): Promise<unknown> =>
    voice.start().then(
      () => null,
      (error: { code: string }) => error.code,
    );

  it('is a call, before anything is asked for', async () => {
    let tokens = 0;
    make({ tokenProvider: () => `ek_${(tokens += 1)}` });
    voice.addEventListener('realtime-before-connect', (event) => event.preventDefault());
    expect([await failure(), tokens, far.calls]).to.deep.equal(['lifecycle.aborted', 0, 0]);
  });

  it('is a call, which is no fault that the visitor would have to read of', async () => {
    make();
    voice.addEventListener('realtime-before-connect', (event) => event.preventDefault());
    await failure();
    await voice.updateComplete;
    expect(voice.status).to.equal('failed');
    expect(voice.renderRoot.querySelector('.notice.error')).to.equal(null);
  });

  it('is the session, before the server is told of it', async () => {
    make({ instructions: 'Be brief.' });
    voice.addEventListener('realtime-before-connect', ({ detail: { session } }) => {
      session['instructions'] = 'Be kind.';
      session['max_output_tokens'] = 99;
    });
    await voice.start();
    expect(far.received[0]).to.deep.include({ type: 'session.update' });
    expect(far.received[0]?.['session']).to.deep.include({ instructions: 'Be kind.', max_output_tokens: 99 });
  });

  it('is the answer to a tool call', async () => {
    make({ tools: [tool] });
    await voice.start();
    voice.addEventListener('realtime-tool-call', (event) => {
      event.preventDefault();
      event.detail.respond('Snow, says the page.');
    });
    const sent = nextEvent(
      voice,
      'realtime-event',
      ({ detail }: CustomEvent) => detail.type === 'conversation.item.create',
    );
    await far.say({ type: 'response.done', response });
    const { event } = (await sent).detail as { event: object };
    expect(event).to.have.property('item').that.deep.includes({
      type: 'function_call_output',
      call_id: 'c',
      output: 'Snow, says the page.',
    });
    expect(runs).to.equal(0);
  });
});
