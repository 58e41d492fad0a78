/** The tape of a replay that runs. */
export interface Tape {
  speed: number;
  readonly paused: boolean;
  /** Events played so far, of `length`. */
  readonly position: number;
  readonly length: number;
  pause(): void;
  resume(): void;
  step(): void;
}

/** An element that can play a log, as a voice element does. */
export interface ReplayTarget {
  /** URL of the log to play instead of calling. */
  replay: string | undefined;
  /** `null` while nothing plays. */
  readonly player: Tape | null;
  readonly status: string;
  start(): Promise<void>;
  stop(): void;
}

/** True for elements that can play a log. */
export function isReplayTarget(target: object): target is ReplayTarget {
  return 'replay' in target && 'player' in target && 'start' in target && 'status' in target;
}
