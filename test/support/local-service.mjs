/** Starts the local realtime service in a process of its own, so that a test may kill it without killing itself. */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url));

/**
 * @param {{port?: number, env?: Record<string, string>}} [options] port 0 (the default) takes a free one
 * @returns {Promise<{url: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void>}>}
 *   resolves once the service listens; rejects when it ends before that
 */
export async function startLocalService({ port = 0, env = {} } = {}) {
  const child = spawn(process.execPath, ['--import', 'tsx', MAIN, '--port', String(port)], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const url = await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the local realtime service ended with code ${code}`)));
    // The service announces itself with one line of JSON: {"url": "http://127.0.0.1:41234"}
    createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line).url));
  });
  child.stdout.resume();
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
  };
  return { url, process: child, stop };
}
