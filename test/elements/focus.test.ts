import { expect, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { RealtimeError } from '../../src/index.js';

StagedVoice.define('staged-voice');

/** Only that small, and a finger or a shaking hand still meets it (WCAG 2.2, 2.5.8); buttons are larger. */
const SMALLEST_PX = 24;
const BUTTON_PX = 44;

describe('the focus of <realtime-voice>', () => {
  let page: HTMLElement;
  let voice: StagedVoice;

  beforeEach(async () => {
    page = document.body.appendChild(document.createElement('div'));
    voice = document.createElement('staged-voice') as StagedVoice;
    voice.controls = 'start mute text interrupt devices volume transcript usage';
    page.append(voice);
    await voice.updateComplete;
  });
  afterEach(() => page.remove());

  const find = (part: string): HTMLElement =>
    voice.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`)!;
  const focused = (): Element | null => voice.shadowRoot!.activeElement;
  const partOf = (element: Element | null): string | null | undefined => element?.getAttribute('part');
  const float = async (): Promise<void> => {
    voice.layout = 'floating';
    await voice.updateComplete;
  };
  const press = async (key: string): Promise<void> => {
    await sendKeys({ press: key });
    await voice.updateComplete;
    await nextFrame();
  };

  it('goes into a floating panel that a button of the page opens, and back there', async () => {
    await float();
    const opener = page.appendChild(document.createElement('button'));
    opener.focus();
    voice.dispatchEvent(Object.assign(new Event('command'), { command: '--show', source: opener }));
    await voice.updateComplete;
    await nextFrame();
    expect([voice.open, partOf(focused())]).to.deep.equal([true, 'start-button']);
    await press('Escape');
    expect([voice.open, document.activeElement]).to.deep.equal([false, opener]);
  });

  it('goes back to the launcher when the page closes the panel around it', async () => {
    await float();
    find('launcher').click();
    await voice.updateComplete;
    await nextFrame();
    voice.open = false;
    await voice.updateComplete;
    expect(partOf(focused())).to.equal('launcher');
  });

  it('is not taken by a panel that opens by itself', async () => {
    const elsewhere = page.appendChild(document.createElement('input'));
    elsewhere.focus();
    await float();
    voice.open = true;
    await voice.updateComplete;
    expect(document.activeElement).to.equal(elsewhere);
  });

  it('goes round in a floating panel, by what the page has put there too', async () => {
    voice.innerHTML = '<a slot="footer" href="#privacy">Privacy</a>';
    await float();
    find('launcher').click();
    await voice.updateComplete;
    await nextFrame();
    const [link] = voice.children;
    const names: string[] = [];
    for (let count = 0; count < 12; count += 1) {
      names.push(
        document.activeElement === link ? 'link' : (focused()?.ariaLabel ?? partOf(focused()) ?? '?'),
      );
      await press('Tab');
    }
    expect(names).to.include('link').and.to.include('Close');
    expect(names).not.to.include('?');
    expect(names[names.indexOf('link') + 1]).to.equal('Close');
    while (document.activeElement !== link) await press('Tab');
    await press('Tab');
    await sendKeys({ down: 'Shift' });
    await press('Tab');
    await sendKeys({ up: 'Shift' });
    expect(document.activeElement).to.equal(link);
  });

  it('is not moved by Escape while an input method uses it, in Chrome’s way and in Safari’s', async () => {
    await float();
    find('launcher').click();
    await voice.updateComplete;
    for (const init of [{ isComposing: true }, { keyCode: 229 }]) {
      const escape = new KeyboardEvent('keydown', { key: 'Escape', bubbles: true, composed: true, ...init });
      find('text-input').dispatchEvent(escape);
      await voice.updateComplete;
      expect(voice.open).to.equal(true);
    }
  });

  it('stays on the button whose name changes, and on those that can do nothing now', async () => {
    const call = { connectedAt: Date.now(), phase: 'token' } as const;
    for (const [part, work] of [
      ['start-button', () => voice.stage.show('connecting', call)],
      ['stop-button', () => voice.stage.show('idle')],
      ['start-button', () => voice.stage.show('connected', { ...call, activity: 'speaking' })],
      ['interrupt-button', () => voice.stage.act('listening')],
      ['mute-button', () => voice.stage.show('idle')],
    ] as const) {
      const button = find(part);
      button.focus();
      work();
      voice.requestUpdate();
      await voice.updateComplete;
      await nextFrame();
      expect(focused(), part).to.equal(button);
    }
    voice.stage.show('connected', call);
    await voice.updateComplete;
    expect(find('mute-button').ariaDisabled).to.equal('false');
    voice.stage.show('idle');
    await voice.updateComplete;
    find('mute-button').click();
    expect([find('mute-button').ariaDisabled, voice.muted]).to.deep.equal(['true', false]);
  });

  it('returns from a notice that is gone to where it can go on', async () => {
    voice.muted = true;
    voice.stage.show('connected', { connectedAt: Date.now() });
    Object.defineProperty(voice.stage, 'localStream', { value: null });
    voice.stage.tell('error', { error: new RealtimeError('channel.too_large') });
    voice.stage.show('failed', { error: new RealtimeError('permission.denied') });
    await voice.updateComplete;
    const [typeInstead] = voice.renderRoot.querySelectorAll<HTMLElement>('[part="notice"] button');
    typeInstead!.focus();
    voice.stage.show('idle');
    await voice.updateComplete;
    expect(partOf(focused())).to.equal('start-button');
  });

  it('returns from a notice that is gone to the panel where no other button is shown', async () => {
    await float();
    voice.controls = 'mute text';
    voice.open = true;
    voice.stage.show('failed', { error: new RealtimeError('permission.denied') });
    await voice.updateComplete;
    voice.renderRoot.querySelector<HTMLElement>('[part="notice"] button')!.focus();
    voice.stage.show('idle');
    await voice.updateComplete;
    expect(focused()?.ariaLabel).to.equal('Close');
  });

  it('goes to the question for consent when its asker had it, and back after the answer', async () => {
    voice.consent = true;
    await voice.updateComplete;
    find('text-input').focus();
    await sendKeys({ type: 'hello' });
    await press('Enter');
    await voice.updateComplete;
    expect(partOf(focused())).to.equal('consent');
    await press('Tab');
    expect(partOf(focused())).to.equal('accept-button');
    await press('Tab');
    await press('Enter');
    await voice.updateComplete;
    expect([partOf(focused()), (find('text-input') as HTMLTextAreaElement).value]).to.deep.equal([
      'text-input',
      'hello',
    ]);
  });

  it('stays with who types while a question for consent waits that the page has caused', async () => {
    voice.consent = true;
    const started = voice.start().catch(() => {});
    await voice.updateComplete;
    find('text-input').focus();
    voice.requestUpdate();
    await voice.updateComplete;
    expect([find('consent').isConnected, partOf(focused())]).to.deep.equal([true, 'text-input']);
    voice.stop();
    await started;
  });

  it('goes to the question for consent, not to the button that calls it off, when its panel is opened again', async () => {
    await float();
    voice.consent = true;
    await voice.updateComplete;
    find('launcher').click();
    await voice.updateComplete;
    await nextFrame();
    await press('Enter');
    expect(partOf(focused())).to.equal('consent');
    await press('Escape');
    expect([voice.status, partOf(focused())]).to.deep.equal(['connecting', 'launcher']);
    await press('Enter');
    await nextFrame();
    expect(partOf(focused())).to.equal('consent');
    voice.stop();
  });

  it('is not taken from the page by a question for consent', async () => {
    const elsewhere = page.appendChild(document.createElement('input'));
    elsewhere.focus();
    voice.consent = true;
    const started = voice.start().catch(() => {});
    await voice.updateComplete;
    expect([find('consent').isConnected, document.activeElement]).to.deep.equal([true, elsewhere]);
    voice.stop();
    await started;
  });

  it('finds targets that are large enough', async () => {
    voice.pushToTalk = true;
    voice.stage.show('connected', { connectedAt: Date.now() });
    voice.stage.receive([
      {
        type: 'conversation.item.added',
        item: { id: 'c', type: 'function_call', name: 'book', call_id: 'c', arguments: '{}' },
      },
    ]);
    voice.renderRoot.querySelector<HTMLElement>('.controls [aria-expanded]')!.click();
    await voice.updateComplete;
    const targets = [
      ...voice.renderRoot.querySelectorAll<HTMLElement>('button, select, input, textarea, summary'),
    ];
    const small = targets
      .filter((target) => target.checkVisibility())
      .map((target) => ({ target, box: target.getBoundingClientRect() }))
      .filter(({ target, box }) => {
        const least = target.localName === 'summary' ? SMALLEST_PX : BUTTON_PX;
        return Math.min(box.width, box.height) < least - 0.5;
      });
    expect(
      small.map(({ target, box }) => `${target.outerHTML.slice(0, 60)} ${box.width}×${box.height}`),
    ).to.deep.equal([]);
    expect(parseFloat(getComputedStyle(find('text-input')).fontSize)).to.be.at.least(16);
  });

  it('survives that a floating panel is moved in the page', async () => {
    await float();
    find('launcher').click();
    await voice.updateComplete;
    const elsewhere = page.appendChild(document.createElement('section'));
    elsewhere.append(voice);
    await voice.updateComplete;
    expect(find('panel').matches(':popover-open')).to.equal(true);
  });

  it('starts one call of a key that is held, from the launcher on', async () => {
    voice.replay = URL.createObjectURL(new Blob(['{"type":"session.created"}']));
    let calls = 0;
    voice.addEventListener('realtime-status-change', ({ detail: { status, previous } }) => {
      if (status === 'connecting' && previous !== status) calls += 1;
    });
    await float();
    find('launcher').focus();
    const hold = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        await sendKeys({ down: 'Enter' });
        await voice.updateComplete;
        await nextFrame();
      }
      await sendKeys({ up: 'Enter' });
    };
    await hold(4);
    expect([voice.open, partOf(focused()), calls]).to.deep.equal([true, 'start-button', 0]);
    await hold(4);
    expect(calls).to.equal(1);
    voice.stop();
  });

  it('starts one call of a double click', async () => {
    voice.replay = URL.createObjectURL(new Blob(['{"type":"session.created"}']));
    const click = (detail: number): boolean =>
      find('controls')
        .querySelector('button')!
        .dispatchEvent(new MouseEvent('click', { detail, bubbles: true }));
    click(1);
    click(2);
    expect(voice.status).to.equal('connecting');
    voice.stop();
  });
});
