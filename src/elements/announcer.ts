/** A status that passes sooner need not be read out. */
const SAY_MS = 500;

/** Reads sentences to those who listen to the page: into a region that is there all the time, even while a panel is closed. */
export class Announcer {
  readonly #root: () => ParentNode | null;
  readonly #status: () => string | null;
  #saying: ReturnType<typeof setTimeout> | undefined;
  #said: string | null = null;

  /** @param status how things stand, in words that do not count anything; `null` for what is told elsewhere */
  constructor(root: () => ParentNode | null, status: () => string | null) {
    this.#root = root;
    this.#status = status;
  }

  /** Reads a sentence out at once, in place of the one before. */
  say(sentence: string): void {
    const region = this.#root()?.querySelector('.announcer');
    if (region) region.textContent = sentence;
  }

  /** Reads the status out, once, when it lasts. */
  sayStatus(): void {
    clearTimeout(this.#saying);
    this.#saying = setTimeout(() => {
      const sentence = this.#status();
      if (sentence !== null && sentence !== this.#said) this.say(sentence);
      this.#said = sentence;
    }, SAY_MS);
  }
}
