import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { before, describe, it } from 'node:test';
import type { LoadReport } from './load-process.js';
import { UpstreamStub } from './upstream-stub.js';

describe('2,000 token requests', () => {
  let report: LoadReport;
  before(async () => {
    const execArgv = ['--import', 'tsx', '--expose-gc'];
    const upstream = await new UpstreamStub().start();
    const child = fork(new URL('./load-process.ts', import.meta.url), [upstream.url], { execArgv });
    child.on('message', async (message: 'drop' | LoadReport) => {
      if (message !== 'drop') {
        report = message;
        return;
      }
      upstream.requests.length = 0;
      await upstream.dropConnections();
      child.send('dropped');
    });
    await once(child, 'exit');
    await upstream.stop();
  });

  it('at one time are all answered', () => {
    assert.deepEqual(report.statuses, { 200: 10_000 });
  });

  it('leave nothing behind in memory', () => {
    assert.ok(report.heapGrowth < 2e6, `${report.heapGrowth} bytes more after 2,000 requests`);
  });

  it('eight at a time keep the processor for less than 50 ms each, but for one in a hundred', () => {
    const ranked = report.times.toSorted((a, b) => a - b);
    assert.ok((ranked[1_979] ?? Infinity) < 50, `${ranked[1_979]} ms`);
  });
});
