import { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';
import type { Contender } from '../contender.js';

/** OpenAI's Agents SDK with the list that its quick start suggests: drawn anew whenever the history changes. */
export function agentsSdk(): Contender {
  const list = document.createElement('ul');
  return {
    async mount(stage) {
      const main = document.createElement('div');
      main.style.cssText =
        'block-size: 480px; overflow-y: auto; display: flex; flex-direction: column-reverse';
      main.append(list);
      stage.append(main);
    },
    async start() {
      const response = await fetch('/token', { method: 'POST' });
      const { value } = (await response.json()) as { value: string };
      const transport = new OpenAIRealtimeWebRTC({ baseUrl: `${location.origin}/v1/realtime/calls` });
      const session = new RealtimeSession(new RealtimeAgent({ name: 'Assistant' }), { transport });
      session.on('history_updated', (history) => {
        list.replaceChildren(
          ...history.map((item) => {
            const row = document.createElement('li');
            row.textContent = wordsOf(item);
            return row;
          }),
        );
      });
      await session.connect({ apiKey: value });
    },
    words: () => list,
  };
}

function wordsOf(item: object): string {
  if (!('content' in item) || !Array.isArray(item.content)) return '';
  return (item.content as { transcript?: string | null; text?: string }[])
    .map((part) => part.transcript ?? part.text ?? '')
    .join('');
}
