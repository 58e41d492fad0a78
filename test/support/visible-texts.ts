const ATTRIBUTES = [
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'aria-roledescription',
  'alt',
  'title',
  'placeholder',
];

/** All that a person reads or hears read out, times and the names of devices left out: those are the browser's words. */
export function visibleTexts(root: ParentNode): readonly string[] {
  const shown = [...root.querySelectorAll('*')].filter(
    (element) =>
      element.checkVisibility({ visibilityProperty: true }) &&
      !element.matches('style, time, option:not([value=""])'),
  );
  return shown
    .flatMap((element) => [
      ...[...element.childNodes].filter((node) => node instanceof Text).map(({ data }) => data),
      ...ATTRIBUTES.map((name) => element.getAttribute(name) ?? ''),
    ])
    .map((text) => text.trim())
    .filter((text) => text !== '');
}
