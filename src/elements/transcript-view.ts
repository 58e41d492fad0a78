import type { Turn } from '../conversation/turn.js';
import { TurnRow, type TurnRowHost } from './turn-row.js';

/** Turns are laid out in blocks that the browser skips while they are out of sight. */
const SECTION_SIZE = 32;
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
  #reading = false;

  /** @param scroller an empty element that scrolls; reversed, so that it keeps to its end without any reading of layout */
  constructor(scroller: HTMLElement, host: TranscriptHost) {
    this.#scroller = scroller;
    this.#host = host;
    scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
  }

  get isEmpty(): boolean {
    return this.#rows.size === 0;
  }

  /** A turn appeared or changed. @param turns the transcript that it is part of */
  put(turn: Turn, turns: readonly Turn[]): void {
    const known = this.#rows.get(turn.id);
    if (known) known.update(turn);
    else this.#insert(turn, turns);
  }

  remove(id: string): void {
    const node = this.#rows.get(id)?.node;
    this.#rows.delete(id);
    const section = node?.parentElement;
    node?.remove();
    if (section?.childElementCount === 0) section.remove();
  }

  /** Brings everything in line with a transcript, whatever was shown before. */
  show(turns: readonly Turn[]): void {
    for (const id of this.#rows.keys()) this.remove(id);
    for (const turn of turns) this.put(turn, turns);
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

  #insert(turn: Turn, turns: readonly Turn[]): void {
    const row = new TurnRow(turn, this.#host);
    this.#rows.set(turn.id, row);
    const next = turns[turns.indexOf(turn) + 1];
    const successor = next && this.#rows.get(next.id)?.node;
    if (successor) successor.before(row.node);
    else this.#lastSection().append(row.node);
  }

  #lastSection(): HTMLElement {
    const last = this.#scroller.firstElementChild?.lastElementChild;
    if (last instanceof HTMLElement && last.childElementCount < SECTION_SIZE) return last;
    const section = document.createElement('div');
    section.className = 'section';
    this.#scroller.firstElementChild?.append(section);
    return section;
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
