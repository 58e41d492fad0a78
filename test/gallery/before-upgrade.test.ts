import { expect } from '@open-wc/testing';
import { RealtimeVoiceElement } from '../../src/index.js';

/** What the README tells pages to say. */
const ADVICE = `
  later-voice:not(:defined) { display: flow-root; min-block-size: min(560px, 80dvh); }
  later-voice:not(:defined) > [slot] { display: none; }
`;

describe('<realtime-voice> before its script is there', () => {
  it('shows what stands inside the tag, and takes its place without moving the page', async () => {
    const page = document.createElement('div');
    page.innerHTML = `<style>${ADVICE}</style>
      <later-voice><p id="way">Call us</p><p slot="empty">Say hello</p></later-voice><p id="below">Below</p>`;
    document.body.append(page);
    const shown = (selector: string): boolean => page.querySelector(selector)!.checkVisibility();
    const top = (): number => page.querySelector('#below')!.getBoundingClientRect().top;
    const before = top();
    expect([shown('#way'), shown('[slot]')]).to.deep.equal([true, false]);

    RealtimeVoiceElement.define('later-voice');
    await page.querySelector<RealtimeVoiceElement>('later-voice')!.updateComplete;
    expect([shown('#way'), shown('[slot]')]).to.deep.equal([false, true]);
    expect(top()).to.equal(before);
    page.remove();
  });
});
