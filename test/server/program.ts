import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, with all that it wrote to either stream. */
export interface Program {
  readonly url: string;
  readonly output: () => string;
  readonly stop: () => Promise<void>;
}

/** Runs a TypeScript file, relative to this folder, that prints its URL once it listens. Takes a free port. */
export async function runProgram(file: string, env: Record<string, string>): Promise<Program> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', path], {
    env: { ...process.env, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => (output += String(data)));
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', () => reject(new Error(`${file} ended early:\n${output}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/^http:\/\/localhost:\d+$/.test(line)) resolve(line);
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, output: () => output, stop };
}
