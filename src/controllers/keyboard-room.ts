/** The part of the page that a person sees. */
export type SeenPage = Pick<
  VisualViewport,
  'height' | 'offsetTop' | 'scale' | 'addEventListener' | 'removeEventListener'
>;

/** What takes less of the window is a scroll bar. */
const KEYBOARD_PX = 60;

/**
 * Tells a box that lies over the page what the keyboard of a phone leaves of the window: most browsers lay it over the page,
 * and no unit of CSS says so. It looks only while there is a box.
 */
export class KeyboardRoom {
  readonly #page: SeenPage | null;
  #box: HTMLElement | null = null;

  constructor(page: SeenPage | null) {
    this.#page = page;
  }

  /** Looks after this box from now on, or after none. */
  keep(box: HTMLElement | null): void {
    if (box === this.#box) return;
    this.#box = box;
    for (const change of ['resize', 'scroll'] as const) {
      if (box) this.#page?.addEventListener(change, this.#look);
      else this.#page?.removeEventListener(change, this.#look);
    }
    this.#look();
  }

  readonly #look = (event?: Event): void => {
    if (!this.#page || !this.#box) return;
    const { height, offsetTop, scale } = this.#page;
    // Whoever has zoomed in looks at a part of the box, as of everything else.
    const isCovered = scale < 1.01 && innerHeight - height > KEYBOARD_PX;
    const tell = (name: string, px: number): void =>
      this.#box?.style.setProperty(`--rv-${name}`, isCovered ? `${px}px` : '');
    tell('seen', height);
    tell('above', offsetTop);
    tell('below', innerHeight - height - offsetTop);
    // The browser has brought the field into sight where the box was before.
    if (isCovered && event?.type !== 'scroll')
      this.#box.querySelector(':focus')?.scrollIntoView({ block: 'nearest' });
  };
}
