import { mainButton } from './focus-keeper.js';
import type { RealtimeVoiceElement } from './realtime-voice.js';

/** What opened a floating panel; the focus returns there. */
const openers = new WeakMap<RealtimeVoiceElement, HTMLElement>();

/** Opens or closes the floating panel for a person: the focus goes in with it. @param opener a button of the page */
export async function show(voice: RealtimeVoiceElement, open: boolean, opener?: unknown): Promise<void> {
  if (opener instanceof HTMLElement) openers.set(voice, opener);
  voice.open = open;
  await voice.updateComplete;
  if (!open) return;
  // A question comes before the buttons: one of them calls off what it is about.
  (voice.renderRoot.querySelector<HTMLElement>('.consent') ?? mainButton(voice.renderRoot))?.focus();
}

/**
 * Brings what is on screen in line with `open`. Both the button and the panel lie above everything else on the page.
 * @returns the panel, while it does
 */
export function showPopovers(voice: RealtimeVoiceElement): HTMLElement | null {
  if (voice.layout !== 'floating') return null;
  const [launcher, panel] = voice.renderRoot.querySelectorAll<HTMLElement>('[popover]');
  // An update may come when the element is gone again.
  if (!launcher || !panel?.isConnected) return null;
  const closes = !voice.open && panel.matches(':popover-open');
  const hadFocus = closes && voice.contains((voice.getRootNode() as Document | ShadowRoot).activeElement);
  for (const [popover, shows] of [
    [launcher, !voice.open],
    [panel, voice.open],
  ] as const)
    if (popover.matches(':popover-open') !== shows) popover.togglePopover(shows);
  if (closes) {
    const opener = openers.get(voice);
    openers.delete(voice);
    if (hadFocus) (opener?.isConnected ? opener : launcher).focus();
  }
  return voice.open ? panel : null;
}
