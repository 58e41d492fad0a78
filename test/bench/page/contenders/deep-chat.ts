import 'deep-chat';
import type { Contender } from '../contender.js';

/** deep-chat's speech to speech. It draws no transcript there, so only connecting, parsing and bytes can be compared. */
export function deepChat(): Contender {
  const chat = document.createElement('deep-chat');
  return {
    async mount(stage) {
      const fetchEphemeralKey = async (): Promise<string> => {
        const response = await fetch('/token', { method: 'POST' });
        return ((await response.json()) as { value: string }).value;
      };
      chat.directConnection = { openAI: { realtime: { fetchEphemeralKey } } };
      chat.style.cssText = 'block-size: 480px';
      stage.append(chat);
      while (!toggle(chat)) await new Promise(requestAnimationFrame);
    },
    start: () => toggle(chat)?.click(),
  };
}

function toggle(chat: HTMLElement): HTMLElement | null | undefined {
  return chat.shadowRoot?.querySelector<HTMLElement>('.deep-chat-openai-realtime-toggle');
}
