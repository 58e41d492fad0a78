import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import { liveTracks, openContexts, openPeers } from './opened.js';
import { isOver, type WatchedSession } from './watched-session.js';

/** Tokens, unless they are cut off after a few letters, and whatever else must never be seen. */
const SECRETS = /\bek_\w{5,}|canary/;

const EVENTS = [
  'realtime-status-change',
  'realtime-activity-change',
  'realtime-event',
  'realtime-transcript',
  'realtime-error',
  'realtime-before-connect',
  'realtime-tool-call',
  'realtime-approval-request',
] as const;

/** What a call must never do, whatever goes wrong around it. Watches one widget from its making. */
export class Invariants {
  readonly #voice: RealtimeVoiceElement;
  readonly #session: WatchedSession;
  readonly #broken = new Set<string>();

  constructor(voice: RealtimeVoiceElement, session: WatchedSession) {
    this.#voice = voice;
    this.#session = session;
    for (const name of EVENTS) voice.addEventListener(name, this.#hear);
    voice.addEventListener('realtime-status-change', this.#see);
  }

  /** To be called when the test is over: ends the call. */
  async end(): Promise<void> {
    for (const fault of await this.#session.over()) this.#broken.add(fault);
  }

  /** Looks at everything, once all calls are over. */
  check(): void {
    const voice = this.#voice;
    const held = [openPeers(), liveTracks(), openContexts()];
    const { log, turns, error } = voice;
    this.#look('in what can be read', [
      log,
      turns,
      voice.diagnostics(),
      error,
      error?.stack,
      `${error?.cause}`,
    ]);
    this.#look('in an export', [voice.exportTranscript('json'), voice.exportTranscript('text')]);
    this.#look('in the page', [document.documentElement.outerHTML, voice.shadowRoot?.innerHTML]);
    this.#look('in what the browser keeps', [{ ...localStorage }, { ...sessionStorage }, document.cookie]);
    voice.remove();
    expect([...this.#broken, `open: ${held}`].join('\n')).to.equal('open: 0,0,0');
  }

  readonly #hear = (event: Event): void => {
    const { detail } = event as CustomEvent<{ error?: Error | null } | null>;
    this.#look(event.type, [detail, detail?.error?.message]);
  };

  readonly #see = ({ detail }: GlobalEventHandlersEventMap['realtime-status-change']): void => {
    const { status, previous } = detail;
    // A call ends here. One that failed before may be put away while another widget has its own.
    if (!isOver(status) || isOver(previous)) return;
    const held = [openPeers(), liveTracks(), openContexts()];
    if (held.some((count) => count > 0))
      this.#broken.add(`connections, tracks, contexts while ${status}: ${held}`);
  };

  #look(where: string, seen: readonly unknown[]): void {
    const [secret] = SECRETS.exec(JSON.stringify(seen)) ?? [];
    if (secret !== undefined) this.#broken.add(`${secret} ${where}`);
  }
}
