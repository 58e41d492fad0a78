import type { RealtimeVoiceElement } from './realtime-voice.js';
import { show } from './show.js';

/** What goes wrong is shown in the widget and told by its events. */
const quietly = (work: Promise<unknown>): void => void work.catch(() => {});

const commands: Readonly<Record<string, (voice: RealtimeVoiceElement, source: unknown) => void>> = {
  '--start': (voice) => quietly(voice.start()),
  '--stop': (voice) => voice.stop(),
  '--toggle': (voice) => quietly(voice.toggle()),
  '--toggle-mute': (voice) => {
    voice.muted = !voice.muted;
  },
  '--interrupt': (voice) => quietly(voice.interrupt()),
  '--show': (voice, source) => void show(voice, true, source),
  '--hide': (voice) => {
    voice.open = false;
  },
};

/** Obeys a button anywhere on the page that names the widget in `commandfor`; its `command` is one of the above. */
export function runCommand(voice: RealtimeVoiceElement, event: Event): void {
  const { command = '', source } = event as Event & { readonly command?: string; readonly source?: unknown };
  commands[command]?.(voice, source);
}
