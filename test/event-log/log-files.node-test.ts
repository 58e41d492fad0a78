import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { openLog } from '../../src/event-log/open-log.js';
import { writeLog } from '../../src/event-log/write-log.js';
import type { Envelope, Origin } from '../../src/protocol/envelope.js';
import { Script } from './envelopes.js';

const envelopes = fc
  .array(
    fc.record({
      origin: fc.constantFrom<Origin>('server', 'client', 'local'),
      fields: fc.dictionary(fc.string(), fc.jsonValue()),
      type: fc.string({ minLength: 1 }),
    }),
    { minLength: 1 },
  )
  .map((entries): Envelope[] =>
    entries.map(({ origin, fields, type }, index) => {
      // What went through JSON once: it has no -0.
      const event = JSON.parse(JSON.stringify({ ...fields, type })) as Envelope['event'];
      return { sequence: index + 1, origin, type, event, time: 1_000 + index };
    }),
  );

describe('log files', () => {
  for (const format of ['jsonl', 'json'] as const) {
    it(`give back every event that was written as ${format}`, () => {
      fc.assert(
        fc.property(envelopes, (written) => {
          assert.deepEqual(openLog(writeLog(written, format)), written);
        }),
      );
    });
  }

  it('begin with a line that names the format and its version', () => {
    const script = new Script();
    script.server({ type: 'a' });
    const [head] = writeLog(script.envelopes, 'jsonl').split('\n');
    assert.equal(head, '{"format":"realtime-voice-log","version":1}');
  });

  it('may be a bare list of server events, with empty lines and a byte order mark', () => {
    const log = openLog('\uFEFF{"type":"session.created"}\r\n\r\n{"type":"response.done"}\n');
    assert.deepEqual(
      log.map(({ sequence, origin, type, time }) => [sequence, origin, type, time]),
      [
        [1, 'server', 'session.created', 0],
        [2, 'server', 'response.done', 0],
      ],
    );
  });

  const head = '{"format":"realtime-voice-log","version":1}\n';
  const broken: readonly (readonly [name: string, log: string, line: number])[] = [
    ['JSON that is cut off', `${head}{"origin":"server","time":1,"event":{"type":"a"}}\n{"origin":"ser`, 3],
    ['a line that is no event', `${head}{"origin":"server","time":1,"event":{"type":"a"}}\n{"foo":1}`, 3],
    ['a line that is a list', `${head}[]\n`, 2],
    ['an event without a type', `${head}{"origin":"server","event":{}}\n`, 2],
    ['something else entirely', 'Dear Sir or Madam,\n', 1],
    ['nothing', '', 1],
    ['a version that is not known', '{"format":"realtime-voice-log","version":2}\n{"type":"a"}\n', 1],
    ['another format', '{"format":"har","version":1}\n{"type":"a"}\n', 1],
  ];
  for (const [name, log, line] of broken) {
    it(`name line ${line} when it is ${name}`, () => {
      assert.throws(
        () => openLog(log),
        (error: Error & { line?: number }) => {
          assert.equal(error.line, line);
          assert.match(error.message, new RegExp(`^Line ${line}: `));
          return true;
        },
      );
    });
  }
});
