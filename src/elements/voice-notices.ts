import { inSeconds } from '../localize/formats.js';
import type { Notice } from './view-model.js';
import type { VoiceFace } from './voice-face.js';
import { errorText } from './voice-status.js';

/** What the visitor should know at this moment, with what can be done about it. */
export function notices(face: VoiceFace): readonly Notice[] {
  return [...errorNotice(face), ...soundNotice(face), ...limitNotice(face), ...hintNotice(face)];
}

function errorNotice(face: VoiceFace): readonly Notice[] {
  const { session, strings } = face;
  const { error } = session;
  const ended = session.status === 'failed' || session.reason === 'limit' ? error : null;
  const shown = ended ?? (session.status === 'connected' ? face.passing : null);
  if (!shown) return [];
  const canType = /^(permission|device)\./.test(shown.code) && session.status === 'failed';
  const actions = canType ? [{ label: strings.typeInstead, run: () => typeInstead(face) }] : [];
  return [{ text: errorText(shown, strings), kind: session.reason === 'limit' ? 'info' : 'error', actions }];
}

function typeInstead(face: VoiceFace): void {
  face.typesOnly = true;
  void face.element
    .start()
    .then(() => face.element.renderRoot.querySelector('textarea')?.focus())
    // Shown by the next notice.
    .catch(() => {});
}

function soundNotice({ audio, strings }: VoiceFace): readonly Notice[] {
  if (!audio.blocked) return [];
  return [
    {
      text: strings.errors.soundBlocked,
      kind: 'info',
      actions: [{ label: strings.listen, run: () => void audio.play() }],
    },
  ];
}

function limitNotice({ limit, strings, language, session }: VoiceFace): readonly Notice[] {
  return limit && session.status === 'connected'
    ? [
        {
          text: strings.limitNear(limit.kind, inSeconds(Math.round(limit.remaining), language)),
          kind: 'info',
        },
      ]
    : [];
}

function hintNotice({ hint, strings, element, session }: VoiceFace): readonly Notice[] {
  if (!hint || session.status !== 'connected') return [];
  const unmute = { label: strings.unmute, run: () => void (element.muted = false) };
  return [{ text: strings[hint], kind: 'info', actions: hint === 'mutedButSpeaking' ? [unmute] : [] }];
}
