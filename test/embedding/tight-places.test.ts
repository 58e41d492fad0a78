import { expect } from '@open-wc/testing';
import '../../src/define.js';
import { until } from '../support/until.js';

/** Places where a box is as wide as its content asks for. */
const places: Readonly<Record<string, readonly [around: string, own: string]>> = {
  'a centred flex box': ['display: flex; justify-content: center; align-items: center', ''],
  'a grid that centres its items': ['display: grid; place-items: center', ''],
  'a float': ['', 'float: left'],
  'an absolute position': ['', 'position: absolute'],
};

describe('an element in a place that is as wide as its content', () => {
  let box: HTMLElement;

  beforeEach(() => {
    box = document.body.appendChild(document.createElement('div'));
  });
  afterEach(() => box.remove());

  const place = async (tag: string, around: string, own: string): Promise<HTMLElement> => {
    box.style.cssText = `position: relative; width: 800px; ${around}`;
    const element = document.createElement(tag);
    element.style.cssText = own;
    box.append(element);
    await until(() => element.shadowRoot?.querySelector('[part~=base]'));
    return element;
  };

  for (const tag of ['realtime-voice', 'realtime-event-panel'])
    for (const [name, [around, own]] of Object.entries(places)) {
      it(`is wide enough to be used, and no wider than its place: <${tag}> in ${name}`, async () => {
        const element = await place(tag, around, own);
        expect(element.offsetWidth).to.be.within(280, 800);
        box.style.width = '260px';
        expect(element.offsetWidth).to.be.within(240, 260);
      });
    }

  it('takes no room when it floats', async () => {
    const voice = await place('realtime-voice', 'display: flex', '');
    voice.setAttribute('layout', 'floating');
    await until(() => voice.shadowRoot!.querySelector('.floating'));
    expect(voice.shadowRoot!.querySelector<HTMLElement>('[part~=base]')!.offsetWidth).to.equal(0);
  });
});
