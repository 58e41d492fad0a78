import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../demo/server/main.ts', import.meta.url));

describe('the process of the local service', { timeout: 30_000 }, () => {
  const run = (port: string) =>
    spawn(process.execPath, ['--import', 'tsx', MAIN, '--port', port], { stdio: ['ignore', 'pipe', 'pipe'] });

  it('says where it listens in one line, and ends when it is told to', async () => {
    const service = run('0');
    const [first] = (await once(service.stdout, 'data')) as [Buffer];
    const rest = text(service.stdout);
    const { url } = JSON.parse(first.toString()) as { url: string };
    assert.equal((await fetch(`${url}/about`)).status, 200);
    service.kill('SIGTERM');
    const [code] = (await once(service, 'exit')) as [number];
    assert.deepEqual([code, await rest], [0, '']);
  });

  it('says in one sentence that its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const service = run(String(port));
    const [said, [code]] = await Promise.all([text(service.stderr), once(service, 'exit')]);
    other.close();
    assert.equal(code, 1);
    assert.match(said, new RegExp(`^The local realtime service cannot listen on port ${port}: .*EADDRINUSE`));
  });
});
