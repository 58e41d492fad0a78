import { expect } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import { TalkButton } from '../../src/elements/talk-button.js';

StagedVoice.define('staged-voice');

/** Longer than a tap. */
const HOLD_MS = 400;

describe('the talk button', () => {
  let button: HTMLButtonElement;
  let talking: boolean;
  let told: string[];

  beforeEach(() => {
    talking = false;
    told = [];
    const become = (now: boolean): void => {
      talking = now;
      told.push(now ? 'start' : 'stop');
    };
    const talk = new TalkButton({
      start: () => become(true),
      stop: () => become(false),
      talking: () => talking,
    });
    button = document.createElement('button');
    for (const type of ['pointerdown', 'pointerup', 'pointercancel', 'click', 'keydown', 'keyup', 'blur'])
      button.addEventListener(type, (event) => talk.take(event));
  });

  const happens = (event: Event, at: number): void => {
    Object.defineProperty(event, 'timeStamp', { value: at });
    button.dispatchEvent(event);
  };
  const pointer = (type: string, at: number): void => happens(new PointerEvent(type, { pointerId: 1 }), at);
  const click = (at: number): void => happens(new MouseEvent('click', { cancelable: true }), at);

  it('stays pressed by a click alone, as assistive technology sends it, and sends by the next one', () => {
    click(1_000);
    expect([talking, told]).to.deep.equal([true, ['start']]);
    click(5_000);
    expect([talking, told]).to.deep.equal([false, ['start', 'stop']]);
  });

  it('takes a tap with its click for one', () => {
    pointer('pointerdown', 1_000);
    pointer('pointerup', 1_050);
    click(1_050);
    expect([talking, told]).to.deep.equal([true, ['start']]);
  });

  it('takes the click after a hold for a part of it', () => {
    pointer('pointerdown', 1_000);
    pointer('pointerup', 1_000 + HOLD_MS);
    click(1_000 + HOLD_MS);
    expect([talking, told]).to.deep.equal([false, ['start', 'stop']]);
  });

  it('is not pressed by the other buttons of a mouse', () => {
    happens(new PointerEvent('pointerdown', { pointerId: 1, button: 2 }), 1_000);
    happens(new PointerEvent('pointerup', { pointerId: 1, button: 2 }), 1_050);
    expect([talking, told]).to.deep.equal([false, []]);
  });

  it('takes a click that comes long after a tap', () => {
    pointer('pointerdown', 1_000);
    pointer('pointerup', 1_050);
    click(9_000);
    expect([talking, told]).to.deep.equal([false, ['start', 'stop']]);
  });
});

describe('the talk button of <realtime-voice>', () => {
  it('takes a click', async () => {
    const voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    voice.pushToTalk = true;
    voice.stage.show('connected', { connectedAt: Date.now() });
    await voice.updateComplete;
    let asked = 0;
    voice.stage.startTalking = async () => void (asked += 1);
    voice.renderRoot.querySelector<HTMLElement>('[part="talk-button"]')!.click();
    expect(asked).to.equal(1);
    voice.remove();
  });
});
