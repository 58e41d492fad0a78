/**
 * The next event of that name which fits; the test's own time limit ends a wait that is in vain.
 *
 * @param fits by default every event does
 */
export function nextEvent<E extends Event = CustomEvent>(
  target: EventTarget,
  name: string,
  fits: (event: E) => boolean = () => true,
): Promise<E> {
  return new Promise((resolve) => {
    const listener = (event: Event): void => {
      if (!fits(event as E)) return;
      target.removeEventListener(name, listener);
      resolve(event as E);
    };
    target.addEventListener(name, listener);
  });
}
