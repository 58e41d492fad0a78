import { inSeconds } from '../localize/formats.js';
import { isPagesWish } from '../session/pages-wish.js';
import type { SessionEventDetails } from '../session/session-events.js';
import type { VoiceFace } from './voice-face.js';
import { errorText } from './voice-status.js';

/** A sentence to the visitor with what can be done about it. */
export interface Notice {
  readonly text: string;
  readonly kind: 'info' | 'error';
  /** Its words change by the second, so they are not read out as they do. */
  readonly counts?: boolean;
  readonly actions?: readonly { readonly label: string; readonly run: () => void }[];
}

/**
 * What the visitor should know at this moment, each kind in a place of its own: otherwise one sentence would be read out again
 * when another one goes.
 */
export function notices(face: VoiceFace): readonly (Notice | null)[] {
  return [errorNotice(face), soundNotice(face), limitNotice(face), hintNotice(face)];
}

function errorNotice(face: VoiceFace): Notice | null {
  const { session, strings } = face;
  const { error } = session;
  const ended = session.status === 'failed' || session.reason === 'limit' ? error : null;
  const goesOn = session.status === 'connected' || session.status === 'reconnecting';
  const shown = ended ?? (goesOn ? face.passing : null);
  if (!shown || isPagesWish(shown)) return null;
  const canType =
    /^(permission|device)\./.test(shown.code) && session.status === 'failed' && face.controls.has('text');
  const actions = canType ? [{ label: strings.typeInstead, run: () => typeInstead(face) }] : [];
  return { text: errorText(shown, strings), kind: session.reason === 'limit' ? 'info' : 'error', actions };
}

function typeInstead(face: VoiceFace): void {
  face.typesOnly = true;
  // At once: later the visitor may be elsewhere, and phones show their keyboard only on a tap.
  face.element.renderRoot.querySelector('textarea')?.focus();
  // Shown by the next notice.
  void face.element.start().catch(() => {});
}

function soundNotice({ audio, strings }: VoiceFace): Notice | null {
  if (!audio.blocked) return null;
  const listen = { label: strings.listen, run: () => void audio.play() };
  return { text: strings.errors.soundBlocked, kind: 'info', actions: [listen] };
}

function limitNotice(face: VoiceFace): Notice | null {
  const { nearLimit, status } = face.session;
  if (!nearLimit || status !== 'connected') return null;
  return { text: limitText(face, nearLimit), kind: 'info', counts: true };
}

/** That a limit will soon end the call. */
export function limitText(
  { strings, language }: VoiceFace,
  { kind, remaining }: SessionEventDetails['limitwarning'],
): string {
  return strings.limitNear(kind, inSeconds(Math.round(remaining), language));
}

function hintNotice({ sound: { hint }, strings, element, session }: VoiceFace): Notice | null {
  if (!hint || session.status !== 'connected') return null;
  const unmute = { label: strings.unmute, run: () => void (element.muted = false) };
  return { text: strings[hint], kind: 'info', actions: hint === 'mutedButSpeaking' ? [unmute] : [] };
}
