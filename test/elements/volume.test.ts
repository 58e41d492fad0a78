import { expect } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { until } from '../support/until.js';

/** Its player is that of an iPhone: the volume looks as if it could be set, and then is what it was. */
class PhoneVoice extends StagedVoice {
  protected override faceSeams() {
    const seams = super.faceSeams();
    const createPlayer = (): HTMLAudioElement => {
      let volume = 1;
      return Object.defineProperty(seams.createPlayer(), 'volume', {
        get: () => volume,
        set(wish: number) {
          volume = wish;
          queueMicrotask(() => (volume = 1));
        },
      });
    };
    return { ...seams, createPlayer };
  }
}
StagedVoice.define('staged-voice');
PhoneVoice.define('phone-voice');

describe('the volume of <realtime-voice>', () => {
  let voice: StagedVoice;
  afterEach(() => voice.remove());

  const openSettings = async (name: string): Promise<void> => {
    voice = document.body.appendChild(document.createElement(name) as StagedVoice);
    voice.controls = 'start volume usage';
    await voice.updateComplete;
    voice.renderRoot.querySelector<HTMLElement>('.controls [aria-expanded]')!.click();
    await voice.updateComplete;
  };
  const slider = (): HTMLInputElement | null => voice.renderRoot.querySelector('[part="volume"] input');

  it('is not offered where the system leaves it to its buttons', async () => {
    await openSettings('phone-voice');
    await until(() => !slider(), 'the slider is still there');
    expect(voice.text('usage')).not.to.equal('');
  });

  it('is offered elsewhere, and is as it was set', async () => {
    await openSettings('staged-voice');
    slider()!.value = '40';
    slider()!.dispatchEvent(new Event('input'));
    voice.requestUpdate();
    await voice.updateComplete;
    expect(slider()!.value).to.equal('40');
  });
});
