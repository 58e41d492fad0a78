import { expect } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';

StagedVoice.define('staged-voice');

/** Names that a page may well use for itself. */
const NAMES = [
  'accent',
  'surface',
  'text',
  'muted',
  'border',
  'danger',
  'radius',
  'gap',
  'soft',
  'level',
  'light',
];

describe('what a page puts into <realtime-voice>', () => {
  it('keeps the custom properties of the page', async () => {
    const page = document.body.appendChild(document.createElement('div'));
    for (const name of NAMES) page.style.setProperty(`--${name}`, `of the page`);
    const voice = page.appendChild(document.createElement('staged-voice') as StagedVoice);
    voice.innerHTML = '<p slot="footer">Terms</p><p slot="empty">Ask</p><p slot="heading">Shop</p>';
    await voice.updateComplete;
    for (const given of voice.children) {
      const style = getComputedStyle(given);
      const theirs = NAMES.filter((name) => style.getPropertyValue(`--${name}`) === 'of the page');
      expect(theirs, given.slot).to.deep.equal(NAMES);
    }
    page.remove();
  });

  it('can be drawn in a colour of the page', async () => {
    const page = document.body.appendChild(document.createElement('div'));
    page.style.setProperty('--border', 'rgb(1, 2, 3)');
    const voice = page.appendChild(document.createElement('staged-voice') as StagedVoice);
    voice.innerHTML = '<p slot="footer" style="border: 1px solid var(--border)">Terms</p>';
    await voice.updateComplete;
    expect(getComputedStyle(voice.firstElementChild!).borderTopColor).to.equal('rgb(1, 2, 3)');
    page.remove();
  });
});
