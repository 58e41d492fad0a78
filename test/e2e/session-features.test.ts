import { expect } from '@open-wc/testing';
import {
  RealtimeSession,
  type SessionConfig,
  type SessionEvent,
  type Tool,
  type Turn,
} from '../../src/core.js';
import { labCall } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { PretendLine } from '../support/pretend-line.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { openSpeaker, type Speaker } from '../support/speech.js';

describe('a session over WebRTC', function () {
  this.timeout(40_000);
  let speaker: Speaker;
  let session: RealtimeSession;

  beforeEach(async () => {
    speaker = await openSpeaker();
    session = new RealtimeSession();
  });

  afterEach(async () => {
    session.stop();
    await speaker.close();
  });

  async function call(config: SessionConfig = {}, scenario?: string): Promise<void> {
    session.configure({
      tokenEndpoint: tokenEndpoint(scenario),
      apiUrl,
      mediaStream: speaker.stream,
      ...config,
    });
    await session.start();
  }
  function turn(fits: (turn: Turn) => boolean): Promise<SessionEvent<'transcript'>> {
    return nextEvent(session, 'transcript', ({ detail }: SessionEvent<'transcript'>) => fits(detail.turn));
  }
  const answer = (words: RegExp): Promise<unknown> =>
    turn(({ role, status, text }) => role === 'assistant' && status === 'done' && words.test(text));
  const event = (type: string): Promise<SessionEvent<'protocolevent'>> =>
    nextEvent(session, 'protocolevent', ({ detail }: SessionEvent<'protocolevent'>) => detail.type === type);
  const weather = (execute: Tool['execute'], more: Partial<Tool> = {}): Tool => ({
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } } },
    execute,
    ...more,
  });
  const tools = (): (string | undefined)[] => session.turns.flatMap(({ tool }) => (tool ? [tool.state] : []));

  it('shows the model an image, re-encoded to fit the channel', async () => {
    await call();
    const canvas = new OffscreenCanvas(1_200, 900);
    const context = canvas.getContext('2d')!;
    for (let x = 0; x < 1_200; x += 4) {
      context.fillStyle = `hsl(${(x * 7919) % 360} 80% ${30 + ((x * 31) % 50)}%)`;
      context.fillRect(x, (x * 131) % 900, 300, 40);
    }
    const answered = answer(/I can see that you sent an image/);
    await session.sendImage(await canvas.convertToBlob({ type: 'image/png' }));
    await answered;
    const [image] = session.turns[0]?.images ?? [];
    expect(image).to.match(/^data:image\/jpeg;base64,/);
    expect(image!.length).to.be.lessThan(262_144);
  });

  it('shows an image to nobody but the call that it was meant for', async () => {
    const line = new PretendLine();
    session = new RealtimeSession({ open: line.dial });
    session.configure({ microphone: false });
    await session.start();
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d')?.fillRect(0, 0, 8, 8);
    const shown = session.sendImage(await canvas.convertToBlob({ type: 'image/png' })).then(
      () => null,
      (error: unknown) => error,
    );
    session.stop();
    await session.start();
    expect(session.status).to.equal('connected');
    expect(await shown).to.have.property('code', 'session.not_connected');
    expect(line.latest.received.map(({ type }) => type)).to.deep.equal(['session.update']);
  });

  it('refuses an image that is none, and changes nothing', async () => {
    await call();
    const failure = await session.sendImage(new Blob(['no image'])).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'image.invalid');
    expect(session.turns).to.have.length(0);
  });

  it('takes what was said while the talk button was held', async () => {
    await call({ pushToTalk: true });
    const heard = turn(({ role, status }) => role === 'user' && status === 'done');
    await session.startTalking();
    await speaker.say('what day is it today');
    await speaker.pause();
    await session.stopTalking();
    expect((await heard).detail.turn.text).to.equal('What day is it today?');
    await answer(/^Today is/);
  });

  it('forgets a press of the talk button that was too short', async () => {
    await call({ pushToTalk: true });
    await session.startTalking();
    const cleared = event('input_audio_buffer.cleared');
    await session.stopTalking();
    await cleared;
    const { received } = await labCall(session.callId);
    expect(received.map(({ type }) => type)).not.to.include('input_audio_buffer.commit');
  });

  it('is silent at once when it is interrupted', async () => {
    await call();
    const speaking = turn(({ role, text }) => role === 'assistant' && text.includes('lighthouse'));
    await session.sendText('tell me a story');
    await speaking;
    await session.interrupt();
    expect(session.remoteStream?.getAudioTracks().map(({ enabled }) => enabled)).to.deep.equal([false]);
    await turn(({ status }) => status === 'interrupted');
    const again = event('output_audio_buffer.started');
    await session.sendText('hello');
    await again;
    expect(session.remoteStream?.getAudioTracks().map(({ enabled }) => enabled)).to.deep.equal([true]);
  });

  it('lets the model call a function and speak of its result', async () => {
    await call({ tools: [weather(({ city }) => `Sunny in ${String(city)}.`)] });
    const answered = answer(/Sunny in Tokyo/);
    await session.sendText('what is the weather in tokyo');
    await answered;
    expect(session.turns.find(({ role }) => role === 'tool')?.tool).to.deep.include({
      name: 'get_weather',
      arguments: '{"city":"Tokyo"}',
      output: 'Sunny in Tokyo.',
      state: 'done',
    });
  });

  it('runs two calls of one response side by side and asks for one answer', async () => {
    await call({ tools: [weather(({ city }) => `Rain in ${String(city)}.`)] });
    const answered = answer(/Rain in Tokyo.*Rain in London/);
    await session.sendText('compare the weather in tokyo and london');
    await answered;
    const { received } = await labCall(session.callId);
    expect(received.filter(({ type }) => type === 'response.create')).to.have.length(2);
    expect(tools()).to.deep.equal(['done', 'done']);
  });

  it('tells the model what a function threw, and goes on', async () => {
    const broken = weather(() => {
      throw new Error('The thermometer is broken.');
    });
    await call({ tools: [broken] });
    const answered = answer(/The thermometer is broken/);
    await session.sendText('what is the weather in tokyo');
    await answered;
    expect(tools()).to.deep.equal(['failed']);
  });

  it('tells the model that a function hangs, and aborts it', async () => {
    let aborted = false;
    const hanging = weather(
      (_, { signal }) =>
        new Promise(() => {
          signal.addEventListener('abort', () => {
            aborted = true;
          });
        }),
      { timeoutMs: 200 },
    );
    await call({ tools: [hanging] });
    const answered = answer(/did not answer within 0.2 seconds/);
    await session.sendText('what is the weather in tokyo');
    await answered;
    expect(aborted).to.equal(true);
  });

  it('lets the page answer a call itself', async () => {
    await call({ tools: [weather(() => 'never')] });
    session.on('toolcall', (toolCall) => {
      toolCall.preventDefault();
      toolCall.detail.respond('Snow, says the page.');
    });
    const answered = answer(/Snow, says the page/);
    await session.sendText('what is the weather in tokyo');
    await answered;
  });

  it('waits for a person before it runs a function that needs approval', async () => {
    let ran = 0;
    await call({ tools: [weather(() => `Mild ${(ran += 1)}.`, { needsApproval: true })] });
    const asked = nextEvent<SessionEvent<'approvalrequest'>>(session, 'approvalrequest');
    await session.sendText('what is the weather in tokyo');
    const { id } = (await asked).detail;
    expect([ran, tools()]).to.deep.equal([0, ['approval']]);
    const answered = answer(/Mild 1/);
    await session.approve(id);
    await answered;
    expect(ran).to.equal(1);
  });

  const library = { type: 'mcp', server_label: 'library', server_url: 'https://library.example' };
  const asked = async (): Promise<number> =>
    (await labCall(session.callId)).received.filter(({ type }) => type === 'response.create').length;
  const spoken = (): number => session.turns.filter(({ role }) => role === 'assistant').length;

  for (const [scenario, approved, words, wishes] of [
    ['normal', true, /one hundred and eleven steps/, 2],
    ['normal', false, /did not allow/, 2],
    ['mcp-answers', true, /one hundred and eleven steps/, 1],
    ['mcp-answers', false, /did not allow/, 2],
  ] as const) {
    const server = scenario === 'normal' ? 'waits for the page' : 'goes on by itself';
    it(`hands a person's ${approved ? 'yes' : 'no'} to an MCP server that ${server}, and is answered once`, async () => {
      await call({ session: { tools: [{ ...library, require_approval: 'always' }] } }, scenario);
      const request = nextEvent<SessionEvent<'approvalrequest'>>(session, 'approvalrequest');
      await session.sendText('search the library');
      const { id, kind } = (await request).detail;
      expect(kind).to.equal('mcp');
      const answered = answer(words);
      await (approved ? session.approve(id) : session.reject(id));
      await answered;
      expect(tools()).to.deep.equal([approved ? 'done' : 'rejected']);
      expect([spoken(), await asked()]).to.deep.equal([1, wishes]);
    });
  }

  for (const [scenario, server, wishes] of [
    ['normal', 'waits for the page', 2],
    ['mcp-answers', 'goes on by itself', 1],
  ] as const) {
    it(`answers once after an MCP call that needs no approval of a server that ${server}`, async () => {
      await call({ session: { tools: [{ ...library, require_approval: 'never' }] } }, scenario);
      const answered = answer(/one hundred and eleven steps/);
      await session.sendText('search the library');
      await answered;
      expect([spoken(), await asked()]).to.deep.equal([1, wishes]);
    });
  }

  it('refuses an approval that nobody asked for', async () => {
    await call();
    const failure = await session.approve('nobody').then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'approval.unknown');
  });

  it('marks speech that could not be transcribed', async () => {
    await call({}, 'failed-transcription');
    const failed = turn(({ role, status }) => role === 'user' && status === 'failed');
    await speaker.say('hello');
    await failed;
    await answer(/Hello/);
  });

  it('keeps the order of speaking when the transcript comes after the answer', async () => {
    await call({}, 'late-transcription');
    const heard = turn(({ role, status }) => role === 'user' && status === 'done');
    await speaker.say('what is your name');
    await answer(/I am the assistant/);
    await heard;
    expect(session.turns.map(({ role }) => role)).to.deep.equal(['user', 'assistant']);
  });

  it('gives the language of the page to the transcriber', async () => {
    await call({ language: 'ja-JP' });
    const { audio } = (await labCall(session.callId)).session;
    expect(audio.input.transcription).to.deep.equal({ model: 'gpt-transcribe', language: 'ja' });
  });

  it('lets the assistant speak first', async () => {
    const greeted = answer(/^Welcome to the shop\./);
    await call({ greeting: 'Say “Welcome to the shop.”' });
    await greeted;
  });

  it('answers in writing when it is asked to', async () => {
    await call({ output: 'text' });
    const types = new Set<string>();
    session.on('protocolevent', ({ detail }) => types.add(detail.type));
    const answered = answer(/^Hello/);
    await session.sendText('hello');
    await answered;
    expect([types.has('response.output_text.delta'), types.has('output_audio_buffer.started')]).to.deep.equal(
      [true, false],
    );
  });

  it('asks for one answer at a time, however fast one types', async () => {
    await call();
    const errors: string[] = [];
    session.on(
      'protocolevent',
      ({ detail }) => detail.type === 'error' && errors.push(JSON.stringify(detail.event)),
    );
    const answered = answer(/You are welcome/);
    await Promise.all(
      ['hello', 'what time is it', 'thank you very much'].map((text) => session.sendText(text)),
    );
    await answered;
    expect(errors.filter((error) => error.includes('active_response'))).to.deep.equal([]);
  });

  it('sends silence while it is muted', async () => {
    await call();
    session.muted = true;
    await labCall(session.callId);
    await speaker.say('hello');
    expect((await labCall(session.callId)).loudest).to.be.lessThan(50);
    session.muted = false;
    await speaker.say('hello');
    expect((await labCall(session.callId)).loudest).to.be.greaterThan(500);
  });

  for (const [name, attempt, code] of [
    ['an empty message', () => session.sendText('  '), 'message.empty'],
    ['a message without a call', () => session.sendText('hello'), 'session.not_connected'],
    ['an event without a type', () => session.send({} as never), 'message.invalid'],
  ] as const) {
    it(`refuses ${name} with a code`, async () => {
      const failure = await attempt().then(
        () => null,
        (error: unknown) => error,
      );
      expect(failure).to.have.property('code', code);
    });
  }

  it('refuses tools that the model could not tell apart', async () => {
    const failure = await call({ tools: [weather(() => 1), weather(() => 2)] }).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).to.have.property('code', 'tool.duplicate_name');
  });
});
