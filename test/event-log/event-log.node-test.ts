import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { EventLog } from '../../src/event-log/event-log.js';
import { OTHER_TYPES } from '../../src/event-log/type-counts.js';
import { Script } from './envelopes.js';

const NOW = 1_795_480_000_000;

function filled(events: number, capacity: number): EventLog {
  const log = new EventLog(capacity);
  const script = new Script(NOW);
  for (let index = 0; index < events; index += 1) log.add(script.server({ type: 'a', index }));
  return log;
}

describe('EventLog', () => {
  it('keeps the latest events and says how many were dropped', () => {
    const log = filled(25, 10);
    assert.deepEqual(
      log.entries().map(({ envelope }) => envelope.event['index']),
      [15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
    );
    assert.equal(log.dropped, 15);
    assert.equal(log.counts.total, 25);
  });

  it('keeps the latest events when it is made smaller', () => {
    const log = filled(25, 10);
    log.capacity = 3;
    assert.deepEqual(
      log.entries().map(({ envelope }) => envelope.event['index']),
      [22, 23, 24],
    );
    assert.equal(log.dropped, 22);
  });

  it('keeps what it has when it is made larger', () => {
    const log = filled(25, 10);
    log.capacity = 100;
    assert.equal(log.entries().length, 10);
    log.add(new Script().server({ type: 'b' }));
    assert.equal(log.entries().length, 11);
  });

  it('counts each side apart', () => {
    const log = new EventLog(10);
    const script = new Script(NOW);
    log.add(script.server({ type: 'error' }));
    log.add(script.client({ type: 'response.create' }));
    log.add(script.client({ type: 'response.create' }));
    assert.deepEqual(
      log.counts.all().map(({ origin, type, count, first, last }) => ({ origin, type, count, first, last })),
      [
        { origin: 'server', type: 'error', count: 1, first: NOW + 10, last: NOW + 10 },
        { origin: 'client', type: 'response.create', count: 2, first: NOW + 20, last: NOW + 30 },
      ],
    );
    assert.equal(log.counts.from('client'), 2);
  });

  it('starts over when it is cleared, without giving a position twice', () => {
    const log = filled(25, 10);
    log.clear();
    assert.deepEqual([log.counts.total, log.dropped, log.entries().length], [0, 0, 0]);
    assert.equal(log.add(new Script().server({ type: 'b' })).position, 25);
  });

  it('tells the rate of the last seconds, which fades when nothing comes', () => {
    const log = new EventLog(10);
    const script = new Script(NOW);
    for (let index = 0; index < 40; index += 1) log.add(script.server({ type: 'a' }, 100));
    const [tally] = log.counts.all();
    assert.ok(tally);
    assert.equal(Math.round(log.counts.rate(tally, NOW + 4_050)), 10);
    assert.equal(log.counts.rate(tally, NOW + 20_000), 0);
  });

  it('counts the types of a server that invents them without end under one name', () => {
    const log = new EventLog(10);
    const script = new Script(NOW);
    for (let index = 0; index < 5_000; index += 1) log.add(script.server({ type: `t${index}` }));
    assert.equal(log.counts.all().length, 1_001);
    const others = log.counts.all().find(({ type }) => type === OTHER_TYPES);
    assert.equal(others?.count, 4_000);
  });

  it('counts a million events exactly in little memory', () => {
    const { gc } = globalThis;
    assert.ok(gc, 'run with --expose-gc');
    const types = Array.from({ length: 40 }, (_, index) => `type.${index}`);
    const log = new EventLog(1_000);
    gc();
    const before = process.memoryUsage().heapUsed;
    for (let sequence = 1; sequence <= 1_000_000; sequence += 1) {
      const type = types[sequence % types.length] ?? '';
      const event = { type, delta: `piece ${sequence}` };
      log.add({ sequence, origin: 'server', type, event, time: NOW + sequence });
    }
    gc();
    const grown = (process.memoryUsage().heapUsed - before) / 1_048_576;
    assert.equal(log.counts.total, 1_000_000);
    assert.ok(log.counts.all().every(({ count }) => count === 25_000));
    assert.equal(log.dropped, 999_000);
    assert.ok(grown < 3, `the heap grew by ${grown.toFixed(1)} MB`);
  });
});
