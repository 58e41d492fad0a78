import type { TurnTimes } from '../../demo/server/call/stopwatch.js';
import { serviceUrl } from './service-url.js';

/** What the local service tells of a call. */
export interface LabCall {
  readonly id: string;
  readonly scenario: string;
  readonly alive: boolean;
  /** What the scenario has done to it so far, and goes on doing. */
  readonly faults: readonly ('silent' | 'stalled')[];
  /** Root mean square of the loudest 20 ms since the last look, 0 to 32,768. */
  readonly loudest: number;
  readonly session: {
    readonly [field: string]: unknown;
    readonly audio: { readonly input: { readonly transcription: unknown } };
  };
  readonly received: readonly { readonly type: string; readonly [field: string]: unknown }[];
  readonly times: readonly TurnTimes[];
  readonly items: readonly { readonly type: string; readonly [field: string]: unknown }[];
}

/** What the service saw of a call. */
export async function labCall(id: string | null): Promise<LabCall> {
  return (await fetch(`${serviceUrl}/__lab/calls/${id}`)).json() as Promise<LabCall>;
}

/** What the service saw of all calls of late, for one of which the page does not know the id. */
export async function labCalls(): Promise<readonly LabCall[]> {
  return (await fetch(`${serviceUrl}/__lab/calls`)).json() as Promise<readonly LabCall[]>;
}

/** Ends a call from the server's side. Resolves to when that was, in milliseconds since the epoch. */
export async function hangUp(id: string | null, how: 'peer' | 'channel'): Promise<number> {
  const response = await fetch(`${serviceUrl}/__lab/calls/${id}/close?how=${how}`, { method: 'POST' });
  return ((await response.json()) as { at: number }).at;
}

/** Requests so far; `held` of them are those that get no answer. */
export interface LabCounts {
  readonly token: number;
  readonly calls: number;
  readonly held: number;
}

/** How much the service was asked for. */
export async function labCounts(): Promise<LabCounts> {
  return (await fetch(`${serviceUrl}/__lab/counts`)).json() as Promise<LabCounts>;
}
