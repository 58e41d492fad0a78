import { setUpSwitches } from '../site.js';
import { stage } from './cell.js';
import { looks, wearLooks, type Look } from './looks.js';
import { StagedVoice } from './staged-voice.js';
import { talkRecording } from './talk-log.js';
import { talks } from './talks.js';

StagedVoice.define('realtime-voice');
wearLooks();
const list = document.querySelector('#looks');
list?.append(...Object.entries(looks).map(([name, look]) => section(name, look)));
setUpSwitches();

function section(name: string, { title, css }: Look): HTMLElement {
  const section = document.createElement('section');
  section.className = 'look';
  section.id = name;
  const heading = document.createElement('h2');
  heading.dataset['en'] = title.en;
  heading.dataset['ja'] = title.ja;
  const frame = document.createElement('div');
  frame.className = 'frame';
  const code = document.createElement('pre');
  code.tabIndex = 0;
  code.textContent = css.replaceAll(/^ {6}/gm, '').trim();
  const copy = document.createElement('button');
  copy.type = 'button';
  copy.dataset['en'] = 'Copy the CSS';
  copy.dataset['ja'] = 'CSSをコピー';
  copy.addEventListener('click', () => void navigator.clipboard.writeText(code.textContent));
  const lines = code.textContent.split('\n').length;
  const length = document.createElement('span');
  length.dataset['en'] = `${lines} lines`;
  length.dataset['ja'] = `${lines}行`;
  const source = document.createElement('div');
  source.append(heading, copy, length, code);
  section.append(frame, source);
  void dress(name, frame);
  return section;
}

async function dress(theme: string, frame: HTMLElement): Promise<void> {
  const language = new URLSearchParams(location.search).get('lang')?.startsWith('ja') ? 'ja' : 'en';
  const voice = await stage(
    { layout: 'inline', state: 'speaking', theme, language },
    frame,
    'realtime-voice',
  );
  const talk = talks[language];
  if (talk) voice.replay = talkRecording(talk);
}
