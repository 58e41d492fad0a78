import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { redactLog } from '../../src/event-log/redact-log.js';
import { redactEnvelope } from '../../src/event-log/redact.js';
import { redactString } from '../../src/event-log/redact-string.js';
import { writeLog } from '../../src/event-log/write-log.js';
import { Script } from './envelopes.js';

const CANARY = 'CANARY7f3a9c';
const SDP = [
  'v=0',
  `a=fingerprint:sha-256 ${Array.from({ length: 32 }, () => 'AB').join(':')}`,
  'a=ice-ufrag:CANARY7f3a9c',
  'a=ice-pwd:CANARY7f3a9cCANARY7f3a9c',
  'a=candidate:1 1 udp 2122260223 192.168.7.31 51872 typ host',
].join('\r\n');

/** Places where a secret may be, none of which may show it. */
const hidingPlaces: Readonly<Record<string, object>> = {
  'an ephemeral key': { note: `key ek_${CANARY}` },
  'a server key': { note: `it is sk-proj-${CANARY}, really` },
  'a bearer token in a text': { note: `Authorization: Bearer ${CANARY}` },
  'a field called token': { access_token: CANARY },
  'a secret with an object in it': { client_secret: { value: CANARY } },
  'the headers of a tool server': { tools: [{ type: 'mcp', headers: { 'X-Anything': CANARY } }] },
  'the address of a tool server': { tools: [{ type: 'mcp', server_url: `https://mcp.test/${CANARY}` }] },
  'the authorization of a tool server': { tools: [{ type: 'mcp', authorization: CANARY }] },
  instructions: { session: { instructions: `Never say ${CANARY}.` } },
  'the arguments of a function': { arguments: JSON.stringify({ password: CANARY }) },
  'the output of a function, twice wrapped': {
    output: JSON.stringify({ body: JSON.stringify({ api_key: CANARY }) }),
  },
  'a list of tokens': { token: [CANARY, CANARY] },
  'the name of a field': { [`sk-${CANARY}`]: 1 },
  'an identity in SDP': { sdp: SDP },
  'sound by its field': { audio: CANARY },
  'a picture': { image_url: `data:image/png;base64,${CANARY}` },
  'a cookie': { note: `Cookie: sid=${CANARY}; theme=dark` },
};

describe('redaction', () => {
  for (const [place, field] of Object.entries(hidingPlaces)) {
    it(`hides a secret in ${place}`, () => {
      const script = new Script();
      script.server({ type: 'session.created', ...field });
      script.client({ type: 'session.update', session: { nested: [{ deep: field }] } });
      const exported = writeLog(redactLog(script.envelopes), 'jsonl');
      assert.ok(!exported.includes(CANARY), exported);
    });
  }

  it('hides sound in the deltas of a WebSocket, however short', () => {
    const script = new Script();
    script.server({ type: 'response.output_audio.delta', delta: CANARY });
    assert.ok(!JSON.stringify(redactLog(script.envelopes)).includes(CANARY));
  });

  it('hides network addresses and fingerprints', () => {
    const clean = redactString(
      `${SDP}\n2001:db8:85a3::8a2e:370:7334 and 3f2a9b1c-1111-2222-3333-444455556666.local`,
    );
    assert.doesNotMatch(clean, /192\.168|AB:AB|2001:db8|3f2a9b1c/);
  });

  it('hides a secret that arrived in pieces, and keeps the number of deltas', () => {
    const script = new Script();
    for (const piece of ['the key is s', 'k-proj-', CANARY.slice(0, 5), CANARY.slice(5), ' ok']) {
      script.server({ type: 'response.output_text.delta', item_id: 'a', delta: piece });
    }
    const clean = redactLog(script.envelopes);
    const joined = clean.map(({ event }) => String(event['delta'])).join('');
    assert.equal(clean.length, 5);
    assert.equal(joined, 'the key is sk-••• ok');
  });

  it('leaves an event without secrets as it is', () => {
    const script = new Script();
    const envelope = script.server({
      type: 'response.done',
      response: { id: 'resp_1', usage: { total_tokens: 12, input_token_details: { cached_tokens: 3 } } },
    });
    assert.equal(redactEnvelope(envelope), envelope);
  });

  it('leaves what people say as it is', () => {
    const spoken =
      'At 10:30 I took the 7:45 train; basic information: version 2.0 costs 12.50, Abe::Bob said.';
    assert.equal(redactString(spoken), spoken);
  });

  it('masks what was said when asked to, letter for letter', () => {
    const envelope = new Script().server({ type: 'response.output_text.done', text: 'Tea at 5, 京都で!' });
    assert.equal(redactEnvelope(envelope, { text: true }).event['text'], '••• •• •, •••!');
  });

  for (const [where, item] of Object.entries({
    'the bytes of a token': { logprobs: [{ token: 'tea', bytes: [116, 101, 97] }] },
    'what a server of tools complains of': { type: 'mcp_call', error: { message: 'No tea' } },
    'why a visitor refused': { type: 'mcp_approval_response', reason: 'No tea' },
    'vowel signs': { text: 'हिन्दी' },
    'a message that could not be read': { raw: '{"delta":"No tea' },
    'a message in pieces': { data: 'tea' },
  })) {
    it(`leaves nothing of what was said in ${where}`, () => {
      const envelope = new Script().server({ type: 'conversation.item.done', item });
      const masked = JSON.stringify(redactEnvelope(envelope, { text: true }).event['item']);
      assert.doesNotMatch(masked, /tea|116|\p{M}/iu);
    });
  }

  it('keeps why a response ended', () => {
    const event = { type: 'response.done', response: { status_details: { reason: 'turn_detected' } } };
    assert.deepEqual(redactEnvelope(new Script().server(event), { text: true }).event, event);
  });

  it('does not touch the event itself', () => {
    const event = Object.freeze({ type: 'session.created', client_secret: 'abc' });
    redactEnvelope(new Script().server(event));
    assert.equal(event.client_secret, 'abc');
  });

  it('ends on any value, and gives the same when repeated', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => {
        const envelope = new Script().server({ ...fields, type: 'any' });
        const once = redactEnvelope(envelope);
        assert.deepEqual(redactEnvelope(once).event['type'], once.event['type']);
      }),
    );
  });
});
