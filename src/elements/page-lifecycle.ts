import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** What happens to the page, as far as a call is concerned. */
export interface LifecycleEvents {
  /** The element left the document for good. */
  removed(): void;
  /** The page is going away, perhaps into the back/forward cache. */
  hidden(): void;
  /** The page became visible, or invisible; or it stood still, and goes on. */
  seen(resumed: boolean): void;
  /** Another widget of this page, or of another tab, has begun a call. */
  superseded(): void;
}

/** Widgets of this page with a call. */
const channelName = 'realtime-voice';

/**
 * Tells a removal from a move: an element that is put elsewhere keeps its call. And keeps two widgets from speaking at
 * once, on a page or in two tabs.
 */
export class PageLifecycle implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #events: LifecycleEvents;
  readonly #id = Math.random().toString(36).slice(2);
  #channel: BroadcastChannel | null = null;

  constructor(host: ReactiveControllerHost & Element, events: LifecycleEvents) {
    host.addController(this);
    this.#host = host;
    this.#events = events;
  }

  hostConnected(): void {
    window.addEventListener('pagehide', this.#onPageHide);
    window.addEventListener(channelName, this.#onClaim);
    document.addEventListener('visibilitychange', this.#onVisibility);
    document.addEventListener('resume', this.#onVisibility);
    this.#events.seen(false);
  }

  hostDisconnected(): void {
    let frame = 0;
    const ask = (): void => {
      clearTimeout(timer);
      cancelAnimationFrame(frame);
      this.#confirmRemoval();
    };
    // A move takes the element out and puts it back within one task; frameworks may take a frame. Hidden pages have none,
    // and would hold what waits for one until they are seen again.
    queueMicrotask(() => (frame = requestAnimationFrame(ask)));
    const timer = setTimeout(ask, 100);
  }

  /** This widget begins a call: every other one ends its own. */
  claim(): void {
    this.#channel ??= this.#open();
    this.#channel?.postMessage(this.#id);
    window.dispatchEvent(new CustomEvent(channelName, { detail: this.#id }));
  }

  /** The call is over. */
  release(): void {
    this.#channel?.close();
    this.#channel = null;
  }

  #confirmRemoval(): void {
    if (this.#host.isConnected) return;
    window.removeEventListener('pagehide', this.#onPageHide);
    window.removeEventListener(channelName, this.#onClaim);
    document.removeEventListener('visibilitychange', this.#onVisibility);
    document.removeEventListener('resume', this.#onVisibility);
    this.#events.removed();
  }

  #open(): BroadcastChannel | null {
    if (typeof BroadcastChannel === 'undefined') return null;
    const channel = new BroadcastChannel(channelName);
    channel.addEventListener('message', ({ data }) => this.#heard(data));
    return channel;
  }

  #heard(id: unknown): void {
    if (id !== this.#id) this.#events.superseded();
  }

  readonly #onVisibility = ({ type }: Event): void => this.#events.seen(type === 'resume');
  readonly #onPageHide = (): void => this.#events.hidden();
  readonly #onClaim = (event: Event): void => this.#heard((event as CustomEvent).detail);
}
