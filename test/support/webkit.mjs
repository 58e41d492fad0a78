import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { ensureDebianPackage } from './debian-package.mjs';

/**
 * Runs browser tests in WebKitGTK, one page at a time, by the WebDriver protocol. It knows the commands of
 * `@web/test-runner-commands` no more than that protocol does: no keys, no mouse, no viewport.
 */
export function webkitLauncher() {
  let browser;
  let active;
  const show = (url) => browser.command('POST', '/url', { url });
  return {
    name: 'WebKitGTK',
    type: 'webkit',
    concurrency: 1,
    async initialize() {
      browser = await startBrowser();
    },
    stop: () => browser?.stop(),
    async startSession(id, url) {
      active = id;
      await show(url);
    },
    isActive: (id) => id === active,
    getBrowserUrl: () => browser.command('GET', '/url'),
    async stopSession() {
      active = undefined;
      // What the last page left running ends with it.
      await show('about:blank');
      return {};
    },
    startDebugSession() {
      throw new Error('WebKitGTK opens no page to look into: debug the test in another browser.');
    },
  };
}

/** A browser with one window on a screen that nobody sees. */
async function startBrowser() {
  const xvfb = ensureDebianPackage('xvfb', '/usr/bin/Xvfb');
  const webDriver = ensureDebianPackage('webkit2gtk-driver', '/usr/bin/WebKitWebDriver');
  const screen = start(xvfb, ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
  const [display] = await Promise.race([
    once(createInterface({ input: screen.stdio[3] }), 'line'),
    ended(screen),
  ]);
  const port = await freePort();
  const driver = start(webDriver, [`--port=${port}`, '--host=127.0.0.1'], { DISPLAY: `:${display}` });
  const server = `http://127.0.0.1:${port}`;
  await Promise.race([listening(server, driver), ended(driver)]);
  const { sessionId } = await request('POST', `${server}/session`, {
    capabilities: { alwaysMatch: { browserName: 'MiniBrowser' } },
  });
  const session = `${server}/session/${sessionId}`;
  return {
    command: (method, path, body) => request(method, session + path, body),
    async stop() {
      await request('DELETE', session);
      driver.kill();
      screen.kill();
    },
  };
}

/** A program that ends when this one does. */
function start(program, args, env = {}) {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  process.once('exit', () => child.kill());
  return child;
}

/** Rejects when the program ends. */
async function ended(child) {
  const [code] = await once(child, 'exit');
  throw new Error(`${child.spawnfile} ended with code ${code}`);
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

/** WebKitWebDriver does not say when it listens. */
async function listening(server, driver) {
  while (driver.exitCode === null) {
    try {
      return await request('GET', `${server}/status`);
    } catch {
      await pause(50);
    }
  }
}

/** One command; rejects with what the browser says against it. */
async function request(method, url, body) {
  const response = await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const { value } = await response.json();
  if (!response.ok) throw new Error(`${method} ${url}: ${value.message || value.error}`);
  return value;
}
