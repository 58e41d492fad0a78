import type { Call } from './call.js';
import { newId } from './outgoing.js';

const FLOOD_SECONDS = 10;
const FLOOD_STEP_MS = 20;
/** Long enough for the error to arrive before the channel is gone. */
const LAST_WORD_MS = 50;

/** Messages that are no events, or none that anybody knows. */
const GARBAGE: readonly (string | Uint8Array)[] = [
  '{"type":',
  'null',
  '[]',
  '1',
  '',
  '{"no":"type"}',
  '{"type":"ping","n":1}',
  '{"type":"response.done","response":7}',
  new Uint8Array([0, 1, 2, 255]),
];
const HUGE_BYTES = 200_000;

/** Does to an open call what its scenario asks for. */
export function misbehave(call: Call): void {
  const { closeAfterMs, closeHow, expiresInMs, garbage, flood } = call.options.scenario;
  if (closeAfterMs !== undefined) call.after(closeAfterMs, () => call.peer.close(closeHow));
  if (expiresInMs !== undefined) call.after(expiresInMs, () => expire(call));
  if (garbage) {
    for (const message of GARBAGE) call.peer.send(message);
    call.peer.send(JSON.stringify({ type: 'huge.event', padding: 'x'.repeat(HUGE_BYTES) }));
  }
  if (flood) floodWith(call, flood);
}

function expire(call: Call): void {
  const message = 'Your session hit the maximum duration of 60 minutes.';
  call.refuse({ code: 'session_expired', message, param: null }, null);
  call.after(LAST_WORD_MS, () => call.end());
}

/** One answer of very many words. */
function floodWith(call: Call, perSecond: number): void {
  const item = {
    id: newId('item'),
    type: 'message',
    role: 'assistant',
    status: 'in_progress',
    content: [],
  } as const;
  const where = { response_id: newId('resp'), output_index: 0 };
  call.conversation.add({ ...item, content: [] });
  let left = perSecond * FLOOD_SECONDS;
  const more = (): void => {
    for (let count = (perSecond * FLOOD_STEP_MS) / 1_000; count > 0 && left > 0; count -= 1, left -= 1) {
      call.send({
        type: 'response.output_audio_transcript.delta',
        ...where,
        item_id: item.id,
        content_index: 0,
        delta: 'word ',
      });
    }
    if (left > 0) call.after(FLOOD_STEP_MS, more);
  };
  more();
}
