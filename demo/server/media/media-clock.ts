import { FRAME_MS } from '../speech/voice-activity.js';

/** A busy machine may be late, but never by so much that the sound comes in one burst. */
const MOST_AT_ONCE = 10;

/** Calls `tick` once for every 20 ms that pass. Returns what stops it. */
export function startMediaClock(tick: () => void): () => void {
  let due = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    if (now - due > MOST_AT_ONCE * FRAME_MS) due = now - MOST_AT_ONCE * FRAME_MS;
    for (; due <= now; due += FRAME_MS) tick();
  }, FRAME_MS / 2);
  return () => clearInterval(timer);
}
