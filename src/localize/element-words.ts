import { languageOf, watchLanguages } from './language.js';
import { ENGLISH, knownWords, loadWords, onRegistered, withOverrides, type Words } from './localize.js';
import type { StringOverrides, Strings } from './strings.js';

/**
 * The words of one element while it is in the page: those of its language, also when that changes or comes later. Until
 * new ones are there, the old ones stay.
 */
export class ElementWords {
  readonly #element: Element;
  readonly #changed: () => void;
  #observer: MutationObserver | undefined;
  #stopListening: (() => void) | undefined;
  #asked: string | undefined;
  #words: Words = ENGLISH;
  #merged: Strings | null = null;
  #overrides: StringOverrides | undefined;

  /** @param changed called when there are other words than before */
  constructor(element: Element, changed: () => void) {
    this.#element = element;
    this.#changed = changed;
  }

  /** The language of the words; that of the page only where there are words in it. */
  get language(): string {
    return this.#words.language;
  }

  /** The words, some of them replaced by the page's own. */
  with(overrides: StringOverrides | undefined): Strings {
    if (!this.#merged || overrides !== this.#overrides) {
      this.#overrides = overrides;
      this.#merged = withOverrides(this.#words.strings, overrides);
    }
    return this.#merged;
  }

  /** In the page: follows the language of the element and of everything around it. */
  connect(): void {
    this.#observer = watchLanguages(this.#element, () => this.#follow());
    this.#stopListening = onRegistered(() => this.#ask());
    this.#follow();
  }

  disconnect(): void {
    this.#observer?.disconnect();
    this.#stopListening?.();
  }

  #follow(): void {
    if (languageOf(this.#element) !== this.#asked) this.#ask();
  }

  #ask(): void {
    const language = languageOf(this.#element);
    this.#asked = language;
    const known = knownWords(language);
    if (known) this.#take(known);
    else
      void loadWords(language).then((words) => {
        // Meanwhile the page may speak another language.
        if (this.#asked === language) this.#take(words);
      });
  }

  #take(words: Words): void {
    this.#words = words;
    this.#merged = null;
    this.#changed();
  }
}
