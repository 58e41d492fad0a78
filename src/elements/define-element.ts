/** The version of the package. */
export const VERSION: string = '0.1.0';

/** Said once for both elements of a script that is loaded a second time. */
let warned = false;

/**
 * Registers an element. Without a registry (on a server) it does nothing; where the tag is taken it keeps what is there,
 * with one warning when that is not the same class. Never throws.
 */
export function defineElement(
  tag: string,
  element: CustomElementConstructor,
  registry: CustomElementRegistry | undefined = globalThis.customElements,
): void {
  const known = registry?.get(tag);
  if (!registry || known === element || known?.prototype instanceof element) return;
  if (known) {
    if (warned) return;
    warned = true;
    const versions = [known, element]
      .map((one) => (one as { version?: string }).version ?? 'unknown')
      .join(' and ');
    console.warn(
      `[realtime-voice] <${tag}> is defined already; the first definition stays (versions ${versions}).`,
    );
    return;
  }
  // The class may be registered once only; another tag gets a class of its own.
  registry.define(tag, registry.getName?.(element) ? class extends element {} : element);
}
