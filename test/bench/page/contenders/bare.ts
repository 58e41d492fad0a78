import type { Contender } from '../contender.js';
import { overlappedCall } from './plain-call.js';

/** Shows nothing: what receiving costs, with or without parsing. It is in the figures of every other contender too. */
export function bare(parses: boolean): Contender {
  let events = 0;
  return {
    async mount() {},
    start: () =>
      overlappedCall((data) => {
        if (parses && (JSON.parse(data) as { type: string }).type) events += 1;
      }),
  };
}
