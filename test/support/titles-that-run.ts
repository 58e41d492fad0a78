import { parseSync } from 'vite';

type Node = Readonly<Record<string, unknown>> & { readonly type: string };

/** What keeps a test from running, or all others. */
const LEFT_OUT = new Set(['skip', 'todo', 'only']);

/**
 * Titles of the tests in a file that run whenever the file does, as they are written between the quotes: neither those that
 * are left out, also with all around them, nor what only a comment or another text says.
 */
export function titlesThatRun(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be read: ${errors[0]?.message}`);
  const titles: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    const call = testCall(value);
    if (call?.isLeftOut) return;
    if (call?.name === 'it') titles.push(source.slice(call.title.start + 1, call.title.end - 1));
    Object.values(value).forEach(visit);
  };
  visit(program);
  return titles;
}

interface Quoted extends Node {
  readonly start: number;
  readonly end: number;
}

interface TestCall {
  readonly name: string;
  readonly title: Quoted;
  readonly isLeftOut: boolean;
}

/** `it(…)`, `describe(…)` or one of their variants; `null` for anything else. */
function testCall(node: Node): TestCall | null {
  if (node.type !== 'CallExpression') return null;
  const callee = node['callee'] as Node;
  const [title, options] = node['arguments'] as readonly Node[];
  const variant = callee.type === 'MemberExpression' ? nameOf(callee['property']) : '';
  const name = nameOf(variant === '' ? callee : callee['object']);
  if (!title || (name !== 'it' && name !== 'describe')) return null;
  const properties = options?.type === 'ObjectExpression' ? (options['properties'] as readonly Node[]) : [];
  const words = [variant, ...properties.map((property) => nameOf(property['key']))];
  return { name, title: title as Quoted, isLeftOut: words.some((word) => LEFT_OUT.has(word)) };
}

function nameOf(node: unknown): string {
  return isNode(node) && node.type === 'Identifier' ? String(node['name']) : '';
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}
