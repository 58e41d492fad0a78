import { expect, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { RealtimeError } from '../../src/index.js';

StagedVoice.define('staged-voice');

describe('<realtime-voice layout="floating">', () => {
  let page: HTMLElement;
  let voice: StagedVoice;

  beforeEach(async () => {
    page = document.body.appendChild(document.createElement('div'));
    voice = document.createElement('staged-voice') as StagedVoice;
    voice.layout = 'floating';
    page.append(voice);
    await voice.updateComplete;
  });
  afterEach(() => page.remove());

  const find = (part: string): HTMLElement =>
    voice.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`)!;
  const panelIsOpen = (): boolean => find('panel').matches(':popover-open');
  const drawn = async (): Promise<void> => {
    await voice.updateComplete;
    await nextFrame();
  };
  const elsewhere = (): HTMLElement => {
    const box = page.appendChild(document.createElement('input'));
    box.focus();
    return box;
  };

  it('opens to show what went wrong, and leaves the focus where it is', async () => {
    const focused = elsewhere();
    voice.stage.show('failed', { error: new RealtimeError('permission.denied') });
    await drawn();
    expect([panelIsOpen(), document.activeElement]).to.deep.equal([true, focused]);
    expect(find('panel').querySelector('[role="alert"]')!.checkVisibility()).to.equal(true);
  });

  it('opens to show why a call has ended that nobody has ended', async () => {
    voice.stage.show('connected');
    voice.stage.show('idle', { reason: 'limit', error: new RealtimeError('limit.idle') });
    await drawn();
    expect(panelIsOpen()).to.equal(true);
    expect(find('panel').textContent).to.contain('because nobody spoke');
  });

  it('stays as it is where somebody has ended the call', async () => {
    voice.stage.show('connected');
    voice.stage.show('idle', { reason: 'host' });
    await drawn();
    expect(panelIsOpen()).to.equal(false);
  });

  it('stays as it is where the page itself has forbidden the call', async () => {
    voice.stage.show('failed', { error: new RealtimeError('lifecycle.aborted') });
    await drawn();
    expect(panelIsOpen()).to.equal(false);
  });

  it('opens to ask for consent, and leaves the focus where it is', async () => {
    const focused = elsewhere();
    voice.consent = true;
    const started = voice.start().catch(() => {});
    await drawn();
    expect([panelIsOpen(), document.activeElement]).to.deep.equal([true, focused]);
    expect(find('accept-button').checkVisibility()).to.equal(true);
    voice.stop();
    await started;
  });

  it('takes who is on the launcher along to what went wrong', async () => {
    find('launcher').focus();
    voice.stage.show('failed', { error: new RealtimeError('permission.denied') });
    await drawn();
    expect([panelIsOpen(), voice.shadowRoot!.activeElement]).to.deep.equal([true, find('start-button')]);
  });

  it('keeps to a window as low as a phone at 400 %, where everything can be scrolled to', async () => {
    await setViewport({ width: 320, height: 256 });
    try {
      find('launcher').click();
      await drawn();
      const isInside = (element: Element): boolean => {
        const { top, bottom } = element.getBoundingClientRect();
        return top >= 0 && bottom <= window.innerHeight;
      };
      const close = find('header').querySelector('button')!;
      expect([find('status'), close].map(isInside)).to.deep.equal([true, true]);
      find('panel').scrollTop = find('panel').scrollHeight;
      find('text-input').scrollIntoView({ block: 'nearest' });
      expect(isInside(find('text-input'))).to.equal(true);
    } finally {
      await setViewport({ width: 800, height: 600 });
    }
  });

  /** A label would go before it. */
  const nameByContent = (button: HTMLElement): string | null => {
    const nodes = button.querySelector('slot')!.assignedNodes({ flatten: true });
    return button.ariaLabel ?? nodes.map(({ textContent }) => textContent?.trim()).join('');
  };

  it('is opened by a button that is called what the page has written on it', () => {
    voice.innerHTML = '<span slot="launcher">Ask the shop</span>';
    expect(nameByContent(find('launcher'))).to.equal('Ask the shop');
  });

  it('is opened by a button with a name of its own, where the page writes nothing', () => {
    expect(nameByContent(find('launcher'))).to.equal('Open voice assistant');
  });

  it('gets the focus where its first button is not shown', async () => {
    voice.controls = 'mute text';
    await voice.updateComplete;
    find('launcher').click();
    await drawn();
    expect(voice.shadowRoot!.activeElement?.ariaLabel).to.equal('Close');
  });
});
