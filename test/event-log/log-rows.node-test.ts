import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventLog } from '../../src/event-log/event-log.js';
import { readFilter } from '../../src/event-log/filter.js';
import type { Direction } from '../../src/event-log/type-filter.js';
import { LogRows } from '../../src/event-log/log-rows.js';
import { Script } from './envelopes.js';

const delta = (item: string, text: string) => ({
  type: 'response.output_audio_transcript.delta',
  item_id: item,
  content_index: 0,
  delta: text,
});

function logOf(fill: (script: Script) => void, capacity = 1_000): EventLog {
  const script = new Script();
  fill(script);
  const log = new EventLog(capacity);
  for (const envelope of script.envelopes) log.add(envelope);
  return log;
}

function shown(log: EventLog, filter = '', direction: Direction = 'all'): string[] {
  const rows = new LogRows();
  rows.refilter(readFilter(filter, direction));
  rows.advance(log);
  return rows.rows.map((row) => `${row.first.envelope.type} ×${row.count} ${row.text}`.trim());
}

describe('LogRows', () => {
  it('folds the deltas of an item into one row with their text', () => {
    const log = logOf((script) => {
      script.server(delta('a', 'Hel'));
      script.server(delta('a', 'lo'));
      script.server({ type: 'response.done' });
    });
    assert.deepEqual(shown(log), ['response.output_audio_transcript.delta ×2 Hello', 'response.done ×1']);
  });

  it('keeps the deltas of two items apart that arrive in turns', () => {
    const log = logOf((script) => {
      for (const piece of ['1', '2', '3']) {
        script.server(delta('a', piece));
        script.server(delta('b', piece));
      }
    });
    assert.deepEqual(shown(log), [
      'response.output_audio_transcript.delta ×3 123',
      'response.output_audio_transcript.delta ×3 123',
    ]);
  });

  it('begins a new row after any other event, so that the order stays true', () => {
    const log = logOf((script) => {
      script.server(delta('a', '1'));
      script.server({ type: 'output_audio_buffer.started' });
      script.server(delta('a', '2'));
    });
    assert.equal(shown(log).length, 3);
  });

  it('does not join sound', () => {
    const log = logOf((script) => {
      script.server({ type: 'response.output_audio.delta', item_id: 'a', delta: 'UklGRg==' });
      script.server({ type: 'response.output_audio.delta', item_id: 'a', delta: 'UklGRg==' });
    });
    assert.deepEqual(shown(log), ['response.output_audio.delta ×2']);
  });

  it('gives the same rows whether it reads the log at once or little by little', () => {
    const log = logOf((script) => {
      for (let index = 0; index < 50; index += 1) {
        script.server(index % 7 === 0 ? { type: 'response.done' } : delta(`i${index % 2}`, String(index)));
      }
    });
    const rows = new LogRows();
    while (rows.advance(log, 3));
    assert.deepEqual(
      rows.rows.map((row) => `${row.first.envelope.type} ×${row.count} ${row.text}`.trim()),
      shown(log),
    );
  });

  it('filters by type, by content, by direction and by what must not be there', () => {
    const log = logOf((script) => {
      script.server({ type: 'session.created', session: { model: 'gpt-realtime-2.1' } });
      script.client({ type: 'session.update', session: { voice: 'marin' } });
      script.server({ type: 'error', error: { message: 'Unknown parameter' } });
    });
    assert.deepEqual(shown(log, 'session'), ['session.created ×1', 'session.update ×1']);
    assert.deepEqual(shown(log, 'MARIN'), ['session.update ×1']);
    assert.deepEqual(shown(log, 'session -update'), ['session.created ×1']);
    assert.deepEqual(shown(log, 'type:session'), []);
    assert.deepEqual(shown(log, 'is:error'), ['error ×1']);
    assert.deepEqual(shown(log, '', 'client'), ['session.update ×1']);
  });

  it('finds a word that was split over deltas', () => {
    const log = logOf((script) => {
      script.server(delta('a', 'Kyo'));
      script.server(delta('a', 'to'));
    });
    assert.deepEqual(shown(log, 'kyoto'), ['response.output_audio_transcript.delta ×2 Kyoto']);
  });

  it('puts a run that matches late before the rows that came after it', () => {
    const script = new Script();
    const log = new EventLog(100);
    const rows = new LogRows();
    rows.refilter(readFilter('kyoto', 'all'));
    for (const event of [delta('a', 'Kyo'), delta('b', 'kyoto'), delta('a', 'to')])
      log.add(script.server(event));
    rows.advance(log);
    assert.deepEqual(
      rows.rows.map(({ text }) => text),
      ['Kyoto', 'kyoto'],
    );
  });

  it('filters what was there before piece by piece, in order', () => {
    const log = logOf((script) => {
      for (let index = 0; index < 6; index += 1) script.server({ type: `t${index}`, even: index % 2 === 0 });
    });
    const rows = new LogRows();
    rows.advance(log);
    rows.refilter(readFilter('even":true', 'all'));
    assert.equal(rows.sift(4), true);
    assert.deepEqual(
      rows.rows.map(({ first }) => first.envelope.type),
      ['t0', 't2'],
    );
    assert.equal(rows.sift(4), false);
    assert.equal(rows.rows.length, 3);
  });

  it('forgets rows whose events were dropped, and says how many', () => {
    const script = new Script();
    const log = new EventLog(10);
    const rows = new LogRows();
    for (let index = 0; index < 10; index += 1) log.add(script.server({ type: `t${index}` }));
    rows.advance(log);
    for (let index = 0; index < 4; index += 1) log.add(script.server({ type: 'late' }));
    rows.advance(log);
    assert.equal(rows.removed, 4);
    assert.equal(rows.rows[0]?.first.envelope.type, 't4');
    assert.equal(rows.rows.length, 10);
  });

  it('survives an event that holds itself', () => {
    const loop: { type: string; self?: unknown } = { type: 'loop' };
    loop.self = loop;
    const log = logOf((script) => void script.server(loop as { type: string }));
    assert.deepEqual(shown(log, 'anything'), []);
    assert.deepEqual(shown(log, 'loop'), ['loop ×1']);
  });

  it('finds what is typed, not what it would mean in a pattern', () => {
    const script = new Script();
    for (const text of ['a.b (c) [1] $5+', 'aXb c 1 5', '"quoted" back\\slash'])
      script.server({ type: 't', text });
    const found = (words: string): number =>
      script.envelopes.filter((envelope, position) =>
        readFilter(words, 'all').matches({ position, source: 1, envelope }),
      ).length;
    assert.deepEqual(
      ['a.b', '(C)', '[1]', '$5+', '-a.b', '^a', '"type":"t"'].map(found),
      [1, 1, 1, 1, 2, 0, 3],
    );
  });
});
