import { expect, nextFrame } from '@open-wc/testing';
import fc from 'fast-check';
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

describe('the lines on screen', function () {
  this.timeout(30_000);
  let voice: StagedVoice;

  const open = async (): Promise<void> => {
    voice?.remove();
    voice = document.body.appendChild(document.createElement('staged-voice') as StagedVoice);
    await voice.updateComplete;
    voice.stage.show('connected', { connectedAt: Date.now() });
    const session = { id: 's', audio: { input: { transcription: { model: 'm' } } } };
    voice.stage.receive([{ type: 'session.created', session }]);
  };
  beforeEach(open);
  afterEach(() => voice.remove());

  /** Tools and speech without words yet are empty in both. */
  const onScreen = (): readonly (string | null)[] =>
    [...voice.renderRoot.querySelectorAll('.turn')].map((row) =>
      row.matches('.tool, .placeholder') ? '' : row.querySelector('.text')!.textContent,
    );
  const said = (): readonly string[] => voice.turns.map(({ text }) => text);

  const message = (id: string): object => ({
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text: id }],
  });
  const added = (id: string, previous: string | null, item: object = message(id)): ServerEvent => ({
    type: 'conversation.item.added',
    previous_item_id: previous,
    item: {
      id,
      ...item,
    },
  });
  const starts = (id: string): ServerEvent => ({ type: 'input_audio_buffer.speech_started', item_id: id });
  const heard = (id: string, previous: string | null): ServerEvent[] => [
    { type: 'input_audio_buffer.committed', item_id: id, previous_item_id: previous },
    {
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: id,
      content_index: 0,
      transcript: id,
    },
  ];

  it('put what is said while a tool runs after the answer that it follows', () => {
    voice.stage.receive([
      starts('u1'),
      ...heard('u1', null),
      added('f1', 'u1', { type: 'function_call', name: 'weather', call_id: 'c', arguments: '{}' }),
      starts('u2'),
      added('o1', 'f1', { type: 'function_call_output', call_id: 'c', output: 'sunny' }),
      added('a2', 'o1'),
      ...heard('u2', 'a2'),
    ]);
    expect(onScreen()).to.deep.equal(['u1', '', 'a2', 'u2']);
  });

  it('put what is said while something is typed after the answer to that', () => {
    voice.stage.receive([
      added('a1', null),
      starts('u2'),
      added('t1', 'a1'),
      added('a2', 't1'),
      ...heard('u2', 'a2'),
    ]);
    expect(onScreen()).to.deep.equal(['a1', 't1', 'a2', 'u2']);
  });

  it('put words that come before their place after what they answer', () => {
    voice.stage.receive([delta('a1', 'Hello', 0), starts('u1'), ...heard('u1', null), added('a1', 'u1')]);
    expect(onScreen()).to.deep.equal(['u1', 'a1']);
  });

  it('stand as in the transcript after any mixture of links', async () => {
    const number = fc.integer({ min: 0, max: 80 });
    const name = (one: number): string => `item ${one}`;
    const event = fc.oneof(
      number.map((one) => starts(name(one))),
      fc.tuple(number, number).map(([one, previous]) => added(name(one), name(previous))),
      fc
        .tuple(number, number)
        .map(([one, previous]) => heard(name(one), previous ? name(previous) : null)[0]!),
      fc.tuple(number, fc.nat()).map(([one, at]) => delta(name(one), `${one} `, at)),
      number.map((one): ServerEvent => ({ type: 'conversation.item.deleted', item_id: name(one) })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(event, { minLength: 50, maxLength: 150 }), async (events) => {
        await open();
        voice.stage.receive(events);
        expect(onScreen()).to.deep.equal(said());
        const sections = [...voice.renderRoot.querySelectorAll('.section')];
        expect(sections.every(({ childElementCount }) => childElementCount > 0)).to.equal(true);
      }),
      { numRuns: 50 },
    );
  });
});
