import { expect, fixture, html, nextFrame } from '@open-wc/testing';
import type { ServerEvent } from '../../src/protocol/server-event.js';
import { StagedVoice } from '../../demo/gallery/staged-voice.js';

StagedVoice.define('staged-voice');

const COUNT = 600;

const message = (number: number, text = `turn ${number}`): ServerEvent => ({
  type: 'conversation.item.added',
  item: {
    id: `item${number}`,
    type: 'message',
    role: 'user',
    status: 'completed',
    content: [{ type: 'input_text', text }],
  },
});

/** Once the browser has told which blocks it skips. */
async function drawn(): Promise<void> {
  for (let frames = 0; frames < 4; frames += 1) await nextFrame();
}

async function longConversation(): Promise<{ voice: StagedVoice; scroller: HTMLElement }> {
  const voice = await fixture<StagedVoice>(html`<staged-voice style="block-size: 400px"></staged-voice>`);
  const scroller = voice.renderRoot.querySelector<HTMLElement>('[part="transcript"]')!;
  for (let number = 0; number < COUNT; number += 1) {
    voice.stage.receive([message(number)]);
    // A conversation is long because it took long: the browser has drawn each block before the next began.
    if (number % 64 === 0) await drawn();
  }
  await drawn();
  return { voice, scroller };
}

const shown = (scroller: HTMLElement): readonly string[] =>
  [...scroller.querySelectorAll('.text')].map(({ textContent }) => textContent ?? '');

describe('a long transcript', () => {
  it('keeps in the page what was said of late, and not what nobody has seen for long', async () => {
    const { scroller } = await longConversation();
    const texts = shown(scroller);
    expect(texts.at(-1)).to.equal(`turn ${COUNT - 1}`);
    expect(texts.length).to.be.within(200, 400);
  });

  it('shows all of it to who scrolls back, each turn once and in its place', async () => {
    const { scroller } = await longConversation();
    const seen = new Set<string>();
    while (seen.size < COUNT) {
      const before = seen.size;
      for (const text of shown(scroller)) seen.add(text);
      if (seen.has('turn 0')) break;
      const first = scroller.querySelector('.turn')!;
      first.scrollIntoView({ block: 'start' });
      for (
        let frames = 0;
        frames < 60 && shown(scroller)[0] === first.querySelector('.text')!.textContent;
        frames += 1
      )
        await nextFrame();
      for (const text of shown(scroller)) seen.add(text);
      expect(seen.size, 'turns seen after scrolling').to.be.greaterThan(before);
    }
    expect(seen.size).to.equal(COUNT);
  });

  it('takes a change of a turn long past', async () => {
    const { voice, scroller } = await longConversation();
    voice.stage.receive([{ type: 'conversation.item.deleted', item_id: 'item3' }]);
    const texts = shown(scroller);
    expect(texts.slice(0, 4)).to.deep.equal(['turn 0', 'turn 1', 'turn 2', 'turn 4']);
  });

  it('is empty when it is cleared', async () => {
    const { voice, scroller } = await longConversation();
    voice.clear();
    expect(shown(scroller)).to.deep.equal([]);
    await voice.updateComplete;
    expect(scroller.querySelector('.empty')).to.be.instanceOf(HTMLElement);
  });
});
