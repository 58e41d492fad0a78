import type { Turn } from '../conversation/turn.js';
import { TurnRow, type TurnRowHost } from './turn-row.js';

/** Turns are laid out in blocks that the browser skips while they are out of sight. */
const SECTION_SIZE = 32;
/** So many of the latest blocks stay in the page even out of sight, where searching and screen readers find them. */
const SECTIONS_KEPT = 8;
/** Nearer than this counts as being at the end. */
const NEAR_END_PX = 24;

/** What the transcript needs of the element around it. */
export interface TranscriptHost extends TurnRowHost {
  /** The reader has scrolled away from the end, or is back. */
  reading(reading: boolean): void;
}

/**
 * The transcript's own DOM, written as the words arrive: a delta appends to one text node, reads no layout and waits for
 * no frame, so it is right even in a hidden tab, and costs the same after a thousand turns as after one.
 */
export class TranscriptView {
  readonly #host: TranscriptHost;
  readonly #scroller: HTMLElement;
  readonly #rows = new Map<string, TurnRow>();
  /** Blocks out of sight that are still in the page; those that are not, with their turns; and where these turns are. */
  readonly #skipped = new Set<HTMLElement>();
  readonly #folded = new Map<HTMLElement, readonly Turn[]>();
  readonly #places = new Map<string, HTMLElement>();
  #reading = false;

  /** @param scroller an empty element that scrolls; reversed, so that it keeps to its end without any reading of layout */
  constructor(scroller: HTMLElement, host: TranscriptHost) {
    this.#scroller = scroller;
    this.#host = host;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  get isEmpty(): boolean {
    return this.#rows.size + this.#places.size === 0;
  }

  /** A turn appeared, changed or, where nothing in it did, moved. @param turns asks for the transcript that it is part of */
  put(turn: Turn, turns: () => readonly Turn[]): void {
    const known = this.#row(turn.id);
    if (known && known.turn !== turn) known.update(turn);
    else this.#place(known ?? new TurnRow(turn, this.#host), turns());
  }

  remove(id: string): void {
    const node = this.#row(id)?.node;
    this.#rows.delete(id);
    const section = node?.parentElement;
    node?.remove();
    this.#drop(section);
  }

  /** Shows what was said before there was a view of it. */
  show(turns: readonly Turn[]): void {
    for (const turn of turns) this.put(turn, () => turns);
  }

  /** Other words for the same turns. */
  translate(): void {
    for (const row of this.#rows.values()) row.translate();
  }

  /** Back to the end, and staying there. */
  follow(): void {
    this.#setReading(false);
    this.#scroller.scrollTop = 0;
  }

  /** After the turn that it follows: changes come in order, so that one is in its place already. */
  #place(row: TurnRow, turns: readonly Turn[]): void {
    const { node, turn } = row;
    this.#rows.set(turn.id, row);
    let before: Element | undefined;
    for (let at = turns.lastIndexOf(turn) - 1; !before && at >= 0; at -= 1)
      before = this.#row(turns[at]?.id ?? '')?.node;
    const section = node.parentElement;
    if (section && before === (node.previousElementSibling ?? lastOf(section.previousElementSibling))) return;
    const list = this.#scroller.firstElementChild;
    const first = list?.firstElementChild as HTMLElement | undefined;
    if (before === lastOf(list?.lastElementChild)) this.#lastSection().append(node);
    else if (before) before.after(node);
    else if (first) {
      if (this.#folded.has(first)) this.#unfold(first);
      first.prepend(node);
    }
    this.#drop(section);
  }

  /** A block that has become empty. */
  #drop(section: Element | null | undefined): void {
    if (section?.childElementCount !== 0) return;
    this.#skipped.delete(section as HTMLElement);
    section.remove();
  }

  #lastSection(): HTMLElement {
    const last = this.#scroller.firstElementChild?.lastElementChild;
    if (last instanceof HTMLElement && last.childElementCount < SECTION_SIZE) return last;
    const section = document.createElement('div');
    section.className = 'section';
    section.addEventListener('contentvisibilityautostatechange', this.#inSight);
    this.#scroller.firstElementChild?.append(section);
    return section;
  }

  /** The row of a turn. What happens to a turn long past brings its block back into the page. */
  #row(id: string): TurnRow | undefined {
    const section = this.#places.get(id);
    if (section) this.#unfold(section);
    return this.#rows.get(id);
  }

  /** Thousands of turns would fill the page with nodes that nobody sees: the browser tells which blocks it skips. */
  readonly #inSight = ({ target, skipped }: Event & { readonly skipped?: boolean }): void => {
    const section = target as HTMLElement;
    if (skipped) this.#skipped.add(section);
    else this.#unfold(section);
    for (const one of this.#skipped) if (this.#isLongPast(one)) this.#fold(one);
  };

  #isLongPast(section: HTMLElement): boolean {
    let later: Element | null = section;
    for (let count = 0; later && count < SECTIONS_KEPT; count += 1) later = later.nextElementSibling;
    return later !== null;
  }

  #fold(section: HTMLElement): void {
    const nodes = new Map([...this.#rows.values()].map((row) => [row.node as Element, row.turn]));
    const turns = [...section.children].flatMap((node) => nodes.get(node) ?? []);
    section.style.minBlockSize = `${section.offsetHeight}px`;
    section.replaceChildren();
    this.#skipped.delete(section);
    this.#folded.set(section, turns);
    for (const { id } of turns) {
      this.#rows.delete(id);
      this.#places.set(id, section);
    }
  }

  #unfold(section: HTMLElement): void {
    for (const turn of this.#folded.get(section) ?? []) {
      const row = new TurnRow(turn, this.#host);
      section.append(row.node);
      this.#rows.set(turn.id, row);
      this.#places.delete(turn.id);
    }
    this.#folded.delete(section);
    this.#skipped.delete(section);
    section.style.minBlockSize = '';
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    const fromEnd = this.#reading ? scrollHeight - clientHeight - scrollTop : -scrollTop;
    if (this.#reading) {
      if (fromEnd < NEAR_END_PX) this.follow();
    } else if (fromEnd > NEAR_END_PX) {
      // From here on the place that is being read stays where it is, however much is added below.
      this.#setReading(true);
      this.#scroller.scrollTop = scrollHeight - clientHeight - fromEnd;
    }
  }

  #setReading(reading: boolean): void {
    if (reading === this.#reading) return;
    this.#reading = reading;
    this.#scroller.classList.toggle('reading', reading);
    this.#host.reading(reading);
  }
}

function lastOf(section: Element | null | undefined): Element | undefined {
  return section?.lastElementChild ?? undefined;
}
