import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The declarations of the installed package, as text: its types alone say which fields must be there. */
const source = readFileSync(
  createRequire(import.meta.url)
    .resolve('openai/resources/realtime/realtime')
    .replace(/\.m?js$/, '.d.ts'),
  'utf8',
);

/** A type of the union by each `type` that it has, with the fields that are not optional, `type` apart. */
export function officialTypes(union: string): ReadonlyMap<string, readonly string[]> {
  const members = new RegExp(`export type ${union} = ([^;]+);`).exec(source)?.[1]?.split('|') ?? [];
  const types = new Map<string, readonly string[]>();
  for (const member of members) {
    const name = member.trim().split('.').at(-1) ?? '';
    // Some stand in a namespace, which is indented.
    const found = new RegExp(`^( *)(?:export )?interface ${name} \\{$([\\s\\S]*?)^\\1\\}$`, 'm').exec(source);
    const [, indent = '', body = ''] = found ?? [];
    const type = new RegExp(`^${indent} {4}type: '([^']+)'`, 'm').exec(body)?.[1];
    assert.ok(type, `the type of ${name}`);
    const fields = [...body.matchAll(new RegExp(`^${indent} {4}(\\w+): `, 'gm'))].map(
      ([, field]) => field ?? '',
    );
    types.set(type, fields.filter((field) => field !== 'type').sort());
  }
  return types;
}
