/**
 * For the `keydown`, `keyup` and `keypress` of a field: shortcuts of the page listen further out, and what is typed here is
 * none of them. What a field has no use for passes: keys with modifiers, and those that lead out of it.
 */
export function keepTyping(event: KeyboardEvent): void {
  if (!event.ctrlKey && !event.metaKey && !event.altKey && !/^(Escape|Tab)$/.test(event.key))
    event.stopPropagation();
}

/** An input method uses Enter and Escape for itself. Safari says so only by the key code. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}
