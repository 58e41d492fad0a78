import fc from 'fast-check';
import { officialEvents } from '../protocol/official-events.js';

const ODD: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  '',
  'NaN',
  '__proto__',
  'constructor',
  'toString',
  'u1',
  'a1',
  'r1',
  '\ud800',
  '\u0000',
  '<img src=x onerror=alert(1)>',
  'long '.repeat(2_000),
  [],
  [null],
  {},
  { __proto__: null, id: 'a1', type: 'message' },
];

const examples: readonly object[] = Object.values(officialEvents);
const odd = fc.oneof(
  fc.constantFrom(...ODD),
  fc.constantFrom(...ODD).map((value) => [value]),
  fc.constantFrom(...ODD).map((value) => ({ id: value, type: value, item: value, transcript: value })),
);
const keys = fc.constantFrom(
  'type',
  'id',
  'item',
  'item_id',
  'response',
  'response_id',
  'delta',
  'error',
  'session',
);

/** An event of a known type in which one thing is missing or of another kind. */
const spoiled = fc
  .tuple(fc.constantFrom(...examples), fc.nat(40), fc.option(odd), fc.boolean())
  .map(([example, place, value, isRemoved]) => spoil(example, place, value, isRemoved));

function spoil(example: object, place: number, value: unknown, isRemoved: boolean): string {
  let count = 0;
  return JSON.stringify(example, (name, original: unknown) => {
    if (name === '' || name === 'type') return original;
    count += 1;
    if (count !== place + 1) return original;
    return isRemoved ? undefined : value;
  });
}

/** An event of a known type with fields that nobody would send. */
const invented = fc
  .tuple(
    fc.constantFrom(
      ...Object.keys(officialEvents),
      '__proto__',
      'constructor',
      'full_message',
      'vendor.news',
    ),
    fc.dictionary(
      fc.oneof(keys, fc.constantFrom('__proto__', 'constructor', 'x')),
      fc.oneof(odd, fc.jsonValue()),
      {
        maxKeys: 5,
      },
    ),
  )
  .map(([type, fields]) =>
    `{"type":${JSON.stringify(type)},${JSON.stringify(fields).slice(1)}`.replace(',}', '}'),
  );

/** Messages of all kinds that a server should not send: some readable, none reliable. */
export const garbage: fc.Arbitrary<string> = fc.oneof(
  { weight: 6, arbitrary: spoiled },
  { weight: 3, arbitrary: invented },
  { weight: 1, arbitrary: fc.constantFrom(...examples).map((example) => JSON.stringify(example)) },
  { weight: 1, arbitrary: spoiled.map((message) => message.slice(0, message.length / 2)) },
  { weight: 1, arbitrary: fc.oneof(fc.string(), fc.json()) },
);
