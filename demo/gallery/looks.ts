/** Marks a text as CSS, for editors. */
const css = String.raw;

/** A look made with CSS alone. */
export interface Look {
  readonly title: string;
  readonly css: string;
}

/** Five looks, as a page would write them. */
export const looks: Readonly<Record<string, Look>> = {
  call: { title: 'Phone call', css: css`` },
};

/** Dresses every widget below `data-theme` in that look. */
export function wearLooks(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    Object.entries(looks)
      .map(([name, { css }]) => `[data-theme='${name}'] {\n${css}}`)
      .join('\n'),
  );
  document.adoptedStyleSheets.push(sheet);
}
