import { expect, nextFrame } from '@open-wc/testing';
import { setViewport } from '@web/test-runner-commands';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { countedVoice } from '../support/counted-voice.js';

const [WIDTH, HEIGHT, KEYBOARD] = [390, 740, 330];

/** What is seen of a page whose lower part a keyboard covers. */
class PretendPage extends EventTarget {
  height = HEIGHT;
  offsetTop = 0;
  scale = 1;
  listeners = 0;

  override addEventListener(...given: Parameters<EventTarget['addEventListener']>): void {
    this.listeners += 1;
    super.addEventListener(...given);
  }
  override removeEventListener(...given: Parameters<EventTarget['removeEventListener']>): void {
    this.listeners -= 1;
    super.removeEventListener(...given);
  }
  change(now: Partial<Pick<PretendPage, 'height' | 'offsetTop' | 'scale'>>): void {
    const type = now.height === undefined ? 'scroll' : 'resize';
    Object.assign(this, now);
    this.dispatchEvent(new Event(type));
  }
}

describe('<realtime-voice layout="floating"> beside the keyboard of a phone', () => {
  let voice: RealtimeVoiceElement;
  let page: PretendPage;

  before(() => setViewport({ width: WIDTH, height: HEIGHT }));
  after(() => setViewport({ width: 800, height: 600 }));
  beforeEach(async () => {
    page = new PretendPage();
    voice = countedVoice({ layout: 'floating', open: true }, {}, { page });
    await voice.updateComplete;
    await nextFrame();
  });
  afterEach(() => voice.remove());

  const find = (part: string): HTMLElement =>
    voice.renderRoot.querySelector<HTMLElement>(`[part~="${part}"]`)!;
  const place = (part: string): DOMRect => find(part).getBoundingClientRect();
  const isSeen = (part: string): boolean => {
    const { top, bottom } = place(part);
    return top >= page.offsetTop && bottom <= page.offsetTop + page.height;
  };

  it('stays in what is left of the window, with the field and the button of the call', () => {
    find('text-input').focus();
    page.change({ height: HEIGHT - KEYBOARD });
    expect(['panel', 'text-input', 'start-button'].map(isSeen)).to.deep.equal([true, true, true]);
  });

  for (const placement of ['bottom-end', 'top-start'] as const)
    it(`stays there when the browser moves what is seen: ${placement}`, async () => {
      voice.placement = placement;
      await voice.updateComplete;
      page.change({ height: HEIGHT - KEYBOARD });
      page.change({ offsetTop: KEYBOARD / 2 });
      expect(isSeen('panel')).to.equal(true);
      page.change({ offsetTop: KEYBOARD });
      expect(isSeen('panel')).to.equal(true);
    });

  it('is where it was when the keyboard goes', () => {
    const before = place('panel').toJSON();
    page.change({ height: HEIGHT - KEYBOARD });
    page.change({ height: HEIGHT });
    expect(place('panel').toJSON()).to.deep.equal(before);
  });

  it('stays where it is when somebody zooms in, or a scroll bar comes', () => {
    const before = place('panel').toJSON();
    page.change({ height: HEIGHT / 3, scale: 3 });
    page.change({ height: HEIGHT - 15, scale: 1 });
    expect(place('panel').toJSON()).to.deep.equal(before);
  });

  it('looks at the page only while it is open', async () => {
    const counts = [page.listeners > 0];
    voice.open = false;
    await voice.updateComplete;
    counts.push(page.listeners > 0);
    voice.open = true;
    await voice.updateComplete;
    voice.remove();
    counts.push(page.listeners > 0);
    expect(counts).to.deep.equal([true, false, false]);
  });
});
