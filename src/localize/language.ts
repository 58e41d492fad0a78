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

/** A node on the way up. No class is named here, since there is none where pages are rendered on a server. */
interface Step {
  readonly parentNode?: Step | null;
  /** Of a shadow root. */
  readonly host?: Step;
  getAttribute?(name: string): string | null;
}
