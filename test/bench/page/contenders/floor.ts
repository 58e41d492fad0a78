import type { Contender } from '../contender.js';
import { overlappedCall } from './plain-call.js';

interface Settings {
  /** Words are appended at once, per delta, instead of once per frame. */
  readonly sync: boolean;
  readonly panel: boolean;
}

const REFRESH_MS = 250;
const CSS = `
  main { block-size: 480px; overflow-y: auto; display: flex; flex-direction: column-reverse; }
  table { position: fixed; inset-block-start: 0; inset-inline-end: 0; }`;

interface ServerEvent {
  readonly type: string;
  readonly item_id?: string;
  readonly delta?: string;
  readonly transcript?: string;
}

/** The least that shows words and counts: one text node per turn, a table with one row per type, no framework. */
export function floor({ sync, panel }: Settings): Contender {
  const turns = document.createElement('div');
  const body = document.createElement('tbody');
  const words = new Map<string, Text>();
  const waiting = new Map<Text, string>();
  const counts = new Map<string, { count: number; drawn: number; cell: HTMLElement }>();
  let total = 0;
  let asked = false;
  let drawing = false;

  const textOf = (id: string): Text => {
    const known = words.get(id);
    if (known) return known;
    const paragraph = document.createElement('p');
    const text = document.createTextNode('');
    paragraph.append(text);
    turns.append(paragraph);
    words.set(id, text);
    return text;
  };
  const append = (text: Text, delta: string): void => {
    if (sync) text.appendData(delta);
    else waiting.set(text, (waiting.get(text) ?? '') + delta);
  };
  const flush = (): void => {
    drawing = false;
    for (const [text, delta] of waiting) text.appendData(delta);
    waiting.clear();
    if (panel) drawCounts();
  };
  const drawCounts = (): void => {
    asked = false;
    for (const [type, row] of counts) {
      if (!row.drawn) body.append(rowOf(type, row.cell));
      if (row.drawn !== row.count) row.cell.textContent = String(row.count);
      row.drawn = row.count;
    }
  };
  const count = (type: string): void => {
    total += 1;
    const row = counts.get(type) ?? { count: 0, drawn: 0, cell: document.createElement('td') };
    row.count += 1;
    counts.set(type, row);
  };
  const schedule = (): void => {
    if (!sync && !drawing) requestAnimationFrame(flush);
    drawing ||= !sync;
    if (sync && panel && !asked) setTimeout(drawCounts, REFRESH_MS);
    asked ||= sync && panel;
  };

  return {
    async mount(stage) {
      const style = document.createElement('style');
      style.textContent = CSS;
      const main = document.createElement('main');
      main.append(turns);
      stage.append(style, main);
      if (!panel) return;
      const table = document.createElement('table');
      table.append(body);
      stage.append(table);
    },
    start: () =>
      overlappedCall((data) => {
        const event = JSON.parse(data) as ServerEvent;
        const { type, item_id: id = '' } = event;
        if (panel) count(type);
        if (type.endsWith('transcript.delta') || type.endsWith('transcription.delta'))
          append(textOf(id), event.delta ?? '');
        else if (event.transcript !== undefined && textOf(id).data === '')
          append(textOf(id), event.transcript);
        schedule();
      }),
    words: () => turns,
    ...(panel && { counted: () => total }),
  };
}

function rowOf(type: string, cell: HTMLElement): HTMLElement {
  const row = document.createElement('tr');
  const name = document.createElement('th');
  name.textContent = type;
  row.append(name, cell);
  return row;
}
