import 'realtime-voice/define';
import { setUpSwitches } from './site.js';

setUpSwitches();

const voice = document.querySelector('realtime-voice');
const phrases = document.querySelector('#phrases');

/** The local service says what it understands, and where the calls go: to OpenAI, where it was given a key. */
const about = (await (await fetch('/about')).json()) as { phrases: string[]; apiUrl: string };
if (voice) {
  voice.apiUrl = about.apiUrl;
  voice.tools = [
    {
      name: 'get_weather',
      description: 'The weather in a city',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      execute: ({ city }) => `It is sunny and 21 degrees in ${String(city)}.`,
    },
  ];
}
const where = new URL(about.apiUrl, location.href).origin === location.origin ? 'local' : 'openai';
for (const part of document.querySelectorAll<HTMLElement>('[data-with]'))
  part.hidden = part.dataset['with'] !== where;
for (const phrase of about.phrases) {
  const item = document.createElement('li');
  item.lang = 'en';
  item.textContent = phrase;
  phrases?.append(item);
}
