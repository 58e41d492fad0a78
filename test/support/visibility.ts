/** The page is put in front, or behind another one, as far as scripts can tell: a background tab of a headless browser calls itself visible. */
export function showPage(isVisible: boolean): void {
  if (isVisible) Reflect.deleteProperty(document, 'hidden');
  else Object.defineProperty(document, 'hidden', { value: true, configurable: true });
  document.dispatchEvent(new Event('visibilitychange'));
}
