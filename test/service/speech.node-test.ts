import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { InputAudio } from '../../demo/server/call/input-audio.js';
import { greeting, reply, type Situation } from '../../demo/server/mind/reply.js';
import { PHRASES } from '../../demo/server/speech/phrases.js';
import { Speech } from '../../demo/server/speech/speech.js';
import {
  FRAME_SAMPLES,
  createVoiceActivity,
  type VoiceActivity,
} from '../../demo/server/speech/voice-activity.js';

const speech = new Speech();
// The thread of the speech does not keep a process alive, so this does.
const open = setInterval(() => {}, 60_000);
after(async () => {
  clearInterval(open);
  await speech.stop();
});

describe('the ears of the local service', () => {
  for (const phrase of PHRASES) {
    it(`understand “${phrase}”`, async () => {
      assert.equal(await speech.hear(await speech.say(phrase, { voice: 'rms' })), phrase);
    });
  }

  for (const words of [
    'the quick brown fox jumps over the lazy dog',
    'bananas are yellow',
    'never gonna give you up',
  ]) {
    it(`do not pretend to understand “${words}”`, async () => {
      assert.equal(await speech.hear(await speech.say(words)), null);
    });
  }
});

describe('turn detection', () => {
  let vad: VoiceActivity;
  before(async () => {
    vad = await createVoiceActivity();
  });
  after(() => vad.free());

  const frames = (pcm: Int16Array): Int16Array[] =>
    Array.from({ length: Math.floor(pcm.length / FRAME_SAMPLES) }, (_, index) =>
      pcm.slice(index * FRAME_SAMPLES, (index + 1) * FRAME_SAMPLES),
    );
  const silence = (ms: number): Int16Array[] =>
    Array.from({ length: ms / 20 }, () => new Int16Array(FRAME_SAMPLES));

  it('finds where speech begins and ends, and keeps the moment before it', async () => {
    const heard: [string, number][] = [];
    let said: Int16Array = new Int16Array();
    const input = new InputAudio(vad, {
      speechStarted: (at) => heard.push(['started', at]),
      speechStopped: (at) => {
        heard.push(['stopped', at]);
        said = input.take();
      },
      isComplete: () => Promise.resolve(true),
    });
    input.detection = { threshold: 0.5, prefixMs: 300, silenceMs: 500 };
    const words = frames(await speech.say('what time is it'));
    for (const frame of [...silence(1_000), ...words, ...silence(1_000)]) input.push(frame);
    assert.deepEqual(
      heard.map(([what]) => what),
      ['started', 'stopped'],
    );
    const [start, stop] = heard.map(([, at]) => at);
    assert.ok(start! >= 600 && start! <= 1_100, `started at ${start}`);
    assert.ok(
      stop! > 1_000 + words.length * 20 - 400 && stop! < 1_000 + words.length * 20 + 700,
      `stopped at ${stop}`,
    );
    assert.equal(await speech.hear(said), 'what time is it');
  });

  it('takes no noise for speech', () => {
    const heard: string[] = [];
    const input = new InputAudio(vad, {
      speechStarted: () => heard.push('started'),
      speechStopped: () => heard.push('stopped'),
      isComplete: () => Promise.resolve(true),
    });
    input.detection = { threshold: 0.5, prefixMs: 300, silenceMs: 500 };
    for (const frame of silence(2_000)) input.push(frame.map((_, index) => (index % 7) * 8 - 24));
    assert.deepEqual(heard, []);
  });
});

describe('the mind of the local service', () => {
  const context: Situation = {
    hasQuestion: true,
    isFirst: false,
    words: '',
    results: [],
    tools: [],
    mcp: false,
    refused: false,
    instructions: null,
    sawImage: false,
    phrases: PHRASES,
    now: new Date(2026, 10, 23, 9, 5),
  };
  const say = (words: string | null, more: Partial<Situation> = {}): string | undefined =>
    reply({ ...context, words, ...more }).say;

  it('answers what it understands', () => {
    assert.equal(say('what time is it'), 'It is 9:05 AM.');
    assert.equal(say('what day is it today'), 'Today is Monday, November 23.');
    assert.equal(say('今何時ですか'), '9時5分です。');
  });

  it('says that it did not understand, and what it would', () => {
    assert.match(say(null) ?? '', /only understand these phrases: hello/);
    assert.match(say('quantum chromodynamics') ?? '', /I read “quantum chromodynamics”/);
  });

  it('calls a function only where there is one', () => {
    const weather = { name: 'get_weather', description: 'The weather' };
    assert.match(say('what is the weather in tokyo') ?? '', /offers none/);
    const { calls } = reply({
      ...context,
      words: 'compare the weather in tokyo and london',
      tools: [weather],
    });
    assert.deepEqual(
      calls?.map(({ arguments: args }) => args),
      [{ city: 'Tokyo' }, { city: 'London' }],
    );
  });

  it('greets with the words it is given', () => {
    assert.equal(greeting({ ...context, isFirst: true, instructions: 'Say “Welcome.”' }).say, 'Welcome.');
  });
});
