import { expect } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
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
});
