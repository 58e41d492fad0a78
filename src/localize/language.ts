/** The language of an element, English where the page names none. */
export function languageOf(element: Element): string {
  return declaredLanguage(element) ?? 'en';
}

/** An element's own `lang` or that of its closest ancestor, across shadow roots. */
export function declaredLanguage(element: Element): string | undefined {
  let node: Step | null | undefined = element;
  while (node) {
    const language = node.getAttribute?.('lang');
    if (language) return language;
    node = node.parentNode ?? node.host;
  }
  return undefined;
}

/** Calls back when a `lang` changes that may be that of the element, until what is returned is disconnected. */
export function watchLanguages(element: Element, changed: () => void): MutationObserver {
  const observer = new MutationObserver(changed);
  let root: Node | undefined = element.getRootNode();
  while (root) {
    observer.observe(root, { attributeFilter: ['lang'], subtree: true });
    root = root instanceof ShadowRoot ? root.host.getRootNode() : undefined;
  }
  return observer;
}

/** A node on the way up. No class is named here, since there is none where pages are rendered on a server. */
interface Step {
  readonly parentNode?: Step | null;
  /** Of a shadow root. */
  readonly host?: Step;
  getAttribute?(name: string): string | null;
}
