import { after, before, type TestContext } from 'node:test';
import { cleanup } from 'node-datachannel';
import { startLocalService } from '../support/local-service.mjs';
import { NodeClient, type Opening } from './node-client.js';

/** The local service of one test file, in a process of its own. */
export interface RunningService {
  readonly url: string;
  /** Opens a call that ends with the test; resolves when its first event has come. */
  call(test: TestContext, opening?: Opening): Promise<NodeClient>;
  /** What the lab says of a call. */
  seen(client: NodeClient): Promise<LabCall>;
}

interface LabCall {
  readonly alive: boolean;
  readonly loudest: number;
  readonly session: {
    readonly instructions?: string;
    readonly audio: Record<string, Record<string, unknown>>;
  };
  readonly received: readonly { readonly type: string }[];
  readonly items: readonly { readonly type: string; readonly content?: readonly object[] }[];
}

/** Starts the service before the tests of a suite and stops it after them. */
export function useService(env: Readonly<Record<string, string>> = {}): RunningService {
  let service: { url: string; stop(): Promise<void> };
  before(async () => {
    service = await startLocalService({ env });
  });
  after(async () => {
    await service.stop();
    cleanup();
  });
  return {
    get url() {
      return service.url;
    },
    async call(test, opening) {
      const client = await NodeClient.open(service.url, opening);
      test.after(() => client.close());
      await client.next('session.created');
      return client;
    },
    async seen(client) {
      return (await fetch(`${service.url}/__lab/calls/${client.id}`)).json() as Promise<LabCall>;
    },
  };
}
