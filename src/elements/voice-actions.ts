import { exportTranscript } from '../conversation/export-transcript.js';
import { TalkButton } from './talk-button.js';
import type { VoiceActions } from './view-model.js';
import type { VoiceFace } from './voice-face.js';

/** What the buttons do. Whatever goes wrong is shown in the widget and told by its events, so nothing is thrown here. */
export function voiceActions(face: VoiceFace): VoiceActions {
  const quietly = (work: Promise<unknown>): void => void work.catch(() => {});
  const { element, session } = face;
  const talk = new TalkButton({
    start: () => quietly(session.startTalking()),
    stop: () => quietly(session.stopTalking()),
  });
  const refresh = (): void => element.requestUpdate();
  return {
    toggleCall() {
      if (session.status === 'idle' || session.status === 'failed') {
        face.typesOnly = false;
        quietly(element.start());
      } else session.stop('user');
    },
    toggleMute: () => {
      element.muted = !element.muted;
    },
    interrupt: () => quietly(session.interrupt()),
    talk(event) {
      talk.take(event);
      refresh();
    },
    send(event) {
      event.preventDefault();
      const box = (event.currentTarget as HTMLFormElement).querySelector('textarea');
      if (box) void sendTyped(face, box);
    },
    key(event) {
      // Shortcuts of the page listen further out; what is typed here is none of them.
      if (!event.ctrlKey && !event.metaKey && !event.altKey && event.key !== 'Escape')
        event.stopPropagation();
      // An input method uses Enter for itself. Safari says so only by the key code.
      const composing = event.isComposing || event.keyCode === 229;
      if (event.key !== 'Enter' || event.shiftKey || composing) return;
      event.preventDefault();
      void sendTyped(face, event.currentTarget as HTMLTextAreaElement);
    },
    accept: (accepted) => face.consent.answer(accepted),
    jump() {
      face.follow();
      element.renderRoot.querySelector<HTMLElement>('.transcript')?.focus();
    },
    toggleSettings() {
      face.settingsOpen = !face.settingsOpen;
      face.copied = false;
      void face.listDevices();
      refresh();
    },
    chooseInput: (event) => {
      element.inputDevice = (event.target as HTMLSelectElement).value || undefined;
    },
    chooseOutput: (event) => {
      element.outputDevice = (event.target as HTMLSelectElement).value || undefined;
    },
    setVolume: (event) => {
      face.audio.volume = Number((event.target as HTMLInputElement).value) / 100;
    },
    copy: () => quietly(copy(face)),
    download: () => download(face),
    show: (open) => void show(face, open),
    panelKey(event) {
      if (event.key === 'Escape' && !event.isComposing) void show(face, false);
      else if (event.key === 'Tab') keepFocusInside(event);
    },
  };
}

/** Opens or closes the floating panel; the focus goes in with it, and back to where it came from. */
async function show({ element }: VoiceFace, open: boolean): Promise<void> {
  element.open = open;
  await element.updateComplete;
  element.renderRoot.querySelector<HTMLElement>(open ? '.panel .controls button' : '.launcher')?.focus();
}

const FOCUSABLE = 'button:not(:disabled, [hidden]), textarea, select, input, summary, [tabindex="0"]';

/** From the last control of the panel on to the first, and back. */
function keepFocusInside(event: KeyboardEvent): void {
  const panel = event.currentTarget as HTMLElement;
  const controls = [...panel.querySelectorAll<HTMLElement>(FOCUSABLE)];
  const [from, to] = event.shiftKey ? [controls[0], controls.at(-1)] : [controls.at(-1), controls[0]];
  if (event.target !== from) return;
  event.preventDefault();
  to?.focus();
}

/** A message typed before the call starts one, without a microphone: whoever types may not want to talk. */
async function sendTyped(face: VoiceFace, box: HTMLTextAreaElement): Promise<void> {
  const text = box.value.trim();
  if (text === '') return;
  const { element, session } = face;
  box.value = '';
  try {
    if (session.status === 'idle' || session.status === 'failed') {
      face.typesOnly = true;
      await element.start();
    }
    face.follow();
    await session.sendText(text);
  } catch {
    // The words are not lost: they go back to where they can be sent again.
    if (box.value === '') box.value = text;
  }
}

async function copy(face: VoiceFace): Promise<void> {
  await navigator.clipboard.writeText(exportTranscript(face.session.turns, 'text', face.strings.speakers));
  face.copied = true;
  face.announce(face.strings.copied);
  face.element.requestUpdate();
}

function download(face: VoiceFace): void {
  const text = exportTranscript(face.session.turns, 'text', face.strings.speakers);
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `${face.strings.conversation}.txt`;
  link.click();
  URL.revokeObjectURL(url);
}
