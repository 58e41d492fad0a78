import { serviceUrl } from './service-url.js';

/** A microphone that says what it is told. */
export interface Speaker {
  readonly stream: MediaStream;
  /** Says a text in a synthetic voice; resolves when the last sound of it has been sent. */
  say(text: string): Promise<void>;
  /** Says nothing for a moment, as anybody does before letting go of a button: what was said last is on its way till then. */
  pause(): Promise<void>;
  close(): Promise<void>;
}

/** A microphone in a silent room. The browser's pretended one beeps, and a beep interrupts. */
export function silence(): MediaStream {
  return new AudioContext().createMediaStreamDestination().stream;
}

const PAUSE_S = 0.3;

/** Opens such a microphone. Between its words it sends silence, as a real one does. */
export async function openSpeaker(): Promise<Speaker> {
  const context = new AudioContext();
  const destination = context.createMediaStreamDestination();
  const hum = context.createConstantSource();
  hum.offset.value = 0;
  hum.connect(destination);
  hum.start();
  await context.resume();
  const play = async (sound: AudioBuffer): Promise<void> => {
    const source = context.createBufferSource();
    source.buffer = sound;
    source.connect(destination);
    source.start();
    await new Promise((resolve) => {
      source.addEventListener('ended', resolve, { once: true });
    });
  };
  return {
    stream: destination.stream,
    async say(text) {
      const response = await fetch(`${serviceUrl}/__lab/say?text=${encodeURIComponent(text)}`);
      await play(await context.decodeAudioData(await response.arrayBuffer()));
    },
    pause: () => play(context.createBuffer(1, PAUSE_S * context.sampleRate, context.sampleRate)),
    close: () => context.close(),
  };
}
