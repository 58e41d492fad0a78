import {
  RealtimeSession,
  RealtimeVoiceElement,
  type Activity,
  type ServerEvent,
  type SessionEventDetails,
  type SessionEventName,
  type Status,
} from 'realtime-voice';

type Facts = RealtimeSession['state'];

/** A session that is put into any state, with no call behind it. */
export class StagedSession extends RealtimeSession {
  #near: SessionEventDetails['limitwarning'] | null = null;

  show(status: Status, news: Partial<Facts> = {}): void {
    const previous = this.status;
    if (status === 'idle' || status === 'failed') this.#near = null;
    this.state = { ...this.state, phase: null, reason: null, retryAt: null, error: null, ...news, status };
    const { phase, reason, error, retryAt } = this.state;
    this.emit('statuschange', { status, previous, phase, reason, error, retryAt });
  }
  act(activity: Activity): void {
    this.changeActivity(activity);
  }
  /** Takes messages in as a call or a replay does. */
  receive(events: readonly ServerEvent[]): void {
    for (const event of events) this.record.received(JSON.stringify(event));
  }
  /** The talk button is held down. */
  hold(): void {
    this.talk.press();
  }
  tell<Name extends SessionEventName>(name: Name, detail: SessionEventDetails[Name]): void {
    if (name === 'limitwarning') this.#near = detail as SessionEventDetails['limitwarning'];
    this.emit(name, detail);
  }
  /** There is nobody to send anything to. */
  protected override transmit(): void {}
  override get nearLimit(): SessionEventDetails['limitwarning'] | null {
    return this.#near;
  }
  /** The buttons do what they say, as far as that is possible without a call. */
  override stop(reason: Facts['reason'] & string = 'host'): void {
    if (this.call) super.stop(reason);
    else if (this.status !== 'idle') this.show('idle', { reason, activity: 'idle' });
  }
}

/** A meter that has measured what it is told. */
class StagedMeter {
  readonly running = true;
  readonly hears = true;
  /** Tells of a measurement. */
  readonly measured: (levels: Levels, now: number) => void;

  constructor(measured: StagedMeter['measured']) {
    this.measured = measured;
  }
  start(): void {}
  stop(): void {}
}
interface Levels {
  readonly input: number;
  readonly output: number;
}

/** The element with such a session and such a meter. */
export class StagedVoice extends RealtimeVoiceElement {
  declare stage: StagedSession;
  declare meter: StagedMeter;
  /** Whether the browser wants a click before it plays. */
  declare wantsClick: boolean | undefined;

  protected override createSession(): RealtimeSession {
    this.stage = new StagedSession();
    return this.stage;
  }

  protected override faceSeams() {
    return {
      createMeter: (measured: StagedMeter['measured']): StagedMeter =>
        (this.meter = new StagedMeter(measured)),
      createPlayer: (): HTMLAudioElement => {
        const audio = new Audio();
        audio.play = async () => {
          const refused = this.wantsClick;
          this.wantsClick = false;
          if (refused) throw new DOMException('', 'NotAllowedError');
        };
        return audio;
      },
    };
  }

  /** What the first part of that name says. */
  text(part: string): string {
    return this.renderRoot.querySelector(`[part~="${part}"]`)?.textContent.trim() ?? '';
  }

  /** Waits until the visible status is another one: what lasts shorter than a moment is not shown. */
  async statusShown(): Promise<void> {
    const before = this.text('status');
    await this.#until(() => this.text('status') !== before);
  }

  /** Waits for the words of a language: they are fetched. */
  async speaks(language: string): Promise<void> {
    await this.#until(() => this.renderRoot.querySelector<HTMLElement>('[part="base"]')?.lang === language);
  }

  #until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const observer = new MutationObserver(look);
      function look(): void {
        if (!isSo()) return;
        observer.disconnect();
        resolve();
      }
      observer.observe(this.renderRoot, {
        attributes: true,
        childList: true,
        characterData: true,
        subtree: true,
      });
      look();
    });
  }
}
