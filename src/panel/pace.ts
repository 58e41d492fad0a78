/** Panels are read, not watched frame by frame. */
const REFRESH_MS = 250;

/** Runs a task when asked, at most four times a second. Nothing is scheduled unless somebody asked. */
export class Pace {
  readonly #task: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #due = Infinity;
  #ran = -Infinity;

  constructor(task: () => void) {
    this.#task = task;
  }

  /** Asks for a run, not before `delay` milliseconds are over. An earlier run serves too. */
  ask(delay = 0): void {
    // Every event asks, and mostly a run is due already.
    if (this.#due <= this.#ran + REFRESH_MS) return;
    const now = performance.now();
    const due = Math.max(now + delay, this.#ran + REFRESH_MS);
    if (due >= this.#due) return;
    this.cancel();
    this.#due = due;
    this.#timer = setTimeout(() => this.#run(), due - now);
  }

  /** Forgets what was asked for. */
  cancel(): void {
    clearTimeout(this.#timer);
    this.#due = Infinity;
  }

  #run(): void {
    this.#due = Infinity;
    this.#ran = performance.now();
    this.#task();
  }
}
