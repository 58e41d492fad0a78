import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventLog } from '../../src/event-log/event-log.js';
import { latencyOf, medianLatency } from '../../src/event-log/latency.js';
import { Timeline, type TimelineTurn } from '../../src/event-log/timeline.js';
import { Script, spokenTurn } from './envelopes.js';

function turnsOf(fill: (script: Script) => void): readonly TimelineTurn[] {
  const script = new Script();
  fill(script);
  const log = new EventLog(1_000);
  const timeline = new Timeline();
  for (const envelope of script.envelopes) timeline.observe(log.add(envelope));
  return timeline.turns;
}

const lengths = (turn: TimelineTurn | undefined) =>
  turn?.spans.map(({ lane, start, end }) => `${lane} ${end === null ? '…' : end - start}`);

describe('Timeline', () => {
  it('makes one turn of speech, a tool round and the answer', () => {
    const turns = turnsOf((script) => {
      spokenTurn(script);
      script.server({ type: 'output_audio_buffer.stopped', response_id: 'r2' }, 4_000);
    });
    assert.equal(turns.length, 1);
    assert.deepEqual(lengths(turns[0]), [
      'user 2000',
      'generation 110',
      'tools 310',
      'generation 350',
      'audio 4100',
    ]);
  });

  it('takes events with the names of what every object has', () => {
    const turns = turnsOf((script) => {
      for (const type of ['__proto__', '__defineGetter__', 'constructor']) script.server({ type }, 1_000);
    });
    assert.deepEqual(turns, []);
  });

  it('measures from the end of speech to text, sound and end', () => {
    const [turn] = turnsOf((script) => {
      spokenTurn(script);
      script.server({ type: 'output_audio_buffer.stopped', response_id: 'r2' }, 4_000);
    });
    assert.ok(turn);
    assert.deepEqual(latencyOf(turn), { firstText: 600, firstAudio: 750, end: 4_850, bargeIn: null });
  });

  it('counts what an answer still says, once the visitor has begun to speak over it, to its own turn', () => {
    const [, second] = turnsOf((script) => {
      spokenTurn(script);
      script.server({ type: 'input_audio_buffer.speech_started', item_id: 'u2' }, 900);
      script.server({ type: 'response.output_audio_transcript.delta', response_id: 'r2', delta: ' more' });
      script.server({ type: 'output_audio_buffer.cleared', response_id: 'r2' });
      script.server({ type: 'input_audio_buffer.speech_stopped', item_id: 'u2' }, 1_000);
      script.server({ type: 'response.created', response: { id: 'r3' } });
      script.server({ type: 'response.output_audio_transcript.delta', response_id: 'r3', delta: 'Yes' }, 300);
    });
    assert.ok(second);
    assert.equal(latencyOf(second).firstText, 310);
  });

  it('measures how fast an answer falls silent when it is interrupted', () => {
    const turns = turnsOf((script) => {
      spokenTurn(script);
      script.server({ type: 'input_audio_buffer.speech_started', item_id: 'u2' }, 900);
      script.server({ type: 'output_audio_buffer.cleared', response_id: 'r2' }, 120);
    });
    assert.equal(turns.length, 2);
    assert.ok(turns[0]);
    assert.equal(latencyOf(turns[0]).bargeIn, 120);
    assert.equal(turns[0].spans.at(-1)?.cut, true);
  });

  it('keeps a late end of sound with the turn that it belongs to', () => {
    const turns = turnsOf((script) => {
      spokenTurn(script);
      script.client({ type: 'conversation.item.create', item: { type: 'message', role: 'user' } }, 500);
      script.server({ type: 'output_audio_buffer.stopped', response_id: 'r2' }, 500);
    });
    assert.equal(turns.length, 2);
    assert.notEqual(turns[0]?.end, null);
    assert.equal(turns[1]?.end, null);
  });

  it('counts a pause within what the visitor says as one turn', () => {
    const turns = turnsOf((script) => {
      for (const item_id of ['u1', 'u2']) {
        script.server({ type: 'input_audio_buffer.speech_started', item_id }, 300);
        script.server({ type: 'input_audio_buffer.speech_stopped', item_id }, 700);
      }
      script.server({ type: 'response.created', response: { id: 'r1' } });
    });
    assert.deepEqual(lengths(turns[0]), ['user 700', 'user 700', 'generation …']);
  });

  it('measures a written turn from the moment it was sent', () => {
    const [turn] = turnsOf((script) => {
      script.client({ type: 'conversation.item.create', item: { type: 'message', role: 'user' } });
      script.client({ type: 'response.create' }, 0);
      script.server({ type: 'response.created', response: { id: 'r1' } }, 40);
      script.server({ type: 'response.output_text.delta', item_id: 'a', delta: 'Hi' }, 60);
      script.server({ type: 'response.done', response: { id: 'r1', status: 'completed' } }, 100);
    });
    assert.ok(turn);
    assert.deepEqual(latencyOf(turn), { firstText: 100, firstAudio: null, end: 200, bargeIn: null });
  });

  it('gives no latency to an assistant that speaks first', () => {
    const [turn] = turnsOf((script) => {
      script.server({ type: 'response.created', response: { id: 'r1' } });
      script.server({ type: 'output_audio_buffer.started', response_id: 'r1' }, 60);
    });
    assert.ok(turn);
    assert.equal(latencyOf(turn).firstAudio, null);
  });

  it('keeps calls apart', () => {
    const script = new Script();
    spokenTurn(script);
    const log = new EventLog(1_000);
    const timeline = new Timeline();
    for (const envelope of script.envelopes) {
      timeline.observe(log.add(envelope, 1));
      timeline.observe(log.add(envelope, 2));
    }
    assert.deepEqual(
      timeline.turns.map(({ source, number }) => [source, number]),
      [
        [1, 1],
        [2, 1],
      ],
    );
  });

  it('takes the median of those turns that have the number', () => {
    const turns = turnsOf((script) => {
      for (const wait of [100, 300, 200, 900]) {
        script.client({ type: 'conversation.item.create', item: { type: 'message', role: 'user' } });
        script.server({ type: 'response.created', response: { id: `r${wait}` } }, 0);
        script.server({ type: 'response.output_text.delta', delta: 'x' }, wait);
      }
    });
    assert.deepEqual(medianLatency(turns), { firstText: 250, firstAudio: null, end: null, bargeIn: null });
  });
});
