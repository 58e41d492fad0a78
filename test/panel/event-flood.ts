import type { Envelope } from '../../src/protocol/envelope.js';

/** Types of the events of a flood, in the order in which they come. One in four is a word of an answer. */
const TYPES = Array.from({ length: 40 }, (_, index) =>
  index % 4 === 0 ? 'response.output_audio_transcript.delta' : `vendor.event_${index}`,
);

/** Lets what waits on the main thread have its turn. */
const nextTask = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve();
    port2.postMessage(null);
  });

/** Dispatches any number of events of one call, all alike from one flood to the next. */
export class EventFlood {
  readonly #counts = new Map<string, number>();
  #sent = 0;

  /** How often each type was sent. */
  get counts(): ReadonlyMap<string, number> {
    return this.#counts;
  }

  /** Sends events as fast as possible, in pieces, so that others get to work in between. */
  async burst(events: number, atOnce = 5_000): Promise<void> {
    const end = this.#sent + events;
    while (this.#sent < end) {
      this.#send(Math.min(atOnce, end - this.#sent));
      await nextTask();
    }
  }

  /** Sends events at a pace, by the clock: what a late timer missed comes with the next one. */
  stream(perSecond: number, seconds: number): Promise<void> {
    const start = performance.now();
    const first = this.#sent;
    return new Promise((resolve) => {
      const timer = setInterval(() => {
        const elapsed = Math.min(seconds, (performance.now() - start) / 1_000);
        this.#send(Math.floor(elapsed * perSecond) - (this.#sent - first));
        if (elapsed < seconds) return;
        clearInterval(timer);
        resolve();
      }, 10);
    });
  }

  #send(events: number): void {
    for (let left = events; left > 0; left -= 1) {
      const type = TYPES[this.#sent % TYPES.length] ?? '';
      this.#counts.set(type, (this.#counts.get(type) ?? 0) + 1);
      this.#sent += 1;
      const event = {
        type,
        event_id: `event_${this.#sent}`,
        item_id: 'item_1',
        content_index: 0,
        delta: ' word',
      };
      const detail: Envelope = { sequence: this.#sent, origin: 'server', type, event, time: Date.now() };
      document.body.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true }));
    }
  }
}
