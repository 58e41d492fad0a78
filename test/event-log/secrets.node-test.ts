import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { redactLog } from '../../src/event-log/redact-log.js';
import { writeLog } from '../../src/event-log/write-log.js';
import type { Origin } from '../../src/protocol/envelope.js';
import { Script } from './envelopes.js';

/** Long enough never to stand in an export by chance. */
const secret = fc.stringMatching(/^[A-Za-z0-9]{16,40}$/);

/** Names of fields that say it all, in the spellings that people use. */
const NAMES = [
  ['token'],
  ['access', 'token'],
  ['refresh', 'token'],
  ['id', 'token'],
  ['session', 'token'],
  ['csrf', 'token'],
  ['client', 'secret'],
  ['app', 'secret'],
  ['secret'],
  ['api', 'key'],
  ['private', 'key'],
  ['access', 'key'],
  ['x', 'api', 'key'],
  ['ephemeral', 'key'],
  ['password'],
  ['db', 'password'],
  ['passphrase'],
  ['credential'],
  ['authorization'],
  ['proxy', 'authorization'],
  ['cookie'],
  ['set', 'cookie'],
  ['headers'],
  ['request', 'headers'],
  ['instructions'],
  ['ice', 'pwd'],
  ['ice', 'ufrag'],
  ['ice', 'servers'],
  ['jwt'],
  ['signature'],
] as const;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const SPELLINGS: readonly ((words: readonly string[]) => string)[] = [
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join('_').toUpperCase(),
  (words) => words.map(capital).join('-'),
  ([first = '', ...rest]) => first + rest.map(capital).join(''),
];
const fieldName = fc
  .tuple(fc.constantFrom(...NAMES), fc.constantFrom(...SPELLINGS))
  .map(([words, spell]) => spell(words));

/** A value with the secret in it, as it may stand in a field of that name. */
const inField = fc.tuple(secret, fc.nat(3)).map(([hidden, shape]) => ({
  hidden,
  value: [hidden, [hidden], { value: hidden }, { 'X-Any': [{ deep: hidden }] }][shape],
}));
const byName = fc
  .tuple(fieldName, inField)
  .map(([name, { hidden, value }]) => ({ hidden, holder: { [name]: value } as object }));

/** Sentences and addresses that give a secret away by their form, whatever field they are in. */
const FORMS: readonly ((hidden: string) => string)[] = [
  (hidden) => `use ek_${hidden} now`,
  (hidden) => `sk-proj-${hidden}`,
  (hidden) => `Authorization: Bearer ${hidden}`,
  (hidden) => `bearer ${hidden}`,
  (hidden) => `Basic ${hidden}`,
  (hidden) => `eyJhbGciOiJI.eyJ${hidden}.${hidden}`,
  (hidden) => `ghp_${hidden}`,
  (hidden) => `https://example.com/hook?token=${hidden}&page=2`,
  (hidden) => `https://example.com/?api_key=${hidden}`,
  (hidden) => `https://ada:${hidden}@example.com/`,
  (hidden) => `password: ${hidden}`,
  (hidden) => `{"client_secret": "${hidden}"}`,
  (hidden) => `v=0\r\na=ice-ufrag:${hidden}\r\na=ice-pwd:${hidden}\r\n`,
  (hidden) => `candidate:1 1 udp 2122260223 10.0.0.7 51872 typ host ufrag ${hidden}`,
];
const byForm = fc
  .tuple(
    secret,
    fc.constantFrom(...FORMS),
    fc.constantFrom('text', 'note', 'output', 'url', 'message', 'delta'),
  )
  .map(([hidden, form, field]) => ({ hidden, holder: { [field]: form(hidden) } as object }));

/** Where the holder stands in the event: inside of objects and lists, or as JSON inside of a text. */
const WRAPS: readonly ((holder: unknown) => object)[] = [
  (holder) => ({ session: holder }),
  (holder) => ({ item: { content: [holder] } }),
  (holder) => ({ response: { output: [{ tools: [holder] }] } }),
  (holder) => ({ arguments: JSON.stringify(holder) }),
  (holder) => ({ output: JSON.stringify({ body: holder }, null, 2) }),
];
const wraps = fc.array(fc.constantFrom(...WRAPS), { maxLength: 3 });

const origin = fc.constantFrom<Origin>('server', 'client', 'local');
const type = fc.constantFrom(
  'session.update',
  'session.created',
  'response.done',
  'error',
  'local.token',
  'any',
);

describe('an export', () => {
  it('never holds a secret, by whichever name or form it is known and wherever it stands', () => {
    fc.assert(
      fc.property(origin, type, fc.oneof(byName, byForm), wraps, (from, name, { hidden, holder }, layers) => {
        const fields = layers.reduce((inner, wrap) => wrap(inner), holder);
        const script = new Script();
        script.add(from, { ...fields, type: name }, 10);
        for (const format of ['jsonl', 'json'] as const) {
          const exported = writeLog(redactLog(script.envelopes), format);
          assert.ok(!exported.includes(hidden), `${hidden} in ${exported}`);
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('never holds a secret that came in pieces', () => {
    const pieces = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 5, maxLength: 60 });
    fc.assert(
      fc.property(secret, fc.constantFrom(...FORMS), pieces, (hidden, form, lengths) => {
        const script = new Script();
        let rest = form(hidden);
        for (const length of [...lengths, Infinity]) {
          if (rest === '') break;
          const delta = rest.slice(0, length);
          script.server({ type: 'response.output_text.delta', item_id: 'a', delta });
          rest = rest.slice(length);
        }
        const joined = redactLog(script.envelopes).map(({ event }) => String(event['delta']));
        assert.ok(!joined.join('').includes(hidden), joined.join('|'));
      }),
      { numRuns: 500 },
    );
  });
});
