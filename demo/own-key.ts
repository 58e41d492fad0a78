import 'realtime-voice/define';
import { setUpSwitches } from './site.js';

setUpSwitches();

const STORED = 'realtime-voice-demo-key';
const CLIENT_SECRETS = 'https://api.openai.com/v1/realtime/client_secrets';
const SESSION = { type: 'realtime', model: 'gpt-realtime-2.1', audio: { output: { voice: 'marin' } } };

const find = <Type extends HTMLElement>(id: string): Type => document.querySelector<Type>(`#${id}`)!;
const field = find<HTMLInputElement>('key');
const remember = find<HTMLInputElement>('remember');
const state = find<HTMLOutputElement>('state');

/** The key lives here, in memory; the widget only ever sees the tokens that it mints. */
let key = localStorage.getItem(STORED) ?? '';
show();

find('form').addEventListener('submit', (event) => {
  event.preventDefault();
  key = field.value.trim() || key;
  field.value = '';
  if (remember.checked) localStorage.setItem(STORED, key);
  else localStorage.removeItem(STORED);
  show();
});

find('forget').addEventListener('click', () => {
  key = '';
  field.value = '';
  localStorage.removeItem(STORED);
  show();
});

document.querySelector('realtime-voice')!.tokenProvider = async ({ signal }) => {
  if (!key) throw new Error('There is no key yet.');
  const response = await fetch(CLIENT_SECRETS, {
    method: 'POST',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ expires_after: { anchor: 'created_at', seconds: 60 }, session: SESSION }),
    signal,
  });
  if (!response.ok) {
    tell(`OpenAI refused the key (${response.status}).`, `OpenAIがキーを拒否しました(${response.status})。`);
    throw new Error('The key was refused.');
  }
  return (await response.json()) as object;
};

function show(): void {
  const stored = localStorage.getItem(STORED) !== null;
  remember.checked = stored;
  if (!key) tell('No key yet.', 'キーはまだありません。');
  else if (stored) tell('The key is kept in this browser.', 'キーはこのブラウザーに保存されています。');
  else tell('The key is in memory until you leave.', 'キーはページを離れるまでメモリーにあります。');
}

function tell(english: string, japanese: string): void {
  state.textContent = document.documentElement.lang === 'ja' ? japanese : english;
}
