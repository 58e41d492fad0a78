/** Every entry that a page may import, under the strictest rules, without the package's own settings. */
import { RealtimeVoiceElement, registerStrings, type RealtimeErrorEvent, type Turn } from 'realtime-voice';
import { emptyConversation, parseServerEvent, reduce, transcript } from 'realtime-voice/core';
import 'realtime-voice/define';
import japanese from 'realtime-voice/locales/ja';

registerStrings('ja', japanese);
const none: readonly Turn[] = transcript(reduce(emptyConversation, parseServerEvent('{}')));

const voice = document.createElement('realtime-voice');
voice.apiUrl = '/v1/realtime/calls';
voice.tokenProvider = async ({ reason, signal }) => {
  const response = await fetch(`/token?reason=${reason}`, { method: 'POST', signal });
  return response.json() as Promise<object>;
};
voice.tools = [
  { name: 'look', description: 'Looks', parameters: { type: 'object' }, execute: () => none.length },
];
const output = document.createElement('output');
voice.addEventListener('realtime-status-change', ({ detail }) => {
  output.textContent = detail.status;
});
voice.addEventListener('realtime-error', ({ detail }: RealtimeErrorEvent) => {
  output.textContent = detail.error.code;
});
const panel = document.createElement('realtime-event-panel');
panel.view = 'log';
document.getElementById('app')?.append(voice, panel, output);
if (!(voice instanceof RealtimeVoiceElement)) throw new Error('two copies of the class');
