import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { liveTracks, openPeers } from './counted-voice.js';

/** Tokens of the local service, and whatever else must never be seen. */
const SECRETS = /ek_local_|canary/;

const EVENTS = [
  'realtime-status-change',
  'realtime-event',
  'realtime-transcript',
  'realtime-error',
  'realtime-before-connect',
  'realtime-tool-call',
] as const;

/** What a call must never do, whatever goes wrong around it. Watches one element from before its start. */
export class Invariants {
  readonly #voice: RealtimeVoiceElement;
  readonly #told: string[] = [];
  readonly #broken: string[] = [];
  #starts = 0;
  #ends = 0;

  constructor(voice: RealtimeVoiceElement) {
    this.#voice = voice;
    for (const name of EVENTS) voice.addEventListener(name, this.#hear);
    voice.addEventListener('realtime-status-change', this.#count);
  }

  /** To be called when the test is over: ends the call and looks at everything. */
  check(): void {
    const voice = this.#voice;
    voice.stop();
    const seen = [
      ...this.#told,
      document.documentElement.outerHTML,
      voice.renderRoot instanceof ShadowRoot ? voice.renderRoot.innerHTML : '',
      JSON.stringify([voice.log, voice.turns, voice.diagnostics(), voice.error, voice.error?.message]),
      voice.exportTranscript('json'),
    ];
    voice.remove();
    expect(this.#broken, 'while the call went on').to.deep.equal([]);
    expect(
      seen.filter((text) => SECRETS.test(text)).map((text) => SECRETS.exec(text)?.input.slice(0, 200)),
    ).to.deep.equal([]);
    expect([openPeers(), liveTracks()], 'peers and tracks afterwards').to.deep.equal([0, 0]);
    expect(this.#ends, 'ends of starts').to.equal(this.#starts);
  }

  readonly #hear = (event: Event): void => {
    const { detail } = event as CustomEvent<unknown>;
    this.#told.push(JSON.stringify(detail), messageOf(detail));
  };

  readonly #count = ({ detail }: GlobalEventHandlersEventMap['realtime-status-change']): void => {
    const { status, previous } = detail;
    const isRunning = (one: string): boolean => one !== 'idle' && one !== 'failed';
    if (!isRunning(previous) && isRunning(status)) this.#starts += 1;
    if (isRunning(previous) && !isRunning(status)) this.#ends += 1;
    // Make before break: a renewed call has two for a moment, and stays `connected` meanwhile.
    if (status !== 'connected' && openPeers() > 1) this.#broken.push(`${openPeers()} peers while ${status}`);
    if (!isRunning(status) && liveTracks() > 0) this.#broken.push(`${liveTracks()} tracks while ${status}`);
  };
}

function messageOf(detail: unknown): string {
  const { error } = (detail ?? {}) as { error?: Error | null };
  return error?.message ?? '';
}
