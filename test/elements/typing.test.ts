import { expect } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { countedVoice } from '../support/counted-voice.js';
import { HandClock } from '../support/hand-clock.js';
import { PretendLine } from '../support/pretend-line.js';
import { until } from '../support/until.js';

StagedVoice.define('staged-voice');

describe('the text box of <realtime-voice>', () => {
  let voice: StagedVoice;

  beforeEach(async () => {
    voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    await voice.updateComplete;
  });
  afterEach(() => voice.remove());

  it('gets back all that was sent while a call failed to begin, in order', async () => {
    let refuse!: (reason: Error) => void;
    voice.tokenProvider = () => new Promise((_, reject) => (refuse = reject));
    const box = voice.renderRoot.querySelector('textarea')!;
    const sends = (text: string): void => {
      box.value = text;
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
    };
    sends('one');
    await until(() => refuse !== undefined);
    sends('two');
    sends('three');
    refuse(new Error('no'));
    await until(() => box.value.includes('one'));
    // What happens to the others happens in the same turn of the event loop.
    await new Promise(requestAnimationFrame);
    expect(box.value).to.equal('one\ntwo\nthree');
  });

  for (const [when, words, said, work] of [
    [
      'the call is being restored',
      'Are you there?',
      'The message could not be sent.',
      (line: PretendLine) => line.latest.sink.wobble(),
    ],
    ['they are more than a call can carry', 'word '.repeat(20_000), 'This message is too long.', () => {}],
  ] as const)
    it(`keeps words that cannot be sent, and says so: ${when}`, async () => {
      const line = new PretendLine();
      const call = countedVoice({ idleTimeout: 0 }, { open: line.dial, clock: new HandClock() });
      await call.start();
      await call.updateComplete;
      work(line);
      const told: string[] = [];
      call.addEventListener('realtime-error', ({ detail }) => told.push(detail.error.code));
      const box = call.renderRoot.querySelector('textarea')!;
      box.value = words;
      box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      await until(() => call.renderRoot.querySelector('[role="alert"]'));
      expect(call.renderRoot.querySelector('[role="alert"]')!.textContent).to.contain(said);
      expect([box.value, told.length]).to.deep.equal([words.trim(), 1]);
      call.remove();
    });
});

describe('the settings of <realtime-voice>, open', () => {
  it('keep the keys that choose in a list or move a slider, and leave the page the others', async () => {
    const voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    voice.controls = 'devices volume';
    await voice.updateComplete;
    voice.renderRoot.querySelector<HTMLElement>('.controls button')!.click();
    await until(() => voice.renderRoot.querySelector('select') && voice.renderRoot.querySelector('input'));
    const heard: string[] = [];
    const listen = ({ key }: KeyboardEvent): unknown => heard.push(key);
    document.body.addEventListener('keydown', listen);
    for (const field of ['select', 'input'])
      for (const init of [{ key: 'm' }, { key: 'ArrowLeft' }, { key: 'k', ctrlKey: true }, { key: 'Escape' }])
        voice.renderRoot
          .querySelector(field)!
          .dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, composed: true, ...init }));
    document.body.removeEventListener('keydown', listen);
    expect(heard).to.deep.equal(['k', 'Escape', 'k', 'Escape']);
    voice.remove();
  });
});
