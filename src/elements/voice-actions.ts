import { isComposing, keepTyping } from '../controllers/typing.js';
import { RealtimeError } from '../session/realtime-error.js';
import { keepFocusInside } from './focus-keeper.js';
import { show } from './show.js';
import { TalkButton } from './talk-button.js';
import type { VoiceFace } from './voice-face.js';

/** What the buttons do. */
export interface VoiceActions {
  toggleCall(event: MouseEvent): void;
  toggleMute(): void;
  interrupt(): void;
  talk(event: Event): void;
  send(): void;
  key(event: KeyboardEvent): void;
  accept(accepted: boolean): void;
  jump(): void;
  toggleSettings(): void;
  chooseInput(event: Event): void;
  chooseOutput(event: Event): void;
  setVolume(event: Event): void;
  copy(): void;
  download(): void;
  show(open: boolean): void;
  panelKey(event: KeyboardEvent): void;
  heldKey(event: KeyboardEvent): void;
}

/** Whatever goes wrong is shown in the widget and told by its events, so nothing is thrown here. */
export function voiceActions(face: VoiceFace): VoiceActions {
  const quietly = (work: Promise<unknown>): void => void work.catch(() => {});
  const { element, session } = face;
  const talk = new TalkButton({
    start: () => quietly(session.startTalking()),
    stop: () => quietly(session.stopTalking()),
    talking: () => session.talking,
  });
  const refresh = (): void => element.requestUpdate();
  return {
    toggleCall(event) {
      // The second click of a double click would end what the first one began.
      if (event.detail > 1) return;
      if (!session.running) {
        face.typesOnly = false;
        quietly(element.start());
      } else session.stop('user');
    },
    toggleMute: () => {
      if (session.running) element.muted = !element.muted;
    },
    interrupt: () => quietly(session.interrupt()),
    talk(event) {
      talk.take(event);
      refresh();
    },
    send: () => void sendTyped(face),
    key(event) {
      keepTyping(event);
      if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
      event.preventDefault();
      void sendTyped(face);
    },
    accept: (accepted) => face.consent.answer(accepted),
    jump: () => face.follow(true),
    toggleSettings() {
      face.settingsOpen = !face.settingsOpen;
      face.copied = false;
      void face.listDevices();
      refresh();
    },
    chooseInput: (event) => {
      element.inputDevice = (event.target as HTMLSelectElement).value || undefined;
      face.tellDevices();
    },
    chooseOutput: (event) => {
      element.outputDevice = (event.target as HTMLSelectElement).value || undefined;
      face.tellDevices();
    },
    setVolume: (event) => {
      face.audio.volume = Number((event.target as HTMLInputElement).value) / 100;
    },
    copy: () => quietly(copy(face)),
    download: () => download(face),
    show: (open) => void show(element, open),
    panelKey(event) {
      if (event.key === 'Escape' && !isComposing(event)) void show(element, false);
      else if (event.key === 'Tab') keepFocusInside(event);
    },
    heldKey(event) {
      // It would press again and again, and by then another button may have the focus.
      if (event.repeat && event.key === 'Enter' && event.target instanceof HTMLButtonElement)
        event.preventDefault();
    },
  };
}

/** A message typed before the call starts one, without a microphone: whoever types may not want to talk. */
async function sendTyped(face: VoiceFace): Promise<void> {
  const { element, session } = face;
  const box = element.renderRoot.querySelector('textarea');
  const text = box?.value.trim();
  if (!box || !text) return;
  box.value = '';
  try {
    if (!session.running) face.typesOnly = true;
    if (session.status !== 'connected') await element.start();
    face.follow();
    // What keeps a call from beginning is told by the call.
    await session.sendText(text).catch((error: unknown) => {
      face.trouble(RealtimeError.from(error));
      throw error;
    });
  } catch {
    // The words are not lost: they go back to where they can be sent again, after those that came back before.
    box.value = box.value ? `${box.value}\n${text}` : text;
  }
}

async function copy(face: VoiceFace): Promise<void> {
  const text = face.element.exportTranscript('text');
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Frames have no clipboard of their own unless the page around them says so, and pages without https have none at
    // all; the old way needs no permission.
    copyBySelection(face, text);
  }
  face.copied = true;
  face.announcer.say(face.strings.copied);
  face.element.requestUpdate();
}

function copyBySelection({ element }: VoiceFace, text: string): void {
  const box = document.createElement('textarea');
  box.className = 'hidden';
  box.value = text;
  const focused = element.shadowRoot?.activeElement as HTMLElement | null;
  element.renderRoot.querySelector('.base')?.append(box);
  box.focus({ preventScroll: true });
  box.select();
  const copied = document.execCommand('copy');
  box.remove();
  focused?.focus({ preventScroll: true });
  if (!copied) throw new Error('The browser does not let the page copy.');
}

function download(face: VoiceFace): void {
  const text = face.element.exportTranscript('text');
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${face.strings.conversation}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}
