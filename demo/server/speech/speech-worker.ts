/** Recognition and synthesis, away from the thread that keeps the 20 ms clock of the sound. */
import { parentPort } from 'node:worker_threads';
import { createRecogniser } from './recogniser.js';
import type { SpeechReply, SpeechRequest } from './speech.js';
import { synthesize } from './synthesizer.js';

const recogniser = createRecogniser();

parentPort?.on('message', async (request: SpeechRequest) => {
  const reply = await answer(request);
  const shared = 'pcm' in reply ? [reply.pcm.buffer as ArrayBuffer] : [];
  parentPort?.postMessage(reply, shared);
});

async function answer(request: SpeechRequest): Promise<SpeechReply> {
  const { id } = request;
  try {
    if ('say' in request) return { id, pcm: synthesize(request.say, request.manner) };
    return { id, text: (await recogniser).recognise(request.hear) };
  } catch (error) {
    return { id, error: error instanceof Error ? error.message : String(error) };
  }
}
