/** What the built manifest says that a page can style of an element. */
interface Api {
  readonly tagName?: string;
  readonly cssParts: readonly Named[];
  readonly cssStates: readonly Named[];
  readonly cssProperties: readonly Named[];
  readonly slots: readonly Named[];
}
interface Named {
  readonly name: string;
  readonly description?: string;
}

const path: string = '/dist/custom-elements.json';
const { default: manifest } = (await import(path)) as {
  readonly default: { readonly modules: readonly { readonly declarations?: readonly Api[] }[] };
};

/** Of one element. */
export function apiOf(tag: string): Api {
  return manifest.modules
    .flatMap(({ declarations = [] }) => declarations)
    .find(({ tagName }) => tagName === tag)!;
}

/** A colour that nothing else on the page has. */
export const MARK = 'rgb(1, 2, 3)';

/** A page with a style sheet of its own, and a place for the element that it styles. */
export class StylingPage {
  readonly place = document.body.appendChild(document.createElement('div'));
  readonly #sheet = document.head.appendChild(document.createElement('style'));

  set css(rules: string) {
    this.#sheet.textContent = rules;
  }

  close(): void {
    this.place.remove();
    this.#sheet.remove();
  }
}

/** Tells which parts of the manifest there are, and which of those a page's rules reach. */
export class PartsFound {
  /** In the manifest, and never reached. */
  readonly unseen: Set<string>;
  /** Not in the manifest. */
  readonly undocumented = new Set<string>();
  readonly #page: StylingPage;
  readonly #names: readonly string[];

  constructor(page: StylingPage, { cssParts }: Api) {
    this.#page = page;
    // Those that are named in the description of another one too: `turn` is `turn-user` as well.
    this.#names = cssParts.flatMap(({ name, description = '' }) => [
      name,
      ...[...description.matchAll(/`([a-z-]+)`/g)]
        .map(([, more]) => more!)
        .filter((more) => more.startsWith(name)),
    ]);
    this.unseen = new Set(this.#names);
  }

  /** Looks at what an element shows now. */
  look({ localName, renderRoot }: HTMLElement & { readonly renderRoot: ParentNode }): void {
    const there = [...renderRoot.querySelectorAll('[part]')].flatMap((node) => [...node.part]);
    for (const part of new Set(there)) {
      if (!this.#names.includes(part)) this.undocumented.add(part);
      if (!this.unseen.has(part)) continue;
      this.#page.css = `${localName}::part(${part}) { outline: 2px solid ${MARK} }`;
      const { outlineColor } = getComputedStyle(renderRoot.querySelector(`[part~="${part}"]`)!);
      if (outlineColor === MARK) this.unseen.delete(part);
    }
  }
}
