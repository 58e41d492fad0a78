import { expect } from '@open-wc/testing';
import type { RealtimeError } from '../../src/session/realtime-error.js';
import { countedVoice } from './counted-voice.js';
import { conversation, words } from './conversation.js';
import { FarEnd } from './far-end.js';
import { HandClock } from './hand-clock.js';
import { heapBytes, listeners } from './measure.js';
import { nextEvent } from './next-event.js';
import { liveTracks, openPeers } from './opened.js';
import { apiUrl, tokenEndpoint } from './service-url.js';
import { silence } from './speech.js';

/** What one of them may leave behind: the browser itself keeps 2 kB of a call, and a call that is kept takes twice as much. */
const CALL_BYTES = 3_300;
const WIDGET_BYTES = 500;
/** Caches of the page and the browser are full after so many. */
const WARM_UP = 20;
const SETTLED = 5;
/** An element that was taken out is waited for as long, in case it is only moved. */
const REMOVAL_MS = 100;

/** Calls one after the other, each to its end; what they leave behind must not grow. */
export async function callsOneAfterAnother(count: number): Promise<Held> {
  // With a microphone of its own each, as visitors have it.
  const voice = countedVoice({ tokenEndpoint: tokenEndpoint(), apiUrl });
  const call = async (): Promise<void> => {
    await voice.start();
    voice.stop();
  };
  for (let warmUp = 0; warmUp < WARM_UP; warmUp += 1) await call();
  // The log and the transcript may grow: they are no leak.
  voice.clear();
  const before = await held();
  for (let made = 0; made < count; made += 1) await call();
  expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
  voice.clear();
  voice.remove();
  return holdsNoMoreThan(before, count * CALL_BYTES);
}

/** Starts that fail; the browser must never run out of connections. */
export async function failingStarts(count: number): Promise<Held> {
  const voice = countedVoice({ tokenEndpoint: tokenEndpoint('calls-500'), apiUrl, mediaStream: silence() });
  const codes = new Set<string>();
  const before = await held();
  for (let made = 0; made < count; made += 1) {
    const error = await voice.start().catch((thrown: unknown) => thrown as RealtimeError);
    codes.add(error?.code ?? 'connected');
  }
  expect([...codes]).to.deep.equal(['signaling.server_error']);
  expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
  voice.remove();
  return holdsNoMoreThan(before, Infinity);
}

/** Connections lost again and again in one call; what was said must stay as it was. */
export async function forcedReconnections(count: number): Promise<Held> {
  const [far, clock] = [new FarEnd(), new HandClock()];
  clock.chance = 0;
  const voice = countedVoice(
    { tokenProvider: () => 'ek_local_1', apiUrl, mediaStream: silence(), maxDuration: 0, idleTimeout: 0 },
    { fetch: far.fetch, clock },
  );
  await voice.start();
  await far.say(...conversation());
  while (voice.turns.length < 4) await nextEvent(voice, 'realtime-transcript');
  const said = words(voice);
  let before: Held | undefined;
  for (let made = 0; made < count; made += 1) {
    // The first are those from which the page learns its way.
    if (made === SETTLED) before = await held();
    // Further apart than what counts as a connection that keeps breaking.
    clock.advance(5 * 60_000);
    const lost = nextEvent(voice, 'realtime-status-change', () => voice.status === 'reconnecting');
    far.close();
    await lost;
    const back = nextEvent(voice, 'realtime-status-change', () => voice.status === 'connected');
    clock.advance(0);
    await back;
    expect(words(voice)).to.deep.equal(said);
    expect(openPeers()).to.equal(1);
  }
  expect(far.calls).to.equal(count + 1);
  expect(far.received.filter(({ type }) => type === 'conversation.item.create')).to.have.length(4);
  expect([openPeers(), before !== undefined]).to.deep.equal([1, true]);
  // In the same call: its log may grow, up to its thousand events.
  const growth = await holdsNoMoreThan(before as Held, Infinity);
  voice.stop();
  far.close();
  voice.remove();
  return growth;
}

/** Widgets that come and go without a call. */
export async function widgetsThatComeAndGo(count: number): Promise<Held> {
  const round = async (): Promise<void> => {
    const voice = countedVoice({});
    await voice.updateComplete;
    voice.remove();
  };
  // Whether the last removal was a move is known then: timers of one length end in the order in which they began.
  const gone = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, REMOVAL_MS));
  for (let warmUp = 0; warmUp < WARM_UP; warmUp += 1) await round();
  await gone();
  const before = await held();
  for (let made = 0; made < count; made += 1) await round();
  await gone();
  return holdsNoMoreThan(before, count * WIDGET_BYTES);
}

/** What the page holds once all that is over is collected. */
export interface Held {
  readonly bytes: number;
  readonly listeners: number;
}

async function held(): Promise<Held> {
  return { bytes: await heapBytes(), listeners: await listeners() };
}

/** @returns what is held more than before */
async function holdsNoMoreThan(before: Held, bytes: number): Promise<Held> {
  const after = await held();
  const growth = { bytes: after.bytes - before.bytes, listeners: after.listeners - before.listeners };
  expect(growth.bytes).to.be.below(bytes);
  expect(growth.listeners).to.be.at.most(0);
  return growth;
}
