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
 * A real TURN server (coturn) for this machine alone, with one user.
 *
 * @returns {Promise<{urls: string, username: string, credential: string, process: import('node:child_process').ChildProcess, stop: () => Promise<void>}>}
 */
export async function startTurnServer() {
  const binary = ensureDebianPackage('coturn', '/usr/bin/turnserver');
  const folder = mkdtempSync(join(tmpdir(), 'realtime-voice-turn-'));
  const port = await freePort();
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
  const child = spawn(binary, [...flags, ...given], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(child, 'exit');
  await new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`turnserver ended with code ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (/IPv4\. UDP listener opened on/.test(line)) resolve();
    });
  });
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  const urls = `turn:127.0.0.1:${port}`;
  return { urls, username: USER, credential: PASSWORD, process: child, stop };
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
