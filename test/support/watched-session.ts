import { isRenewalDue } from '../../src/session/reconnect.js';
import { RealtimeSession, type SessionSeams } from '../../src/session/session.js';
import type { Status } from '../../src/session/status.js';

/** A session that counts its calls: each start has one end, is settled, and never has two connections but to hand over. */
export class WatchedSession extends RealtimeSession {
  readonly #broken: string[] = [];
  #starts = 0;
  #settled = 0;
  #ends = 0;
  #latest: Promise<void> = Promise.resolve();

  constructor(seams: SessionSeams) {
    super(seams);
    this.on('statuschange', ({ detail: { status, previous } }) => {
      if (isOver(status) && !isOver(previous)) this.#ends += 1;
    });
  }

  override start(): Promise<void> {
    const begins = !this.running;
    const outcome = super.start();
    if (begins) {
      const settled = (): void => void (this.#settled += 1);
      this.#starts += 1;
      this.#latest = outcome.then(settled, settled);
    }
    return outcome;
  }

  /**
   * A connection is about to be made: there is no other, but the one that a renewal replaces.
   *
   * @param open how many there are
   */
  dials(open: number, now: number): void {
    const { status, expiresAt } = this;
    const handsOver = open === 1 && status === 'connected' && isRenewalDue(now, expiresAt, () => true);
    if (open > 0 && !handsOver) this.#broken.push(`dialled while ${status}, with ${open} connections open`);
  }

  /** Ends the call, if there is one; resolves with what was wrong. */
  async over(): Promise<readonly string[]> {
    this.stop();
    await this.#latest;
    const counts = `${this.#starts} starts, ${this.#settled} settled, ${this.#ends} ended`;
    const isEven = this.#starts === this.#settled && this.#starts === this.#ends;
    return isEven ? this.#broken : [...this.#broken, counts];
  }
}

/** There is no call. */
export function isOver(status: Status): boolean {
  return status === 'idle' || status === 'failed';
}
