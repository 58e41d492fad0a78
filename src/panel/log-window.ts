/** Rows above and below what can be seen, so that scrolling does not show gaps. */
const OVERSCAN = 12;
/** However large the screen is. */
const MOST_ROWS = 150;
/** This near to the end counts as being at the end. */
const NEAR_PX = 8;

/**
 * Which rows of a long list are in the document. All rows are equally high, and the sizes come from a ResizeObserver, so
 * that nothing has to be measured while drawing.
 */
export class LogWindow {
  readonly #changed: () => void;
  readonly #observer = new ResizeObserver((sizes) => this.#resized(sizes));
  #scroller: HTMLElement | undefined;
  #probe: Element | undefined;
  #top = 0;
  #height = 0;
  #rowHeight = 32;
  #rows = 0;

  /** True while the newest row is to be kept in sight. */
  following = true;

  /** `changed` is called when other rows come into sight. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** The rows to draw, from `first` up to but without `end`. */
  range(rows: number): { readonly first: number; readonly end: number } {
    this.#letGo();
    const top = this.following ? Math.max(0, rows * this.#rowHeight - this.#height) : this.#top;
    const seen = Math.min(MOST_ROWS, Math.ceil(this.#height / this.#rowHeight) + 2 * OVERSCAN);
    const first = Math.max(0, Math.min(rows - seen, Math.floor(top / this.#rowHeight) - OVERSCAN));
    return { first, end: Math.min(rows, first + seen) };
  }

  /**
   * Tells where the list is drawn, after each drawing. `removed` rows have gone at the front since the last time; what
   * somebody reads stays where it is.
   */
  place(scroller: HTMLElement, probe: Element, { rows, first, removed }: Placement): void {
    this.#observe(scroller, probe);
    this.#rows = rows;
    scroller.style.setProperty('--rv-rows', String(rows));
    scroller.style.setProperty('--rv-first', String(first));
    if (this.following) scroller.scrollTop = rows * this.#rowHeight;
    else if (removed > 0) scroller.scrollTop = this.#top - removed * this.#rowHeight;
  }

  /** Where the list was scrolled to. Whoever scrolls away from the end is reading; at the end the list follows again. */
  scrolled(scroller: HTMLElement): void {
    this.#top = scroller.scrollTop;
    // Placed before its size was known: that was not a person.
    if (this.#height === 0) return;
    const before = this.following;
    this.#follow();
    const moved = !before || !this.following;
    if (moved) this.#changed();
  }

  /** The browser tells of scrolling with the next frame: whoever has begun by now must not be taken back to the end. */
  #letGo(): void {
    const top = this.#scroller?.scrollTop ?? 0;
    if (!this.following || top >= this.#top - NEAR_PX) return;
    this.#top = top;
    this.#follow();
  }

  /** Only where it is at the end. */
  #follow(): void {
    this.following = false;
    this.following = this.atEnd(this.#rows);
  }

  /** Scrolls just far enough to show a row. */
  reveal(index: number): void {
    if (!this.#scroller || index < 0) return;
    const top = index * this.#rowHeight;
    const lowest = top + this.#rowHeight - this.#height;
    this.following = false;
    if (top < this.#top) this.#scroller.scrollTop = top;
    else if (this.#top < lowest) this.#scroller.scrollTop = lowest;
  }

  /** True when no row lies below those in sight, out of `rows`. */
  atEnd(rows: number): boolean {
    return this.following || this.#top + this.#height >= rows * this.#rowHeight - NEAR_PX;
  }

  /** Number of rows that fit. */
  get page(): number {
    return Math.max(1, Math.floor(this.#height / this.#rowHeight) - 1);
  }

  close(): void {
    this.#observer.disconnect();
    this.#scroller = undefined;
    this.#probe = undefined;
  }

  #observe(scroller: HTMLElement, probe: Element): void {
    if (scroller === this.#scroller && probe === this.#probe) return;
    this.#observer.disconnect();
    this.#scroller = scroller;
    this.#probe = probe;
    this.#observer.observe(scroller);
    this.#observer.observe(probe);
  }

  #resized(sizes: readonly ResizeObserverEntry[]): void {
    for (const { target, contentRect } of sizes) {
      if (target === this.#scroller) this.#height = contentRect.height;
      else if (contentRect.height > 0) this.#rowHeight = contentRect.height;
    }
    this.#changed();
  }
}

/** What was drawn of a list. */
export interface Placement {
  readonly rows: number;
  readonly first: number;
  readonly removed: number;
}
