import { fixture, html } from '@open-wc/testing';
import { RealtimeEventPanelElement } from '../../src/elements/realtime-event-panel.js';
import type { Envelope } from '../../src/protocol/envelope.js';
import { Script } from '../event-log/envelopes.js';
import { until } from '../support/until.js';

RealtimeEventPanelElement.define();

/** Sends events of a script through a target, as a voice element would. */
export class Speaker {
  readonly #target: EventTarget;
  readonly #script: Script;

  constructor(target: EventTarget, time = Date.now() - 60_000) {
    this.#target = target;
    this.#script = new Script(time);
  }

  server(event: { readonly type: string; readonly [field: string]: unknown }, after?: number): void {
    this.#send(this.#script.server(event, after));
  }

  client(event: { readonly type: string; readonly [field: string]: unknown }, after?: number): void {
    this.#send(this.#script.client(event, after));
  }

  #send(detail: Envelope): void {
    this.#target.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true, composed: true }));
  }
}

/** Dispatches everything in a script, from the page's body. */
export function replay(script: Script): void {
  for (const detail of script.envelopes) {
    document.body.dispatchEvent(new CustomEvent('realtime-event', { detail, bubbles: true }));
  }
}

/** A panel, which may be out of sight. */
export async function placePanel(template = html`<realtime-event-panel></realtime-event-panel>`) {
  const box = await fixture<HTMLElement>(html`<div>${template}</div>`);
  return box.querySelector('realtime-event-panel') as RealtimeEventPanelElement;
}

/** A panel whose view is there. */
export async function openPanel(template = html`<realtime-event-panel></realtime-event-panel>`) {
  const panel = await placePanel(template);
  await until(() => part(panel, 'base'), 'the view is there');
  return panel;
}

/** The first element with a part. */
export function part(panel: RealtimeEventPanelElement, name: string): HTMLElement | null {
  return panel.renderRoot.querySelector(`[part~='${name}']`);
}

/** All elements with a part. */
export function parts(panel: RealtimeEventPanelElement, name: string): HTMLElement[] {
  return [...panel.renderRoot.querySelectorAll<HTMLElement>(`[part~='${name}']`)];
}

/** The texts of all elements with a part. */
export function texts(panel: RealtimeEventPanelElement, name: string): string[] {
  return parts(panel, name).map((element) => element.textContent?.replaceAll(/\s+/g, ' ').trim() ?? '');
}

/** Waits until the elements with a part read like this. */
export async function reads(
  panel: RealtimeEventPanelElement,
  name: string,
  wanted: readonly string[],
): Promise<void> {
  await until(
    () => JSON.stringify(texts(panel, name)) === JSON.stringify(wanted),
    `${name}: ${JSON.stringify(wanted)}`,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}, but reads ${JSON.stringify(texts(panel, name))}`);
  });
}

/** Presses a button by its name, or by the part it has. */
export function press(panel: RealtimeEventPanelElement, name: string): void {
  const buttons = [...panel.renderRoot.querySelectorAll('button')];
  const found = buttons.find(
    (button) =>
      button.part.contains(name) || button.ariaLabel === name || button.textContent?.trim() === name,
  );
  if (!found) throw new Error(`There is no button ${name}.`);
  found.click();
}

/** Opens the form for an event of one's own, for a call that is heard; resolves to its field. @param send takes what is sent */
export async function openComposer(
  panel: RealtimeEventPanelElement,
  send: (event: unknown) => void = () => {},
): Promise<HTMLTextAreaElement> {
  const call = Object.assign(new EventTarget(), { send });
  panel.attach(call);
  new Speaker(call).server({ type: 'session.created' });
  await until(() => panel.renderRoot.querySelector('[aria-label="Send an event"]'));
  press(panel, 'Send an event');
  await until(() => panel.renderRoot.querySelector('textarea'));
  return panel.renderRoot.querySelector('textarea')!;
}
