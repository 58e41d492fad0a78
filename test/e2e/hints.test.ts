import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { answered } from '../support/answers.js';
import { countedVoice } from '../support/counted-voice.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { until } from '../support/until.js';

/** A microphone whose loudness a test sets. */
class Hum {
  readonly context = new AudioContext();
  readonly #gain = this.context.createGain();
  readonly stream: MediaStream;

  constructor() {
    const tone = this.context.createOscillator();
    const destination = this.context.createMediaStreamDestination();
    this.#gain.gain.value = 0;
    tone.connect(this.#gain).connect(destination);
    tone.start();
    this.stream = destination.stream;
  }
  set loudness(loudness: number) {
    this.#gain.gain.value = loudness;
  }
}

describe('what the widget hears of both sides', function () {
  this.timeout(60_000);
  let hum: Hum;
  let voice: RealtimeVoiceElement;

  beforeEach(async () => {
    hum = new Hum();
    await hum.context.resume();
    voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl, mediaStream: hum.stream });
    await voice.updateComplete;
  });
  afterEach(async () => {
    voice.remove();
    await hum.context.close();
  });

  const notices = (): string[] =>
    [...voice.renderRoot.querySelectorAll('.notice[role]')].map(
      (notice) => notice.querySelector('span')?.textContent.trim() ?? '',
    );
  const level = (side: 'input' | 'output'): number =>
    Number(voice.style.getPropertyValue(`--realtime-${side}-level`));
  const bar = (): number =>
    voice.renderRoot.querySelector('[part="visualizer"] i')!.getBoundingClientRect().height;

  it('tells a muted visitor who speaks, until the visitor is not muted any more', async () => {
    voice.muted = true;
    await voice.start();
    hum.loudness = 0.5;
    await until(() => notices().includes('You are muted. Unmute to be heard.'), 'is told');
    // A pause between two words.
    hum.loudness = 0;
    await until(() => level('input') === 0, 'falls silent');
    expect(notices()).to.deep.equal(['You are muted. Unmute to be heard.']);
    const unmute = voice.renderRoot.querySelector<HTMLElement>('.notice[role] button')!;
    unmute.focus();
    unmute.click();
    await voice.updateComplete;
    await voice.updateComplete;
    expect([voice.muted, notices()]).to.deep.equal([false, []]);
    expect(voice.shadowRoot!.activeElement?.getAttribute('part')).to.equal('stop-button');
  });

  it('tells that nothing comes from the microphone, until something does', async () => {
    await voice.start();
    await until(
      () => notices().includes('Nothing can be heard from this microphone. Check that it is switched on.'),
      'is told',
    );
    hum.loudness = 0.3;
    await until(() => notices().length === 0, 'is heard');
  });

  it('is written where CSS finds it, drawn, and gone after the call', async () => {
    expect(voice.getAttribute('style')).to.equal(null);
    await voice.start();
    hum.loudness = 0.5;
    await until(() => level('input') > 0.5 && bar() > 8, 'is loud');
    hum.loudness = 0;
    const speaking = nextEvent(voice, 'realtime-activity-change', () => voice.activity === 'speaking');
    await voice.sendText('tell me a story');
    await speaking;
    await until(() => level('output') > 0.1, 'speaks');
    voice.stop();
    expect(voice.style.length).to.equal(0);
  });

  it('costs nothing while nobody can see it', async () => {
    await voice.start();
    hum.loudness = 0.5;
    await until(() => level('input') > 0.5, 'is seen');
    voice.hidden = true;
    await until(() => voice.style.length === 0, 'is hidden');
    voice.hidden = false;
    await until(() => level('input') > 0.5, 'is seen again');
  });

  it('is heard and counted in a floating widget too, open or not', async () => {
    voice.layout = 'floating';
    await voice.start();
    hum.loudness = 0.5;
    await until(() => level('input') > 0.5, 'is measured');
    voice.open = true;
    const timer = (): string => voice.renderRoot.querySelector('[part="timer"]')?.textContent ?? '';
    await until(() => /0:0[1-9]/.test(timer()), 'is counted');
  });
});

describe('a visitor who types before the call', function () {
  this.timeout(60_000);

  it('is not told of a microphone, nor asked for one, and nobody pretends to listen', async () => {
    let asked = 0;
    const media = {
      getUserMedia: async () => {
        asked += 1;
        throw new DOMException('', 'NotAllowedError');
      },
      enumerateDevices: async () => [],
      addEventListener: () => {},
    };
    const voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl }, { media });
    await voice.updateComplete;
    const box = voice.renderRoot.querySelector('textarea')!;
    box.value = 'hello';
    const done = answered(voice);
    voice.renderRoot.querySelector<HTMLElement>('[part="send-button"]')!.click();
    await done;
    await until(() => voice.activity === 'listening', 'is quiet');
    const status = (): string => voice.renderRoot.querySelector('[part="status"]')!.textContent.trim();
    await until(() => status() === 'Ready', 'is ready');
    expect(asked).to.equal(0);
    voice.remove();
  });

  it('is offered to type when the microphone is refused, and may', async () => {
    const refuse = {
      getUserMedia: async () => {
        throw new DOMException('Permission denied', 'NotAllowedError');
      },
      enumerateDevices: async () => [],
      addEventListener: () => {},
    };
    const voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl }, { media: refuse });
    await voice.start().catch(() => {});
    await voice.updateComplete;
    const alert = voice.renderRoot.querySelector('[role="alert"]')!;
    expect(alert.querySelector('span')!.textContent).to.equal(
      'The microphone is blocked. Allow it in the address bar, then try again.',
    );
    alert.querySelector('button')!.click();
    expect(voice.shadowRoot!.activeElement?.localName).to.equal('textarea');
    await voice.updateComplete;
    expect(voice.shadowRoot!.activeElement?.localName).to.equal('textarea');
    // Who goes on to something else meanwhile is not called back.
    const elsewhere = document.body.appendChild(document.createElement('input'));
    elsewhere.focus();
    await until(() => voice.status === 'connected', 'is connected');
    await voice.updateComplete;
    expect(document.activeElement?.localName).to.equal('input');
    elsewhere.remove();
    voice.remove();
  });
});
