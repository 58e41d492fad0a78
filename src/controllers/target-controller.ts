import type { ReactiveController, ReactiveControllerHost } from 'lit';

/**
 * Follows the element that an id names, in the host's own tree: it may appear later, lose the id to another element or
 * leave. Without an id the root of the tree is the target.
 */
export class TargetController implements ReactiveController {
  readonly #host: ReactiveControllerHost & Element;
  readonly #id: () => string | null | undefined;
  readonly #watch: (target: EventTarget) => () => void;
  #observer: MutationObserver | undefined;
  #target: EventTarget | null = null;
  #release: () => void = () => {};
  #watchedId: string | undefined;

  /** To be added to the host. `watch` is called with each new target; what it returns is called when that is no longer the target. */
  constructor(
    host: ReactiveControllerHost & Element,
    id: () => string | null | undefined,
    watch: (target: EventTarget) => () => void,
  ) {
    this.#host = host;
    this.#id = id;
    this.#watch = watch;
  }

  hostConnected(): void {
    this.#follow();
  }

  hostUpdate(): void {
    if ((this.#id() || undefined) !== this.#watchedId) this.#follow();
  }

  hostDisconnected(): void {
    this.#observer?.disconnect();
    this.#turnTo(null);
  }

  #follow(): void {
    this.#watchedId = this.#id() || undefined;
    this.#observer?.disconnect();
    if (this.#watchedId !== undefined) {
      const changes = { subtree: true, childList: true, attributeFilter: ['id'] };
      this.#observer ??= new MutationObserver(() => this.#resolve());
      this.#observer.observe(this.#host.getRootNode(), changes);
    }
    this.#resolve();
  }

  #resolve(): void {
    const root = this.#host.getRootNode();
    if (this.#watchedId === undefined) this.#turnTo(root);
    else if (root instanceof Document || root instanceof ShadowRoot) {
      this.#turnTo(root.getElementById(this.#watchedId));
    }
  }

  #turnTo(target: EventTarget | null): void {
    if (target === this.#target) return;
    this.#release();
    this.#target = target;
    this.#release = target ? this.#watch(target) : () => {};
  }
}
