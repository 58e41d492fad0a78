import { expect } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';

describe('a registry for a part of the page', () => {
  it('knows the elements while the rest of the page does not', async () => {
    const registry = new CustomElementRegistry();
    RealtimeVoiceElement.define('scoped-voice', registry);
    RealtimeEventPanelElement.define('scoped-panel', registry);
    const host = document.body.appendChild(document.createElement('div'));
    const root = host.attachShadow({ mode: 'open', customElementRegistry: registry } as ShadowRootInit);
    root.innerHTML = '<scoped-voice heading="Scoped"></scoped-voice><scoped-panel></scoped-panel>';
    const voice = root.querySelector('scoped-voice') as RealtimeVoiceElement;
    await voice.updateComplete;
    expect(voice.renderRoot.querySelector('[part="heading"]')?.textContent).to.equal('Scoped');
    expect(root.querySelector('scoped-panel')).to.be.instanceOf(RealtimeEventPanelElement);
    expect(customElements.get('scoped-voice')).to.equal(undefined);
    host.remove();
  });
});
