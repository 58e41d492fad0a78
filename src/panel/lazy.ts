/** A part of the view that is loaded when it is first asked for. */
export class Lazy<Part> {
  readonly #load: () => Promise<Part>;
  readonly #loaded: () => void;
  #part: Part | undefined;
  #loading: Promise<Part | undefined> | undefined;

  /** `loaded` is called once the part is there. */
  constructor(load: () => Promise<Part>, loaded: () => void) {
    this.#load = load;
    this.#loaded = loaded;
  }

  /** The part, if it is there; otherwise it is fetched, and fetched again after a failure when asked again. */
  get(): Part | undefined {
    if (!this.#part) void this.whenLoaded();
    return this.#part;
  }

  /** The part, if it is there. */
  peek(): Part | undefined {
    return this.#part;
  }

  /** The part, once it is there; `undefined` when it cannot be fetched. */
  whenLoaded(): Promise<Part | undefined> {
    this.#loading ??= this.#fetch();
    return this.#loading;
  }

  async #fetch(): Promise<Part | undefined> {
    try {
      this.#part = await this.#load();
      this.#loaded();
    } catch (error) {
      console.warn('[realtime-voice] A part of <realtime-event-panel> could not be loaded.', error);
      this.#loading = undefined;
    }
    return this.#part;
  }
}
