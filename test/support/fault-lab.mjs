import { fileURLToPath } from 'node:url';
import { startLocalService } from './local-service.mjs';
import { startProgram } from './program.mjs';
import { startTurnServer } from './turn-server.mjs';

const BROKER = fileURLToPath(new URL('broker-process.ts', import.meta.url));

/** What a test can have for itself. */
const STARTERS = {
  service: ({ port }) => startLocalService({ port }),
  relay: () => startTurnServer(),
  broker: ({ serviceUrl, pageOrigin }) =>
    startProgram(BROKER, { env: { SERVICE_URL: serviceUrl, PAGE_ORIGIN: pageOrigin } }),
};

/**
 * For web-test-runner: what a page cannot do to itself. Starts servers that a test may stop, kill or halt, and gives the
 * page a bad network. What is left over is stopped with the run.
 */
export function faultLab() {
  const running = new Map();
  const networks = new Map();

  const commands = {
    'lab-start': async ({ kind, ...options }) => {
      const { process, stop, ...facts } = await STARTERS[kind](options);
      const id = String(process.pid);
      running.set(id, { process, stop });
      return { id, ...facts };
    },
    'lab-signal': ({ id, signal }) => running.get(id)?.process.kill(signal) ?? false,
    'lab-stop': async ({ id }) => {
      await halt(running.get(id));
      return running.delete(id);
    },
    'lab-network': async ({ offline = false, ...rule }, session) => {
      const known =
        networks.get(session.id) ?? (await session.browser.getPage(session.id).createCDPSession());
      networks.set(session.id, known);
      await known.send('Network.enable');
      // Without an address the rule is for all traffic, that of peer connections too.
      const conditions = { latency: 0, downloadThroughput: -1, uploadThroughput: -1, ...rule };
      await known.send('Network.emulateNetworkConditionsByRule', {
        offline,
        matchedNetworkConditions: [{ urlPattern: '', ...conditions }],
      });
      return true;
    },
    'lab-network-off': async (_, session) => {
      await networks.get(session.id)?.detach();
      return networks.delete(session.id);
    },
  };

  return {
    name: 'fault-lab',
    executeCommand: ({ command, payload, session }) => commands[command]?.(payload ?? {}, session),
    serverStop: () => Promise.all([...running.values()].map(halt)),
  };
}

async function halt(program) {
  if (!program || program.process.exitCode !== null || program.process.signalCode !== null) return;
  // A halted program hears nothing else.
  program.process.kill('SIGCONT');
  await program.stop();
}
