import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ReleaseList } from '../../src/session/release-list.js';

describe('a release list', () => {
  it('gives everything back, last first, also where one of them throws', () => {
    const list = new ReleaseList();
    const released: string[] = [];
    list.push(() => released.push('first'));
    list.push(() => {
      released.push('second');
      throw new Error('It is stuck.');
    });
    list.push(() => released.push('third'));
    list.release();
    assert.deepEqual(released, ['third', 'second', 'first']);
  });
});
