import { expect, nextFrame } from '@open-wc/testing';
import { sendKeys } from '@web/test-runner-commands';
import { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { delta, done } from '../support/growing-answer.js';
import { nextEvent } from '../support/next-event.js';

RealtimeVoiceElement.define();

/** A log to play, as the URL of a file. */
function tape(events: readonly object[]): string {
  return URL.createObjectURL(new Blob([events.map((event) => JSON.stringify(event)).join('\n')]));
}

const item = (id: string, previous: string | null, role: string, words: string): object => ({
  type: 'conversation.item.added',
  previous_item_id: previous,
  item: {
    id,
    type: 'message',
    status: 'completed',
    role,
    content: [{ type: role === 'user' ? 'input_text' : 'output_text', text: words }],
  },
});

describe('<realtime-voice>', () => {
  let voice: RealtimeVoiceElement;

  beforeEach(async () => {
    voice = document.createElement('realtime-voice') as RealtimeVoiceElement;
    document.body.append(voice);
    await voice.updateComplete;
  });
  afterEach(() => voice.remove());

  const find = <Type extends HTMLElement = HTMLElement>(part: string): Type => {
    const found = voice.renderRoot.querySelector<Type>(`[part~="${part}"]`);
    if (!found) throw new Error(`there is no part ${part}`);
    return found;
  };
  const play = async (events: readonly object[]): Promise<void> => {
    voice.replay = tape(events);
    const ended = nextEvent(voice, 'realtime-status-change', () => voice.status === 'idle');
    await voice.start();
    await ended;
    await voice.updateComplete;
  };

  it('reflects attributes to properties and back', async () => {
    voice.setAttribute('token-endpoint', '/token');
    voice.setAttribute('max-duration', '120');
    voice.setAttribute('push-to-talk', '');
    expect([voice.tokenEndpoint, voice.maxDuration, voice.pushToTalk]).to.deep.equal(['/token', 120, true]);
    voice.idleTimeout = 30;
    voice.layout = 'compact';
    voice.pushToTalk = false;
    await voice.updateComplete;
    expect(['idle-timeout', 'layout', 'push-to-talk'].map((name) => voice.getAttribute(name))).to.deep.equal([
      '30',
      'compact',
      null,
    ]);
  });

  it('takes "false" for a boolean as false', () => {
    voice.setAttribute('consent', 'false');
    expect(voice.consent).to.equal(false);
  });

  it('never writes the credentials of ICE servers into the page', async () => {
    voice.iceServers = [{ urls: 'turn:turn.example', username: 'me', credential: 'secret' }];
    await voice.updateComplete;
    expect(voice.outerHTML).not.to.contain('secret');
  });

  it('reads a bad value as the default', async () => {
    const warnings: string[] = [];
    const { warn } = console;
    console.warn = (...parts: unknown[]) => warnings.push(parts.join(' '));
    voice.setAttribute('layout', 'sideways');
    voice.setAttribute('max-duration', 'soon');
    console.warn = warn;
    await voice.updateComplete;
    expect([voice.layout, voice.maxDuration]).to.deep.equal(['inline', 600]);
    expect(warnings).to.have.length(2);
    expect(warnings[0]).to.match(/<realtime-voice>.*layout.*inline, compact, floating/);
  });

  it('honours properties that were set before it was defined', async () => {
    const late = document.createElement('late-voice');
    Object.assign(late, { heading: 'Set early', tokenEndpoint: '/early' });
    document.body.append(late);
    RealtimeVoiceElement.define('late-voice');
    const upgraded = late as RealtimeVoiceElement;
    await upgraded.updateComplete;
    expect(upgraded.renderRoot.querySelector('[part="heading"]')?.textContent).to.equal('Set early');
    expect(upgraded.tokenEndpoint).to.equal('/early');
    late.remove();
  });

  it('may be defined twice', () => {
    RealtimeVoiceElement.define();
    RealtimeVoiceElement.define();
    expect(customElements.get('realtime-voice')).to.equal(RealtimeVoiceElement);
  });

  it('shows each side of a replayed conversation in order', async () => {
    await play([item('b', 'a', 'assistant', 'Hello!'), item('a', null, 'user', 'Hi')]);
    const turns = [...voice.renderRoot.querySelectorAll('[part~="turn"]')];
    expect(turns.map((turn) => turn.getAttribute('part'))).to.deep.equal([
      'turn turn-user turn-done',
      'turn turn-assistant turn-done',
    ]);
    expect(voice.turns.map(({ text }) => text)).to.deep.equal(['Hi', 'Hello!']);
  });

  it('touches one text node for a delta', async () => {
    voice.replay = tape([
      item('a', null, 'user', 'Hi'),
      delta('b', 'Once', 1),
      delta('b', ' upon', 2),
      delta('b', ' a time', 3),
    ]);
    const grown = nextEvent(
      voice,
      'realtime-transcript',
      ({ detail }: CustomEvent) => detail.turn.text === 'Once',
    );
    await voice.start();
    voice.player?.pause();
    voice.player?.step();
    voice.player?.step();
    await grown;
    await voice.updateComplete;
    const records: MutationRecord[] = [];
    const observer = new MutationObserver((seen) => records.push(...seen));
    observer.observe(find('transcript'), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    voice.player?.step();
    records.push(...observer.takeRecords());
    observer.disconnect();
    expect(records.map(({ type, target }) => `${type} ${target.nodeName}`)).to.deep.equal([
      'characterData #text',
    ]);
    expect(voice.turns[1]?.text).to.equal('Once upon');
    voice.stop();
  });

  it('announces a turn once, when it is final, however many deltas it had', async () => {
    const region = voice.renderRoot.querySelector('.announcer')!;
    const heard: string[] = [];
    const observer = new MutationObserver(() => heard.push(region.textContent));
    observer.observe(region, { childList: true, characterData: true, subtree: true });
    const words = Array.from({ length: 300 }, (_, count) => `word${count} `);
    await play([...words.map((word, count) => delta('a', word, count)), done('a', words.join('').trim())]);
    await nextFrame();
    observer.disconnect();
    expect(heard.filter((sentence) => sentence.includes('word'))).to.have.length(1);
  });

  it('keeps markup of every side as text', async () => {
    const attack = '<img src=x onerror="document.title=\'taken\'"><script>document.title="taken"</script>';
    await play([item('a', null, 'user', attack), item('b', 'a', 'assistant', attack)]);
    expect(voice.renderRoot.querySelectorAll('[part~="turn"] img, script')).to.have.length(0);
    expect(voice.turns[0]?.text).to.equal(attack);
    expect(document.title).not.to.equal('taken');
  });

  it('strikes the words of an interrupted answer that nobody heard', async () => {
    await play([
      delta('a', 'one two three four', 1),
      done('a', 'one two three four'),
      { type: 'conversation.item.truncated', item_id: 'a', content_index: 0, audio_end_ms: 1_000 },
      {
        type: 'response.done',
        response: {
          id: 'r',
          status: 'completed',
          output: [],
          usage: { output_token_details: { audio_tokens: 40 } },
        },
      },
    ]);
    expect(find('text-unheard').textContent.trim()).to.equal('three four');
    expect(find('turn').getAttribute('part')).to.contain('turn-interrupted');
    expect(find('turn').textContent).to.contain('interrupted');
  });

  it('says why a recording cannot be played, naming the line to the developer', async () => {
    voice.replay = tape([item('a', null, 'user', 'Hi'), { no: 'type' }]);
    const error = await voice.start().then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.message).to.contain('Line 2');
    await voice.updateComplete;
    expect(find('notice').textContent).to.contain('cannot be played');
  });

  it('opens its floating panel with the keyboard, and gives the focus back', async () => {
    voice.layout = 'floating';
    await voice.updateComplete;
    find('launcher').focus();
    await sendKeys({ press: 'Enter' });
    await voice.updateComplete;
    await nextFrame();
    expect(voice.open).to.equal(true);
    expect(find('panel').matches(':popover-open')).to.equal(true);
    await sendKeys({ press: 'Escape' });
    await voice.updateComplete;
    await nextFrame();
    expect(voice.open).to.equal(false);
    expect(voice.shadowRoot?.activeElement).to.equal(find('launcher'));
  });

  it('keeps the keys that are typed to itself', async () => {
    const leaked: string[] = [];
    const listener = (event: KeyboardEvent): void => void leaked.push(event.key);
    document.addEventListener('keydown', listener);
    find('text-input').focus();
    await sendKeys({ type: 's/f' });
    document.removeEventListener('keydown', listener);
    expect(leaked).to.deep.equal([]);
    expect(find<HTMLTextAreaElement>('text-input').value).to.equal('s/f');
  });

  for (const [browser, init] of [
    ['Chrome', { isComposing: true }],
    ['Safari', { keyCode: 229 }],
  ] as const) {
    it(`sends nothing when Enter belongs to an input method, as ${browser} reports it`, async () => {
      const box = find<HTMLTextAreaElement>('text-input');
      box.value = 'こんに';
      box.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, composed: true, ...init }),
      );
      await voice.updateComplete;
      expect([box.value, voice.status]).to.deep.equal(['こんに', 'idle']);
    });
  }

  it('exports what was said', async () => {
    await play([item('a', null, 'user', 'Hi'), item('b', 'a', 'assistant', 'Hello!')]);
    expect(voice.exportTranscript('text')).to.equal('You: Hi\nAssistant: Hello!\n');
    expect(voice.exportTranscript('vtt')).to.match(/^WEBVTT\n/);
  });

  it('forgets what was said when it is told to', async () => {
    await play([item('a', null, 'user', 'Hi')]);
    voice.clear();
    await voice.updateComplete;
    expect([
      voice.turns.length,
      voice.log.length,
      voice.renderRoot.querySelectorAll('[part~="turn"]').length,
    ]).to.deep.equal([0, 0, 0]);
    expect(voice.renderRoot.textContent).not.to.contain('Hi');
  });

  it('tells what would stop a call, without making one', async () => {
    expect((await voice.checkEnvironment()).map(({ code }) => code)).to.deep.equal([
      'config.missing_endpoint',
    ]);
    voice.tokenEndpoint = '/token';
    expect(await voice.checkEnvironment()).to.deep.equal([]);
  });
});
