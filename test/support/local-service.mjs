import { fileURLToPath } from 'node:url';
import { startProgram } from './program.mjs';

const MAIN = fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url));

/**
 * Starts the local realtime service in a process of its own, so that a test may kill it without killing itself.
 *
 * @param {{port?: number, env?: Record<string, string>}} [options] port 0 (the default) takes a free one
 * @returns {ReturnType<typeof startProgram>}
 */
export function startLocalService({ port = 0, env = {} } = {}) {
  return startProgram(MAIN, { args: ['--port', String(port)], env });
}
