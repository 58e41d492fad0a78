import type { Origin } from '../protocol/envelope.js';

/** Which side's events are shown. */
export type Direction = 'all' | 'server' | 'client';

/** The filter text that shows one type only. */
export function typeFilter(type: string): string {
  return `type:${type}`;
}

/** The direction that holds events of this origin; the widget's own steps are only in `all`. */
export function directionOf(origin: Origin): Direction {
  return origin === 'local' ? 'all' : origin;
}
