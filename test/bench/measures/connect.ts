import { Visit } from '../browser.js';
import { interleaved, median, round } from '../statistics.js';
import type { Measure } from './measure.js';

const CONTENDERS = ['floor', 'ours, no panel', 'ancestor', 'agents SDK', 'deep-chat'];
const TOKEN = 150;
const SDP = 150;
const MICROPHONES = { quick: 10, slow: 300 } as const;

/** Milliseconds from the press on Start to the open channel, with fixed delays in each step. */
export const connect: Measure = async ({ browser, origin, quick }) => {
  const repetitions = quick ? 1 : 4;
  const once = (microphone: number) => (name: string) =>
    Visit.of(browser, origin, async (visit) => {
      await visit.mount(name, { token: TOKEN, sdp: SDP, microphone });
      return visit.start();
    });
  const quickly = await interleaved(CONTENDERS, repetitions, once(MICROPHONES.quick));
  const slowly = await interleaved(CONTENDERS, repetitions, once(MICROPHONES.slow));
  const ideal = (combine: (...steps: number[]) => number): Record<string, number> => ({
    quickMicrophone: combine(TOKEN, MICROPHONES.quick) + SDP,
    slowMicrophone: combine(TOKEN, MICROPHONES.slow) + SDP,
  });
  return [
    { name: 'longest path', ...ideal(Math.max) },
    { name: 'serial sum', ...ideal((...steps) => steps.reduce((sum, step) => sum + step, 0)) },
    ...CONTENDERS.map((name) => ({
      name,
      quickMicrophone: round(median(quickly.get(name) ?? []), 0),
      slowMicrophone: round(median(slowly.get(name) ?? []), 0),
    })),
  ];
};
