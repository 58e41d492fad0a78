/** Where the focus goes from inside one thing that is gone: to what opened it, or took its place. */
const SUCCESSORS: Readonly<Record<string, string>> = {
  '.compose': '.tool[aria-pressed]',
  '.banner': '.banner button',
};
/** Where else it goes. */
const CONTENT = '.log';
const BODY = '.body';

/** Whoever uses the keyboard is never thrown out of the panel, whatever goes while it has the focus. */
export class Focus {
  #had: HTMLElement | null = null;
  #sought: string | undefined;

  /** Moves the focus to something, as soon as that is drawn. */
  seek(selector: string): void {
    this.#sought = selector;
  }

  /** Before anything is drawn. */
  remember(root: ShadowRoot | null): void {
    this.#had = root?.activeElement as HTMLElement | null;
  }

  /** After it. */
  restore(root: ShadowRoot): void {
    const had = this.#had;
    if (had && !had.isConnected) this.#find(root, had)?.focus();
    if (this.#sought === undefined) return;
    const found = root.querySelector<HTMLElement>(this.#sought);
    found?.focus();
    // What is still being loaded gets the focus later, unless somebody has moved on.
    if (found || !root.activeElement) this.#sought = undefined;
  }

  #find(root: ShadowRoot, had: HTMLElement): HTMLElement | null {
    const part = had.getAttribute('part');
    const successor = Object.keys(SUCCESSORS).find((selector) => had.closest(selector));
    const selectors = [part && `[part="${part}"]`, successor && SUCCESSORS[successor], CONTENT];
    for (const selector of selectors) {
      const found = selector ? root.querySelector<HTMLElement>(selector) : null;
      if (found) return found;
    }
    this.seek(CONTENT);
    return root.querySelector<HTMLElement>(BODY);
  }
}
