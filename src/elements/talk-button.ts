/** What a press of the talk button asks for. */
export interface TalkRequests {
  start(): void;
  stop(): void;
  /** Whether the last start still holds: a call may have ended meanwhile. */
  talking(): boolean;
}

/** A press that short is a tap: it latches until the next one. */
const TAP_MS = 300;

/**
 * Turns the events of one button into talking: held with a pointer, a finger, Space or Enter; or tapped to latch and
 * tapped again to send. Losing the pointer or the focus lets go. A click alone, as assistive technology sends it, is a tap.
 */
export class TalkButton {
  readonly #requests: TalkRequests;
  #pressedAt: number | null = null;
  #latched = false;
  #liftedAt = -Infinity;

  constructor(requests: TalkRequests) {
    this.#requests = requests;
  }

  /** Takes any event of the button. */
  take(event: Event): void {
    if (event instanceof KeyboardEvent) this.#key(event);
    else this.#pointers[event.type]?.(event);
  }

  readonly #pointers: Readonly<Record<string, (event: Event) => void>> = {
    pointerdown: (event) => {
      const { currentTarget, pointerId, button } = event as PointerEvent;
      // That of a context menu presses nothing.
      if (button) return;
      // A synthetic pointer cannot be captured, and need not be.
      if (event.isTrusted) (currentTarget as HTMLElement).setPointerCapture(pointerId);
      this.#press(event.timeStamp);
    },
    pointerup: ({ timeStamp }) => {
      this.#liftedAt = timeStamp;
      this.#release(timeStamp);
    },
    click: ({ timeStamp }) => {
      // That of a pointer follows at once; keys make none here.
      if (timeStamp - this.#liftedAt < TAP_MS) return;
      this.#press(timeStamp);
      this.#release(timeStamp);
    },
    pointercancel: () => this.#letGo(),
    blur: () => this.#letGo(),
  };

  #key(event: KeyboardEvent): void {
    if (event.key !== ' ' && event.key !== 'Enter') return;
    event.preventDefault();
    // Nor does the page scroll, play or pause something.
    event.stopPropagation();
    if (event.type === 'keydown' && !event.repeat) this.#press(event.timeStamp);
    else if (event.type === 'keyup') this.#release(event.timeStamp);
  }

  #press(at: number): void {
    if (this.#latched && this.#requests.talking()) {
      this.#letGo();
      return;
    }
    this.#latched = false;
    this.#pressedAt = at;
    this.#requests.start();
  }

  #release(at: number): void {
    if (this.#pressedAt === null) return;
    if (at - this.#pressedAt < TAP_MS) {
      this.#latched = true;
      this.#pressedAt = null;
    } else this.#letGo();
  }

  #letGo(): void {
    const talking = this.#latched || this.#pressedAt !== null;
    this.#latched = false;
    this.#pressedAt = null;
    if (talking) this.#requests.stop();
  }
}
