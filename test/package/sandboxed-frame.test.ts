import { sendKeys, sendMouse } from '@web/test-runner-commands';
import type { RealtimeVoiceElement } from '../../src/index.js';
import { nextEvent } from '../support/next-event.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';
import { until } from '../support/until.js';

/** Frames of other people's sites: many forbid forms, most have no clipboard. */
describe('<realtime-voice> in a frame that forbids forms', function () {
  this.timeout(30_000);
  let frame: HTMLIFrameElement;
  let inner: Window & typeof globalThis;
  let voice: RealtimeVoiceElement;

  beforeEach(async () => {
    frame = document.createElement('iframe');
    frame.sandbox.add('allow-scripts', 'allow-same-origin');
    frame.allow = "clipboard-write 'none'";
    frame.src = '/test/package/paste-in.html';
    Object.assign(frame.style, {
      position: 'fixed',
      inset: '0',
      border: '0',
      width: '700px',
      height: '590px',
    });
    document.body.append(frame);
    await nextEvent(frame, 'load', () => true);
    inner = frame.contentWindow as Window & typeof globalThis;
    await inner.customElements.whenDefined('realtime-voice');
    voice = inner.document.querySelector('realtime-voice')!;
    voice.setAttribute('token-endpoint', tokenEndpoint());
    voice.setAttribute('api-url', apiUrl);
    voice.controls = 'start text transcript';
    await voice.updateComplete;
  });
  afterEach(() => frame.remove());

  const find = <Type extends HTMLElement>(selector: string): Type =>
    voice.renderRoot.querySelector<Type>(selector)!;

  it('sends what is typed, by the button and by Enter', async () => {
    for (const [words, send] of [
      ['hello', () => find('[part="send-button"]').click()],
      [
        'good morning',
        () =>
          find('textarea').dispatchEvent(
            new inner.KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }),
          ),
      ],
    ] as const) {
      find<HTMLTextAreaElement>('textarea').value = words;
      send();
      await until(() => voice.turns.some(({ text }) => text === words), words);
    }
    voice.stop();
  });

  it('copies without a clipboard of its own', async () => {
    const log = {
      type: 'conversation.item.added',
      item: {
        id: 'a',
        type: 'message',
        role: 'user',
        status: 'completed',
        content: [{ type: 'input_text', text: 'Hi' }],
      },
    };
    voice.replay = `data:application/jsonl,${encodeURIComponent(JSON.stringify(log))}`;
    await voice.start();
    await until(() => voice.turns.length === 1);
    find('.controls [aria-expanded]').click();
    await voice.updateComplete;
    // Browsers copy for a person only.
    const [outer, button] = [frame, find('.settings button')].map((one) => one.getBoundingClientRect());
    const position = [outer!.x + button!.x + 20, outer!.y + button!.y + 20].map(Math.round) as [
      number,
      number,
    ];
    await sendMouse({ type: 'click', position });
    await until(() => find('.settings button').textContent.trim() === 'Copied');
    const paste = document.body.appendChild(document.createElement('textarea'));
    paste.focus();
    await sendKeys({ down: 'Control' });
    await sendKeys({ press: 'v' });
    await sendKeys({ up: 'Control' });
    await until(() => paste.value === 'You: Hi\n');
    paste.remove();
    voice.stop();
  });
});
