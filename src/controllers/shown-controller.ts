import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Begins to show a little before the host is scrolled into view, so that nobody sees it appear. */
const MARGIN = '200px';

/** Knows whether anybody can see the host: laid out, near the viewport, and in a tab that is in front. */
export class ShownController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #changed: () => void;
  #observer: IntersectionObserver | undefined;
  #near = false;

  /** `changed` is called whenever {@link shown} may have another value. */
  constructor(host: ReactiveControllerHost & Element, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
    host.addController(this);
  }

  get shown(): boolean {
    return this.#near && document.visibilityState === 'visible';
  }

  hostConnected(): void {
    this.#observer = new IntersectionObserver((sightings) => this.#seen(sightings), { rootMargin: MARGIN });
    this.#observer.observe(this.#host);
    document.addEventListener('visibilitychange', this.#changed);
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    document.removeEventListener('visibilitychange', this.#changed);
    this.#near = false;
  }

  #seen(sightings: readonly IntersectionObserverEntry[]): void {
    this.#near = sightings.at(-1)?.isIntersecting ?? false;
    this.#changed();
  }
}
