/** A pixel is lost now and then where halves are rounded. */
const TOLERANCE = 1;

/**
 * What does not fit: text wider than its box, boxes that stick out of the page, and content that is cut off below where
 * nobody can scroll to it. Empty when all is well.
 */
export function overflowing(root: ParentNode): readonly string[] {
  return [...root.querySelectorAll<HTMLElement>('*')]
    .filter((element) => element instanceof HTMLElement && isShown(element))
    .flatMap((element) => complaints(element).map((complaint) => `${name(element)} ${complaint}`));
}

/** What is only for screen readers is cut off on purpose. */
function isShown(element: HTMLElement): boolean {
  return element.checkVisibility({ visibilityProperty: true }) && !element.matches('.hidden, option, slot');
}

function complaints(element: HTMLElement): readonly string[] {
  const { clientWidth, scrollWidth, clientHeight, scrollHeight } = element;
  const { left, right } = element.getBoundingClientRect();
  const { overflowY } = getComputedStyle(element);
  // Boxes of text in a line have no width of their own.
  const isBox = clientWidth > 0;
  return [
    isBox && scrollWidth > clientWidth + TOLERANCE ? `is ${scrollWidth - clientWidth} px too narrow` : '',
    left < -TOLERANCE ? `sticks out to the left by ${-left} px` : '',
    right > innerWidth + TOLERANCE ? `sticks out to the right by ${right - innerWidth} px` : '',
    isBox && !/auto|scroll|visible/.test(overflowY) && scrollHeight > clientHeight + TOLERANCE
      ? `is ${scrollHeight - clientHeight} px too low`
      : '',
  ].filter((complaint) => complaint !== '');
}

/** Buttons that something else lies upon. Those that scroll with the transcript or the settings are left out. */
export function covered(root: ShadowRoot): readonly string[] {
  return [...root.querySelectorAll<HTMLElement>('button')]
    .filter((button) => isShown(button) && !button.closest('.transcript, .settings'))
    .filter((button) => {
      const { left, top, width, height } = button.getBoundingClientRect();
      const corners = [left + 0.2 * width, left + 0.8 * width].map((x) => [x, top + height / 2] as const);
      return corners.some(([x, y]) => y < innerHeight && !button.contains(root.elementFromPoint(x, y)));
    })
    .map((button) => `${name(button)} is covered`);
}

function name(element: HTMLElement): string {
  const part = element.getAttribute('part') ?? element.className;
  return `<${element.localName} ${part}> “${element.textContent.trim().slice(0, 40)}”`;
}
