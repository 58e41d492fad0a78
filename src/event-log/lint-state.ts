import type { LogEntry } from './event-log.js';

/** A function call of the model: until `completed` it may still be cut off. */
export interface SeenCall {
  readonly name: string;
  readonly itemId: string | undefined;
  readonly position: number;
  readonly time: number;
  readonly completed: boolean;
}

/** What must be remembered of one call, so that its later events can be judged. */
export interface CallState {
  /** Sound buffers of the server are only spoken of over WebRTC. */
  webrtc: boolean;
  /** The server speaks the beta, or another dialect with its names: they are right there. */
  beta: boolean;
  model: string | undefined;
  voice: string | undefined;
  /** `null` while it is not known. */
  transcribes: boolean | null;
  /** True when nothing but the client asks for answers. */
  answersOnRequest: boolean;
  activeResponse: string | null;
  /** The response that the client has cancelled last. */
  cancelled: string | null;
  /** A response was asked for too early, and the server's refusal is still to come. */
  overlap: boolean;
  playing: boolean;
  spoken: boolean;
  /** Function calls that have no output yet, by call id. */
  readonly calls: Map<string, SeenCall>;
  readonly answered: Set<string>;
  /** Calls that the client itself wrote into the conversation, as what happened before. */
  readonly told: Set<string>;
  /** What waits for something that belongs to it: an output and a commit for a response, a cancel and a clear for each other. */
  output: LogEntry | null;
  commit: LogEntry | null;
  cancel: LogEntry | null;
  clear: LogEntry | null;
  /** A message that WebRTC would not carry, sent when nobody knew yet that it is WebRTC. */
  large: LogEntry | null;
}

/** A call of which nothing is known but, perhaps, how it travels. */
export function newCallState(webrtc = false): CallState {
  return {
    webrtc,
    beta: false,
    model: undefined,
    voice: undefined,
    transcribes: null,
    answersOnRequest: false,
    activeResponse: null,
    cancelled: null,
    overlap: false,
    playing: false,
    spoken: false,
    calls: new Map(),
    answered: new Set(),
    told: new Set(),
    output: null,
    commit: null,
    cancel: null,
    clear: null,
    large: null,
  };
}
