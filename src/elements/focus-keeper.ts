/** Controls that the keyboard can reach. A slot stands for what the page has put into it. */
const FOCUSABLE = 'button:not(:disabled), textarea, select, input, summary, a[href], [tabindex="0"], slot';

/** What can be focused in there, in order, with what the page has put into slots. */
export function focusable(root: ParentNode): readonly HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(FOCUSABLE)].flatMap((found) => {
    if (!(found instanceof HTMLSlotElement)) return found.checkVisibility() ? [found] : [];
    return found
      .assignedElements()
      .flatMap((given) => [...(given.matches(FOCUSABLE) ? [given as HTMLElement] : []), ...focusable(given)]);
  });
}

/** The first button of the call that is shown, or else that of the header. */
export function mainButton(root: ParentNode): HTMLElement | undefined {
  const shown = (selector: string): HTMLElement | undefined =>
    [...root.querySelectorAll<HTMLElement>(selector)].find((button) => button.checkVisibility());
  return shown('.controls button') ?? shown('header button');
}

/** From the last control of a panel on to the first, and back. */
export function keepFocusInside(event: KeyboardEvent): void {
  const controls = focusable(event.currentTarget as HTMLElement);
  const [from, to] = event.shiftKey ? [controls[0], controls.at(-1)] : [controls.at(-1), controls[0]];
  if (event.composedPath()[0] !== from) return;
  event.preventDefault();
  to?.focus();
}

/**
 * Whoever uses the keyboard is never thrown back to the top of the page: when the focused control goes, the focus returns
 * to where it was before, or to the main button. A question that comes up gets the focus of who has caused it.
 */
export class FocusKeeper {
  #focused: HTMLElement | null = null;
  #before: HTMLElement | null = null;
  #question: HTMLElement | null = null;

  /** Before anything is drawn. */
  remember(root: ShadowRoot): void {
    this.#focused = root.activeElement as HTMLElement | null;
  }

  /** After it. @param question when it is new, it has the focus now, if anything here had it */
  restore(root: ShadowRoot, question: HTMLElement | null): void {
    const asks = question !== this.#question;
    this.#question = question;
    if (!this.#focused) return;
    if (question && asks) {
      this.#before = this.#focused;
      question.focus();
    } else if (!this.#focused.isConnected) {
      const back = this.#before?.isConnected ? this.#before : mainButton(root);
      (back ?? root.querySelector<HTMLElement>('.transcript'))?.focus();
    }
    if (!question) this.#before = null;
  }
}
