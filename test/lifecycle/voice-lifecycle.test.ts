import { expect, nextFrame } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { labCounts } from '../support/lab.js';
import { nextEvent } from '../support/next-event.js';
import { liveTracks, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';

function stuck(): never {
  throw new Error('It is stuck.');
}

/** Closes, but only under protest; its channel does not close at all. */
class StuckPeer extends RTCPeerConnection {
  override createDataChannel(label: string): RTCDataChannel {
    return Object.assign(super.createDataChannel(label), { close: stuck });
  }
  override close(): void {
    super.close();
    stuck();
  }
}

describe('the life of <realtime-voice>', function () {
  this.timeout(20_000);
  let voice: RealtimeVoiceElement;

  beforeEach(() => {
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl });
  });
  afterEach(() => voice.remove());

  it('makes one call of ten starts in one go', async () => {
    const before = await labCounts();
    await Promise.all(Array.from({ length: 10 }, () => voice.start()));
    const after = await labCounts();
    expect([after.token - before.token, after.calls - before.calls, openPeers()]).to.deep.equal([1, 1, 1]);
  });

  it('keeps the call when it is moved in the document', async () => {
    await voice.start();
    const { callId } = voice;
    const elsewhere = document.body.appendChild(document.createElement('section'));
    elsewhere.append(voice);
    await nextFrame();
    await nextFrame();
    expect([voice.status, voice.callId, openPeers()]).to.deep.equal(['connected', callId, 1]);
    elsewhere.remove();
  });

  it('ends the call when it is removed', async () => {
    await voice.start();
    const ended = nextEvent(voice, 'realtime-status-change');
    voice.remove();
    expect((await ended).detail).to.include({ status: 'idle', reason: 'removed' });
    expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
  });

  it('ends the call when the page goes away, and can be started again when it is back', async () => {
    await voice.start();
    const ended = nextEvent(voice, 'realtime-status-change');
    window.dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
    expect((await ended).detail).to.include({ status: 'idle', reason: 'pagehide' });
    expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
    await voice.start();
    expect(voice.status).to.equal('connected');
  });

  it('ends when another widget of the page begins', async () => {
    await voice.start();
    const ended = nextEvent(voice, 'realtime-status-change');
    const other = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl });
    const started = other.start();
    expect((await ended).detail).to.include({ status: 'idle', reason: 'superseded' });
    await started;
    expect(openPeers()).to.equal(1);
    other.remove();
  });

  it('releases everything when it is stopped at any step of connecting', async () => {
    for (const step of ['microphone', 'token', 'negotiating', 'configuring']) {
      const reached = nextEvent(
        voice,
        'realtime-status-change',
        ({ detail }: CustomEvent) => detail.phase === step,
      );
      const outcome = voice.start().then(
        () => 'connected',
        (error: { code: string }) => error.code,
      );
      await reached;
      voice.stop();
      expect([step, voice.status, await outcome]).to.deep.equal([step, 'idle', 'lifecycle.aborted']);
      expect([step, openPeers()]).to.deep.equal([step, 0]);
    }
    await nextFrame();
    expect(liveTracks()).to.equal(0);
  });

  it('leaves nothing behind after many calls', async () => {
    for (let count = 0; count < 10; count += 1) {
      await voice.start();
      voice.stop();
    }
    expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
  });

  it('gives everything else back when closing throws', async () => {
    const peers: StuckPeer[] = [];
    const createPeer = (configuration: RTCConfiguration): RTCPeerConnection => {
      const peer = new StuckPeer(configuration);
      peers.push(peer);
      return peer;
    };
    voice.remove();
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl }, { createPeer });
    await voice.start();
    expect(liveTracks()).to.be.greaterThan(0);
    voice.stop();
    const states = peers.map(({ connectionState }) => connectionState);
    expect([voice.status, states, liveTracks()]).to.deep.equal(['idle', ['closed'], 0]);
  });

  it('asks for nothing before the visitor has accepted', async () => {
    voice.consent = true;
    const before = await labCounts();
    const asked = nextEvent(
      voice,
      'realtime-status-change',
      ({ detail }: CustomEvent) => detail.phase === 'consent',
    );
    const started = voice.start();
    await asked;
    await voice.updateComplete;
    expect([await labCounts(), openPeers(), liveTracks()]).to.deep.equal([before, 0, 0]);
    voice.renderRoot.querySelector<HTMLButtonElement>('[part="accept-button"]')?.click();
    await started;
    expect(voice.status).to.equal('connected');
  });

  it('says that a machine will speak before it does: in sight, and to those who listen to the page', async () => {
    const announced: string[] = [];
    voice.addEventListener('realtime-status-change', () => {
      announced.push(voice.renderRoot.querySelector('.announcer')?.textContent ?? '');
    });
    await voice.updateComplete;
    const notice = voice.renderRoot.querySelector<HTMLElement>('[part~="notice"].ai');
    expect(notice?.textContent).to.match(/AI/);
    expect(notice?.checkVisibility()).to.equal(true);
    await voice.start();
    expect(announced.some((said) => said.includes(notice?.textContent.trim() ?? '?'))).to.equal(true);
    expect(voice.activity).not.to.equal('speaking');
  });

  it('does not start when the visitor declines', async () => {
    voice.consent = true;
    const asked = nextEvent(
      voice,
      'realtime-status-change',
      ({ detail }: CustomEvent) => detail.phase === 'consent',
    );
    const started = voice.start().then(
      () => 'connected',
      (error: { code: string }) => error.code,
    );
    await asked;
    await voice.updateComplete;
    voice.renderRoot.querySelector<HTMLButtonElement>('[part="decline-button"]')?.click();
    expect(await started).to.equal('consent.declined');
  });

  for (const step of ['createOffer', 'setLocalDescription', 'setRemoteDescription'] as const)
    it(`settles a start that is stopped while the connection is asked for ${step}, which a closed one never answers`, async () => {
      voice.remove();
      const asked = new Promise<void>((resolve) => {
        const createPeer = (configuration: RTCConfiguration): RTCPeerConnection => {
          const peer = new RTCPeerConnection(configuration);
          peer[step] = () => {
            resolve();
            return new Promise<never>(() => {});
          };
          return peer;
        };
        voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl }, { createPeer });
      });
      const started = voice.start().then(
        () => 'connected',
        (error: { code: string }) => error.code,
      );
      await asked;
      voice.stop();
      expect(await started).to.equal('lifecycle.aborted');
    });
});
