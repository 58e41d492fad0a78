import { expect, nextFrame } from '@open-wc/testing';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';
import type { ServerEvent } from '../../src/index.js';
import { delta, done } from '../support/growing-answer.js';

StagedVoice.define('staged-voice');

const turn = (id: string, words: string): ServerEvent => ({
  type: 'conversation.item.added',
  item: {
    id,
    type: 'message',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_audio', transcript: words }],
  },
});
const WORDS = 'a few words that fill a line or two of the transcript, ';

describe('the transcript of <realtime-voice>', function () {
  this.timeout(20_000);
  let voice: StagedVoice;
  let scroller: HTMLElement;

  beforeEach(async () => {
    voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    await voice.updateComplete;
    voice.stage.show('connected', { connectedAt: Date.now() });
    scroller = voice.renderRoot.querySelector<HTMLElement>('[part="transcript"]')!;
    voice.stage.receive(Array.from({ length: 40 }, (_, count) => turn(`turn ${count}`, WORDS.repeat(3))));
    await settled();
  });
  afterEach(() => voice.remove());

  /** What the last events have led to has been laid out. */
  const settled = async (): Promise<void> => {
    await voice.updateComplete;
    await nextFrame();
    await nextFrame();
  };
  const stream = async (from: number, count: number): Promise<void> => {
    for (let at = from; at < from + count; at += 1) {
      voice.stage.receive([delta('answer', WORDS, at)]);
      if (at % 10 === 0) await nextFrame();
    }
    await settled();
  };
  const fromEnd = (): number => {
    const last = [...voice.renderRoot.querySelectorAll('[part~="turn"]')].at(-1)!.getBoundingClientRect();
    return last.bottom - scroller.getBoundingClientRect().bottom;
  };
  const jumpButton = (): HTMLElement | null => voice.renderRoot.querySelector('[part="jump-button"]');
  const readBack = async (): Promise<void> => {
    scroller.scrollTop = -300;
    await settled();
  };

  it('stays at its end through 200 deltas, and the page stays where it is', async () => {
    const filler = document.body.appendChild(document.createElement('div'));
    filler.style.height = '3000px';
    window.scrollTo(0, 120);
    await stream(0, 200);
    expect(fromEnd()).to.be.lessThan(2);
    expect(window.scrollY).to.equal(120);
    filler.remove();
    window.scrollTo(0, 0);
  });

  it('stays where it is being read, and offers the way back', async () => {
    await stream(0, 10);
    expect(jumpButton()).to.equal(null);
    await readBack();
    const read = voice.shadowRoot!.elementFromPoint(
      scroller.getBoundingClientRect().left + 40,
      scroller.getBoundingClientRect().top + 60,
    )!;
    const before = read.getBoundingClientRect().top;
    await stream(10, 200);
    expect(Math.abs(read.getBoundingClientRect().top - before)).to.be.lessThan(2);
    expect(jumpButton()?.textContent.trim()).to.equal('Jump to the latest');
    jumpButton()!.click();
    await settled();
    expect([jumpButton(), voice.shadowRoot!.activeElement]).to.deep.equal([null, scroller]);
    await stream(210, 50);
    expect(fromEnd()).to.be.lessThan(2);
  });

  it('follows again when the reader comes back to the end', async () => {
    await readBack();
    scroller.scrollTop = scroller.scrollHeight;
    await settled();
    expect(jumpButton()).to.equal(null);
    await stream(0, 50);
    expect(fromEnd()).to.be.lessThan(2);
  });

  it('keeps what is selected while words come, and when they are final', async () => {
    await stream(0, 3);
    const words = [...voice.renderRoot.querySelectorAll('[part~="turn"] [part="text"]')].at(-1)!.firstChild!;
    const range = document.createRange();
    range.setStart(words, 2);
    range.setEnd(words, 11);
    const selected = range.toString();
    await stream(3, 20);
    voice.stage.receive([done('answer', WORDS.repeat(23))]);
    await settled();
    expect(range.toString()).to.equal(selected);
    expect(selected).to.equal('few words');
  });

  it('keeps the focus and what was unfolded when a tool has answered', async () => {
    voice.stage.receive([
      {
        type: 'conversation.item.added',
        item: { id: 'c', type: 'function_call', name: 'book', call_id: 'c', arguments: '{}' },
      },
    ]);
    await settled();
    const details = (): HTMLDetailsElement => voice.renderRoot.querySelector('details')!;
    details().open = true;
    details().querySelector('summary')!.focus();
    voice.stage.receive([
      {
        type: 'conversation.item.added',
        item: { id: 'o', type: 'function_call_output', call_id: 'c', output: '7' },
      },
    ]);
    await settled();
    expect(details().textContent).to.contain('7');
    expect([details().open, voice.shadowRoot!.activeElement]).to.deep.equal([
      true,
      details().querySelector('summary'),
    ]);
  });
});
