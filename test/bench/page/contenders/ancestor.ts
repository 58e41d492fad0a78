import type { Contender } from '../contender.js';
import { serialCall } from './plain-call.js';

/**
 * The page that these components replace, rebuilt from its description: a paragraph per answer, each delta added to its
 * text, scrolled to the end after each, and the table of counts rebuilt for every event.
 */
export function ancestor(): Contender {
  const log = document.createElement('div');
  const table = document.createElement('table');
  const counts = new Map<string, number>();
  let paragraph: HTMLElement | undefined;
  let total = 0;

  const rebuild = (): void => {
    const rows = [...counts].map(([type, count]) => {
      const row = document.createElement('tr');
      for (const text of [type, String(count)]) row.insertCell().textContent = text;
      return row;
    });
    table.replaceChildren(...rows);
  };

  return {
    async mount(stage) {
      log.style.cssText = 'block-size: 480px; overflow-y: auto';
      table.style.cssText = 'position: fixed; inset-block-start: 0; inset-inline-end: 0';
      stage.append(log, table);
    },
    start: () =>
      serialCall((data) => {
        const { type, delta } = JSON.parse(data) as { type: string; delta?: string };
        total += 1;
        counts.set(type, (counts.get(type) ?? 0) + 1);
        rebuild();
        if (type === 'response.created') {
          paragraph = document.createElement('p');
          log.append(paragraph);
        } else if (type === 'response.output_audio_transcript.delta' && paragraph) {
          paragraph.textContent += delta ?? '';
          log.scrollTop = log.scrollHeight;
        }
      }),
    words: () => log,
    counted: () => total,
  };
}
