import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { HintWatch } from '../../src/elements/hint-watch.js';

const SILENCE = { input: 0, output: 0 };
const VOICE = { input: 0.4, output: 0 };

describe('what the microphone itself has to say', () => {
  const watch = (): HintWatch => {
    const hints = new HintWatch();
    hints.reset(0);
    return hints;
  };

  it('is that it gives nothing at all, after ten seconds', () => {
    const hints = watch();
    assert.equal(hints.judge(SILENCE, false, 10_000), null);
    assert.equal(hints.judge(SILENCE, false, 10_001), 'microphoneSilent');
    assert.equal(hints.judge({ input: 0.001, output: 0 }, false, 10_100), null);
  });

  it('is nothing while it is muted and nobody speaks', () => {
    assert.equal(watch().judge(SILENCE, true, 60_000), null);
  });

  it('is that somebody speaks although it is muted, once that is sure and for a while', () => {
    const hints = watch();
    const said = Array.from({ length: 8 }, (_, frame) => hints.judge(VOICE, true, frame * 16));
    assert.deepEqual(said, [...Array.from({ length: 7 }, () => null), 'mutedButSpeaking']);
    assert.equal(hints.judge(SILENCE, true, 6_000), null);
  });

  it('stays between two words, and goes when nobody is muted any more', () => {
    const hints = watch();
    for (let frame = 0; frame < 8; frame += 1) hints.judge(VOICE, true, frame * 33);
    assert.equal(hints.judge(SILENCE, true, 3_000), 'mutedButSpeaking');
    assert.equal(hints.judge(VOICE, false, 3_100), null);
  });

  it('is nothing of a silent room, its noise suppressed', () => {
    assert.equal(watch().judge({ input: 0.0003, output: 0 }, false, 20_000), null);
  });

  it('is nothing new when it is another one', () => {
    const hints = watch();
    hints.reset(20_000);
    assert.equal(hints.judge(SILENCE, false, 20_001), null);
  });
});
