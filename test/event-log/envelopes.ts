import type { Envelope, Origin } from '../../src/protocol/envelope.js';

/** Makes envelopes in order, as one call would. */
export class Script {
  readonly envelopes: Envelope[] = [];
  #time: number;

  constructor(time = 1_795_480_000_000) {
    this.#time = time;
  }

  server(event: { readonly type: string; readonly [field: string]: unknown }, after = 10): Envelope {
    return this.add('server', event, after);
  }

  client(event: { readonly type: string; readonly [field: string]: unknown }, after = 10): Envelope {
    return this.add('client', event, after);
  }

  add(
    origin: Origin,
    event: { readonly type: string; readonly [field: string]: unknown },
    after: number,
  ): Envelope {
    this.#time += after;
    const envelope = Object.freeze({
      sequence: this.envelopes.length + 1,
      origin,
      type: event.type,
      event,
      time: this.#time,
    });
    this.envelopes.push(envelope);
    return envelope;
  }
}

/** A spoken turn with a tool in it, answered in sound. Times are those a test may count on. */
export function spokenTurn(script: Script): void {
  const item = { type: 'function_call', name: 'find_trains', call_id: 'call_1', status: 'completed' };
  script.server({ type: 'input_audio_buffer.speech_started', item_id: 'u1' });
  script.server({ type: 'input_audio_buffer.speech_stopped', item_id: 'u1' }, 2_000);
  script.server({ type: 'response.created', response: { id: 'r1' } }, 50);
  script.server({ type: 'response.output_item.done', item }, 100);
  script.server({ type: 'response.done', response: { id: 'r1', status: 'completed' } }, 10);
  const output = { type: 'function_call_output', call_id: 'call_1', output: '[]' };
  script.client({ type: 'conversation.item.create', item: output }, 300);
  script.client({ type: 'response.create' }, 5);
  script.server({ type: 'response.created', response: { id: 'r2' } }, 35);
  const delta = { type: 'response.output_audio_transcript.delta', item_id: 'a1', content_index: 0 };
  script.server({ ...delta, delta: 'Three' }, 100);
  script.server({ type: 'output_audio_buffer.started', response_id: 'r2' }, 150);
  script.server({ ...delta, delta: ' trains' }, 50);
  script.server({ type: 'response.done', response: { id: 'r2', status: 'completed' } }, 50);
}
