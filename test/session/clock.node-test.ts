import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { realClock } from '../../src/session/clock.js';

describe('the clock', () => {
  for (const ms of [2 ** 31, Infinity]) {
    it(`does not run at once what is due after ${ms} milliseconds`, async () => {
      let ran = false;
      const cancel = realClock.after(ms, () => (ran = true));
      await new Promise<void>((resolve) => realClock.after(10, resolve));
      cancel();
      assert.equal(ran, false);
    });
  }
});
