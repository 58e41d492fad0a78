import { expect } from '@open-wc/testing';
import type { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { RealtimeError } from '../../src/index.js';
import { clockedVoice } from '../support/clocked-voice.js';
import { delta, done } from '../support/growing-answer.js';
import type { HandClock } from '../support/hand-clock.js';
import { silence } from '../support/speech.js';

const LIVE = '[aria-live]:not([aria-live="off"]), [role="status"], [role="alert"], [role="log"]';

describe('what <realtime-voice> tells a screen reader', () => {
  let voice: StagedVoice;
  let clock: HandClock;
  let observer: MutationObserver;
  const heard: string[] = [];

  beforeEach(async () => {
    ({ voice, clock } = clockedVoice());
    await voice.updateComplete;
    heard.length = 0;
    observer = new MutationObserver((records) => {
      for (const { target, addedNodes } of records) {
        const node = target instanceof Element ? target : target.parentElement;
        const live = node?.closest(LIVE);
        const said: readonly Node[] = addedNodes.length > 0 ? Array.from(addedNodes) : [target];
        const told = said.filter((one) => live ?? (one instanceof Element && one.matches(LIVE)));
        if (told.length > 0)
          heard.push(
            told
              .map(({ textContent }) => textContent)
              .join('')
              .trim(),
          );
      }
      for (const look of waiting) look();
    });
    observer.observe(voice.renderRoot, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ['role', 'aria-live'],
    });
  });
  afterEach(() => {
    observer.disconnect();
    voice.remove();
  });

  const waiting = new Set<() => void>();
  /** Resolves once the screen is so. */
  const until = (isSo: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!isSo()) return;
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });
  const connect = (): void => {
    voice.stage.show('connecting', { phase: 'token' });
    voice.stage.show('connected', { connectedAt: clock.now() });
  };
  /** The next second has come, and is seen. */
  const counts = async (text: () => string | undefined, expected: string): Promise<void> => {
    clock.advance(1_000);
    await until(() => text() === expected);
  };

  it('is one sentence for an answer of 300 deltas, when it is final', async () => {
    connect();
    await until(() => heard.includes('Ready'));
    const before = heard.length;
    const words = Array.from({ length: 300 }, (_, count) => `word${count}`);
    for (const [count, word] of words.entries()) {
      voice.stage.receive([delta('answer', `${word} `, count)]);
      if (count % 50 === 0) await voice.updateComplete;
    }
    expect(heard.slice(before)).to.deep.equal([]);
    voice.stage.receive([done('answer', words.join(' '))]);
    await until(() => heard.length > before);
    expect(heard.slice(before)).to.deep.equal([`Assistant: ${words.join(' ')}`]);
    expect(voice.renderRoot.querySelector('[part~="turn"]')?.closest(LIVE)).to.equal(null);
  });

  it('is nothing of what is being heard anyway', async () => {
    connect();
    voice.stage.tell('remotestream', { stream: silence() });
    voice.stage.receive([delta('answer', 'Hello', 1), done('answer', 'Hello')]);
    voice.output = 'text';
    voice.stage.receive([delta('b', 'Bye', 2), done('b', 'Bye')]);
    await until(() => heard.length > 1);
    expect(heard.filter((sentence) => sentence.startsWith('Assistant'))).to.deep.equal(['Assistant: Bye']);
  });

  it('is all that is said where the session only writes', async () => {
    connect();
    voice.stage.tell('remotestream', { stream: silence() });
    const modalities = (...output_modalities: readonly string[]): void =>
      voice.stage.receive([{ type: 'session.updated', session: { output_modalities } }]);
    modalities('text');
    voice.stage.receive([done('answer', 'Hello')]);
    const region = voice.renderRoot.querySelector('.announcer')!;
    expect(region.textContent).to.equal('Assistant: Hello');
    modalities('audio');
    voice.stage.receive([done('b', 'Bye')]);
    expect(region.textContent).to.equal('Assistant: Hello');
  });

  it('begins with the notice that the other side is an AI, before any sound can come', () => {
    voice.stage.show('connecting', { phase: 'microphone' });
    heard.push(...observer.takeRecords().map(({ target }) => (target as Element).textContent));
    expect(heard).to.deep.equal(['You are talking with an AI. It can make mistakes.']);
    expect(voice.text('notice')).to.equal(heard[0]);
    for (const phase of ['token', 'negotiating', 'configuring'] as const)
      voice.stage.show('connecting', { phase });
    expect(observer.takeRecords().filter(({ target }) => (target as Element).matches?.(LIVE))).to.have.length(
      0,
    );
  });

  it('is each status once, without what passes at once, and without the countdown', async () => {
    connect();
    voice.stage.act('hearing');
    voice.stage.act('listening');
    await until(() => heard.length > 1);
    voice.stage.show('reconnecting', { retryAt: clock.now() + 3_500 });
    await until(() => voice.text('status') === 'Reconnecting in 4 seconds…' && heard.length > 2);
    await counts(() => voice.text('status'), 'Reconnecting in 3 seconds…');
    await counts(() => voice.text('status'), 'Reconnecting in 2 seconds…');
    voice.stage.show('idle', { reason: 'remote' });
    await until(() => heard.at(-1) === 'The call was ended by the other side');
    expect(heard.slice(2)).to.deep.equal(['Reconnecting…', 'The call was ended by the other side']);
  });

  it('is a wait before the call once, without the countdown that is seen', async () => {
    voice.stage.show('connecting', { phase: 'token', retryAt: clock.now() + 3_500 });
    await until(() => heard.length > 1);
    await counts(() => voice.text('status'), 'Many calls right now. Starting in 3 seconds…');
    await counts(() => voice.text('status'), 'Many calls right now. Starting in 2 seconds…');
    expect(heard.slice(1)).to.deep.equal(['Many calls right now. Starting soon…']);
  });

  it('is nothing of a renewal that failed: the call is as good as before', async () => {
    connect();
    await until(() => heard.includes('Ready'));
    const before = heard.length;
    voice.stage.tell('error', { error: new RealtimeError('ice.failed', { fatal: false }) });
    await voice.updateComplete;
    heard.push(...observer.takeRecords().map(() => 'something'));
    expect(heard.slice(before)).to.deep.equal([]);
    expect(voice.renderRoot.querySelector('.notice.error')).to.equal(null);
  });

  it('is that there is no call where the page forbids it, for which there is no alert', async () => {
    voice.stage.show('connecting', { phase: 'token' });
    voice.stage.show('failed', { error: new RealtimeError('lifecycle.aborted') });
    await until(() => heard.includes('Not connected'));
    expect(voice.renderRoot.querySelector('[role="alert"]')).to.equal(null);
  });

  it('never is the clock of the call', async () => {
    connect();
    const timer = (): HTMLElement | null => voice.renderRoot.querySelector('[part="timer"]');
    await counts(() => timer()?.textContent, '0:01');
    expect(timer()!.closest(LIVE)).to.equal(null);
    expect(heard.filter((sentence) => sentence.includes('0:0'))).to.deep.equal([]);
  });

  it('is an error at once and only once, whatever else comes and goes beside it', async () => {
    connect();
    await until(() => heard.includes('Ready'));
    const before = heard.length;
    voice.stage.tell('error', { error: new RealtimeError('session.not_connected') });
    await voice.updateComplete;
    voice.stage.tell('limitwarning', { kind: 'duration', remaining: 30 });
    await voice.updateComplete;
    voice.stage.tell('mutechange', { muted: true, by: 'system' });
    await voice.updateComplete;
    voice.stage.tell('mutechange', { muted: false, by: 'system' });
    await voice.updateComplete;
    heard.push(...observer.takeRecords().map(() => 'something else'));
    const alerts = voice.renderRoot.querySelectorAll('[role="alert"]');
    expect([...alerts].map(({ textContent }) => textContent.trim())).to.deep.equal([
      'The message could not be sent. Please try again.',
    ]);
    expect(heard.slice(before)).to.deep.equal([
      'The message could not be sent. Please try again.',
      'This call will end in 30 seconds.',
      'Your device has paused the microphone.',
    ]);
  });

  it('is no error any more once an answer comes', async () => {
    connect();
    voice.stage.tell('error', { error: new RealtimeError('session.response_failed') });
    await voice.updateComplete;
    voice.stage.receive([delta('answer', 'Here', 1), done('answer', 'Here')]);
    await until(() => voice.renderRoot.querySelector('[role="alert"]') === null);
  });

  it('comes from a floating widget too while its panel is closed', async () => {
    voice.layout = 'floating';
    await voice.updateComplete;
    voice.stage.show('connecting', { phase: 'microphone' });
    const region = voice.renderRoot.querySelector<HTMLElement>('.announcer')!;
    expect([region.checkVisibility(), region.textContent]).to.deep.equal([
      true,
      'You are talking with an AI. It can make mistakes.',
    ]);
  });
});
