import type { Origin } from '../protocol/envelope.js';

/** Received comes down to the page, sent goes up to the server. */
export const ARROWS: Readonly<Record<Origin, string>> = { server: '↓', client: '↑', local: '•' };

/** Time of day to the millisecond; a dash for events of a log without times. */
export function clock(time: number): string {
  if (time === 0) return '–';
  const date = new Date(time);
  const two = (value: number): string => String(value).padStart(2, '0');
  const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`;
}

/** Seconds since the beginning of the log. */
export function sinceStart(time: number, start: number): string {
  return time === 0 ? '–' : `+${((time - start) / 1_000).toFixed(2)}`;
}
