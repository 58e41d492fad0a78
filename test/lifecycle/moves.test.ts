import { expect, nextFrame } from '@open-wc/testing';
import type { FaceSeams } from '../../src/elements/face-seams.js';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { ask } from '../support/answers.js';
import { countedVoice, isPlaying } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { labCall } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { latestPeer, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { silence } from '../support/speech.js';
import { showPage } from '../support/visibility.js';

describe('a widget with a call', function () {
  this.timeout(60_000);
  let voice: RealtimeVoiceElement;
  let elsewhere: HTMLElement;

  const make = (clock?: HandClock, seen?: FaceSeams): void => {
    const properties = { tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: silence() };
    voice = countedVoice(properties, clock && { clock }, seen);
  };
  const ended = (): Promise<CustomEvent> =>
    nextEvent(voice, 'realtime-status-change', () => voice.status === 'idle');

  beforeEach(() => {
    elsewhere = document.body.appendChild(document.createElement('section'));
  });
  afterEach(() => {
    elsewhere.remove();
  });

  const moves: Readonly<Record<string, () => void | Promise<void>>> = {
    'put elsewhere': () => elsewhere.append(voice),
    'moved without being taken out': () =>
      (elsewhere as HTMLElement & { moveBefore(node: Node, child: null): void }).moveBefore(voice, null),
    'taken out and put back within a frame': async () => {
      voice.remove();
      await Promise.resolve();
      elsewhere.append(voice);
    },
    'moved ten times in one go': () => {
      for (let count = 0; count < 10; count += 1) (count % 2 ? document.body : elsewhere).append(voice);
    },
  };
  for (const [how, move] of Object.entries(moves)) {
    it(`keeps it, its sound and its connection when it is ${how}`, async function () {
      make();
      // Not every browser has moveBefore yet.
      if (how === 'moved without being taken out' && !('moveBefore' in elsewhere)) this.skip();
      await voice.start();
      const { callId } = voice;
      const peer = latestPeer();
      await move();
      await nextFrame();
      await nextFrame();
      expect([voice.status, voice.callId, latestPeer() === peer, openPeers()]).to.deep.equal([
        'connected',
        callId,
        true,
        1,
      ]);
      expect(isPlaying(voice)).to.equal(true);
      await ask(voice, 'hello');
    });
  }

  it('ends it when a parent of it is removed', async () => {
    make();
    elsewhere.append(voice);
    await voice.start();
    const end = ended();
    elsewhere.innerHTML = '';
    expect((await end).detail.reason).to.equal('removed');
    expect(openPeers()).to.equal(0);
  });

  it('ends it while it is still connecting', async () => {
    make();
    const reached = nextEvent(
      voice,
      'realtime-status-change',
      ({ detail }: CustomEvent) => detail.phase === 'negotiating',
    );
    const started = voice.start().then(
      () => 'connected',
      (error: { code: string }) => error.code,
    );
    await reached;
    voice.remove();
    expect(await started).to.equal('lifecycle.aborted');
    expect(openPeers()).to.equal(0);
  });

  it('ends it when it is adopted into another document, and can be used there', async () => {
    make();
    await voice.start();
    const frame = elsewhere.appendChild(document.createElement('iframe'));
    const end = ended();
    frame.contentDocument?.body.append(voice);
    expect((await end).detail.reason).to.equal('removed');
    expect(openPeers()).to.equal(0);
    await voice.start();
    expect([voice.ownerDocument, voice.status]).to.deep.equal([frame.contentDocument, 'connected']);
    await ask(voice, 'hello');
  });

  it('uses changed settings in the next call, and in this one where the protocol can', async () => {
    make();
    await voice.start();
    const { callId } = voice;
    voice.setAttribute('instructions', 'Be brief.');
    voice.setAttribute('token-endpoint', '/nowhere');
    voice.setAttribute('voice', 'cedar');
    await voice.updateComplete;
    await ask(voice, 'hello');
    const { session, received } = await labCall(callId);
    expect(session['instructions']).to.equal('Be brief.');
    expect(JSON.stringify(received)).not.to.contain('cedar');
    expect(voice.status).to.equal('connected');

    voice.stop();
    voice.tokenEndpoint = tokenEndpoint();
    await voice.start();
    const { received: next } = await labCall(voice.callId);
    expect(next[0]).to.have.nested.property('session.instructions', 'Be brief.');
    expect(next[0]).to.have.nested.property('session.audio.output.voice', 'cedar');
  });

  it('ends it when the page has been out of sight for five minutes, and not before', async () => {
    const clock = new HandClock();
    make(clock);
    voice.idleTimeout = 0;
    voice.maxDuration = 0;
    await voice.start();
    showPage(false);
    const warned = nextEvent(voice, 'realtime-limit-warning');
    clock.advance(270_000);
    expect((await warned).detail).to.deep.equal({ kind: 'hidden', remaining: 30 });
    showPage(true);
    await voice.updateComplete;
    expect(voice.matches(':state(limit-near)')).to.equal(false);
    clock.advance(100_000);
    showPage(false);
    clock.advance(299_000);
    expect(voice.status).to.equal('connected');
    clock.advance(1_000);
    showPage(true);
    expect([voice.status, voice.error?.code]).to.deep.equal(['idle', 'limit.hidden']);
  });

  it('goes on when the page freezes and thaws', async () => {
    make();
    await voice.start();
    const { callId } = voice;
    document.dispatchEvent(new Event('freeze'));
    document.dispatchEvent(new Event('resume'));
    await ask(voice, 'hello');
    expect([voice.status, voice.callId]).to.deep.equal(['connected', callId]);
  });

  it('reconnects it at once when the page thaws and the connection is gone', async () => {
    make();
    await voice.start();
    // What closes tells of it in a later task.
    latestPeer().close();
    expect(voice.status).to.equal('connected');
    const back = nextEvent(voice, 'realtime-status-change', () => voice.status === 'connected');
    document.dispatchEvent(new Event('resume'));
    expect(voice.status).to.equal('reconnecting');
    await back;
    await ask(voice, 'hello');
  });

  it('reconnects it at once when the page is seen again and the connection is gone', async () => {
    make();
    await voice.start();
    latestPeer().close();
    const back = nextEvent(voice, 'realtime-status-change', () => voice.status === 'connected');
    showPage(true);
    expect(voice.status).to.equal('reconnecting');
    await back;
  });

  it('waits for a path that is gone for the moment when the page is seen again, and takes it up as it was', async () => {
    const clock = new HandClock();
    make(clock);
    await voice.start();
    const { callId } = voice;
    const peer = latestPeer();
    Object.defineProperty(peer, 'connectionState', { value: 'disconnected', configurable: true });
    showPage(true);
    expect(voice.status).to.equal('reconnecting');
    clock.advance(4_000);
    Reflect.deleteProperty(peer, 'connectionState');
    peer.dispatchEvent(new Event('connectionstatechange'));
    expect([voice.status, voice.callId, openPeers()]).to.deep.equal(['connected', callId, 1]);
    await ask(voice, 'hello');
  });

  it('does not wait longer for such a path because it is looked at again', async () => {
    const clock = new HandClock();
    make(clock);
    await voice.start();
    const peer = latestPeer();
    Object.defineProperty(peer, 'connectionState', { value: 'disconnected', configurable: true });
    showPage(true);
    clock.advance(4_000);
    showPage(true);
    clock.advance(1_000);
    Reflect.deleteProperty(peer, 'connectionState');
    expect(peer.connectionState).to.equal('closed');
  });

  it('ends it at once when the page thaws and its time is up', async () => {
    const clock = new HandClock();
    make(clock);
    voice.maxDuration = 600;
    await voice.start();
    clock.standStill(601_000);
    expect(voice.status).to.equal('connected');
    document.dispatchEvent(new Event('resume'));
    expect([voice.status, voice.error?.code]).to.deep.equal(['idle', 'limit.max_duration']);
  });

  it('is ended by a page in another tab, and by no message that is its own', async () => {
    make();
    await voice.start();
    const tab = new BroadcastChannel('realtime-voice');
    const end = ended();
    tab.postMessage('another widget');
    expect((await end).detail.reason).to.equal('superseded');
    tab.close();
  });

  it('tells of a storm of plugged devices once', async () => {
    const clock = new HandClock();
    let listed = 0;
    const media = {
      getUserMedia: () => navigator.mediaDevices.getUserMedia(),
      enumerateDevices: () => {
        listed += 1;
        return navigator.mediaDevices.enumerateDevices();
      },
      addEventListener: () => {},
    };
    make(undefined, { clock, media });
    await voice.start();
    let told = 0;
    voice.addEventListener('realtime-device-change', () => (told += 1));
    for (let count = 0; count < 200; count += 1) {
      navigator.mediaDevices.dispatchEvent(new Event('devicechange'));
      clock.advance(5);
    }
    clock.advance(294);
    expect([listed, told]).to.deep.equal([0, 0]);
    const first = nextEvent(voice, 'realtime-device-change');
    clock.advance(1);
    await first;
    clock.advance(60_000);
    await nextFrame();
    expect([listed, told, clock.timers]).to.deep.equal([1, 1, []]);
  });
});
