/**
 * What has been acquired and must be given back. Everything that opens something pushes its release here at once, so
 * one call at whichever end gives all of it back, last first.
 */
export class ReleaseList {
  #releases: (() => void)[] | null = [];

  /** Adds a release, or runs it at once when the list has been released already. */
  push(release: () => void): void {
    if (this.#releases) this.#releases.push(release);
    else guarded(release);
  }

  /** Listens until the list is released. */
  listen(target: EventTarget, type: string, listener: (event: Event) => void): void {
    target.addEventListener(type, listener);
    this.push(() => target.removeEventListener(type, listener));
  }

  /** Gives everything back. Calling it again does nothing. */
  release(): void {
    const releases = this.#releases ?? [];
    this.#releases = null;
    for (const release of releases.reverse()) guarded(release);
  }
}

function guarded(release: () => void): void {
  try {
    release();
  } catch {
    /* one release that throws must not keep the others from running, and nobody is left to tell */
  }
}
