import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ensureDebianPackage } from './debian-package.mjs';

const USER = 'visitor';
const PASSWORD = 'canary-relay-password';

/**
 * A real TURN server (coturn) for this machine alone, with one user, over UDP and TCP.
 *
 * @returns {Promise<{urls: string, username: string, credential: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void>}>}
 */
export async function startTurnServer() {
  const binary = ensureDebianPackage('coturn', '/usr/bin/turnserver');
  for (;;) {
    const port = await freePort();
    const server = spawnTurnServer(binary, port);
    if (await server.listens) {
      const { process, stop } = server;
      return { urls: `turn:127.0.0.1:${port}`, username: USER, credential: PASSWORD, process, stop };
    }
    await server.stop();
  }
}

function spawnTurnServer(binary, port) {
  const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-turn-'));
  const options = {
    'listening-ip': '127.0.0.1',
    'listening-port': port,
    'relay-ip': ownAddress(),
    realm: 'relay.test',
    user: `${USER}:${PASSWORD}`,
    pidfile: join(folder, 'pid'),
    userdb: join(folder, 'db'),
    'log-file': 'stdout',
  };
  const flags = [
    '-n',
    '--lt-cred-mech',
    '--no-cli',
    '--no-tls',
    '--no-dtls',
    '--allow-loopback-peers',
    '--verbose',
  ];
  const given = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const child = spawn(binary, [...flags, ...given], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  return { process: child, stop, listens: listens(child) };
}

/** True once it listens for both; false where somebody else has the port, on which coturn would wait for ever. */
function listens(child) {
  const opened = new Set();
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`turnserver ended with code ${code}`)));
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => {
        if (/Address already in use/.test(line)) resolve(false);
        const [, protocol] = /IPv4\. (UDP|TCP) listener opened on/.exec(line) ?? [];
        if (protocol && opened.add(protocol).size === 2) resolve(true);
      });
    }
  });
}

/** coturn cannot be told to take any free port. */
async function freePort() {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  const { port } = socket.address();
  socket.close();
  return port;
}

/** The address at which the local service offers itself. */
function ownAddress() {
  const addresses = Object.values(networkInterfaces()).flat();
  return addresses.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
