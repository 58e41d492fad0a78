/** The language of an element, English where the page names none. */
export function languageOf(element: Element): string {
  return declaredLanguage(element) ?? 'en';
}

/** An element's own `lang` or that of its closest ancestor, across shadow roots. */
export function declaredLanguage(element: Element): string | undefined {
  let node: Node | null = element;
  while (node) {
    const language = node instanceof Element ? node.getAttribute('lang') : null;
    if (language) return language;
    node = node instanceof ShadowRoot ? node.host : node.parentNode;
  }
  return undefined;
}
