/** What the bench can do with one contender in one page; driven from Node. */
import type { Contender } from './contender.js';
import { watchFrames, watchWords, type FrameReport, type WordReport } from './watch.js';
import { Loopback, pause, type Delays } from './loopback.js';
import { Stream } from './stream.js';

const contenders: Readonly<Record<string, () => Promise<Contender>>> = {
  null: async () => (await import('./contenders/bare.js')).bare(false),
  parse: async () => (await import('./contenders/bare.js')).bare(true),
  floor: async () => (await import('./contenders/floor.js')).floor({ sync: false, panel: true }),
  'floor-sync': async () => (await import('./contenders/floor.js')).floor({ sync: true, panel: true }),
  'floor-sync, no panel': async () =>
    (await import('./contenders/floor.js')).floor({ sync: true, panel: false }),
  ancestor: async () => (await import('./contenders/ancestor.js')).ancestor(),
  'agents SDK': async () => (await import('./contenders/agents-sdk.js')).agentsSdk(),
  'deep-chat': async () => (await import('./contenders/deep-chat.js')).deepChat(),
  'ours, no panel': async () => (await import('./contenders/realtime-voice.js')).realtimeVoice('absent'),
  'ours, panel closed': async () => (await import('./contenders/realtime-voice.js')).realtimeVoice('closed'),
  'ours, counts': async () => (await import('./contenders/realtime-voice.js')).realtimeVoice('counts'),
  'ours, log': async () => (await import('./contenders/realtime-voice.js')).realtimeVoice('log'),
};

/** A panel that draws four times a second has drawn by then. */
const SETTLE_MS = 350;
const TICK_MS = 5;

class BenchPage {
  readonly #stream = new Stream();
  #contender: Contender | undefined;
  #loopback: Loopback | undefined;
  #ready: readonly string[] = [];

  /** Builds the contender's page. */
  async mount(name: string, delays: Delays): Promise<void> {
    this.#loopback = new Loopback(delays);
    this.#loopback.install();
    const build = contenders[name];
    if (!build) throw new Error(`No contender is called “${name}”.`);
    this.#contender = await build();
    await this.#contender.mount(document.body);
    await frame();
  }

  /** Presses Start; milliseconds until the contender's channel is open. */
  async start(): Promise<number> {
    const began = performance.now();
    await Promise.all([
      this.#contender?.start(),
      this.#loopback?.opened.then(() => (this.#openedAt = performance.now())),
    ]);
    return this.#openedAt - began;
  }
  #openedAt = 0;

  /** Makes messages ahead, so that making them is not measured. */
  prepare(count: number): void {
    this.#ready = this.#stream.take(count);
  }

  /** Sends what was prepared: all at once, or so many a second. Resolves when all is there and drawn. */
  async play(rate = Infinity): Promise<void> {
    await this.#send(this.#ready, rate);
    await pause(SETTLE_MS);
  }

  /** Sends what was prepared and waits for nothing but its arrival. */
  pour(rate = Infinity): Promise<void> {
    return this.#send(this.#ready, rate);
  }

  /** What `selector` finds in the page and the shadow trees of its elements. */
  count(selector: string): number {
    const roots = [
      document,
      ...[...document.querySelectorAll('*')].flatMap(({ shadowRoot }) => shadowRoot ?? []),
    ];
    return roots.reduce((sum, root) => sum + root.querySelectorAll(selector).length, 0);
  }

  /** Watches frames and tasks until {@link watched} is called. */
  watch(): void {
    this.#stopWatching = watchFrames();
  }
  watched(): FrameReport | undefined {
    return this.#stopWatching?.();
  }
  #stopWatching: (() => FrameReport) | undefined;

  /** How long deltas take to the DOM, and to the frame that shows them. */
  async words(count: number, rate: number): Promise<WordReport | null> {
    const root = this.#contender?.words?.();
    if (!root) return null;
    const opening = this.#stream.marked(count);
    const start = opening.length - count;
    await this.#send(opening.slice(0, start), Infinity);
    await pause(100);
    const watch = watchWords(root, count);
    await this.#send(opening.slice(start), rate, (index) => watch.sent(index));
    await pause(SETTLE_MS);
    return watch.report();
  }

  /** Time until the DOM is right again after the tab came back; the longest task on the way. */
  async comeBack(): Promise<{ readonly ms: number; readonly longest: number }> {
    const stop = watchFrames();
    const seen = new Promise<number>((resolve) => {
      const listen = (): void => resolve(performance.now());
      document.addEventListener('visibilitychange', listen, { once: true });
    });
    const at = await seen;
    while (!this.isRight()) await frame();
    const ms = performance.now() - at;
    await pause(SETTLE_MS);
    return { ms, longest: stop().longestTask };
  }

  /** Whether the last final words of the assistant can be read, and every event is counted. */
  isRight(): boolean {
    const words = this.#contender?.words?.();
    const counted = this.#contender?.counted?.();
    const written = !words || (words.textContent?.includes(this.#stream.lastAnswer) ?? false);
    return written && (counted === undefined || counted >= (this.#loopback?.received ?? 0));
  }

  get received(): number {
    return this.#loopback?.received ?? 0;
  }

  async #send(messages: readonly string[], rate: number, sent?: (index: number) => void): Promise<void> {
    const loopback = this.#loopback;
    if (!loopback) return;
    const arrived = loopback.arrived(loopback.received + messages.length);
    const began = performance.now();
    for (let next = 0; next < messages.length;) {
      const due = rate === Infinity ? messages.length : ((performance.now() - began) * rate) / 1_000;
      for (; next < Math.min(due, messages.length); next += 1) {
        sent?.(next);
        loopback.send(messages[next] ?? '');
      }
      if (next < messages.length) await pause(TICK_MS);
    }
    await arrived;
  }
}

function frame(): Promise<unknown> {
  return new Promise(requestAnimationFrame);
}

declare global {
  interface Window {
    bench: BenchPage;
  }
}

window.bench = new BenchPage();
