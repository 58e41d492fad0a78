import type { Pricing } from '../conversation/usage.js';
import type { JsonRecord } from '../protocol/server-event.js';

/** Why a token is needed now. */
export type ConnectReason = 'connect' | 'reconnect';

/** Gives a short-lived token: the bare string, or the JSON that the minting endpoint answered. */
export type TokenProvider = (context: {
  readonly reason: ConnectReason;
  /** Aborted when the call is stopped or the 10 s for a token are over. */
  readonly signal: AbortSignal;
}) => string | object | Promise<string | object>;

/** A function that the model may call in the page. */
export interface Tool {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters?: JsonRecord;
  /**
   * Runs the call. What it returns goes to the model: strings as they are, anything else as JSON. What it throws goes
   * to the model as an error, and the conversation goes on.
   */
  execute(args: JsonRecord, context: { readonly signal: AbortSignal; readonly callId: string }): unknown;
  /** A person has to approve each call first. */
  readonly needsApproval?: boolean;
  /** Default 30,000. */
  readonly timeoutMs?: number;
}

/** Everything a session can be told. All of it may change at any time; what cannot change in a call applies to the next. */
export interface SessionConfig {
  tokenEndpoint?: string | undefined;
  sessionEndpoint?: string | undefined;
  tokenProvider?: TokenProvider | undefined;
  /** Headers for the token and session endpoints. */
  tokenHeaders?: HeadersInit | undefined;
  credentials?: RequestCredentials | undefined;
  apiUrl?: string | undefined;
  iceServers?: readonly RTCIceServer[] | undefined;
  iceTransportPolicy?: RTCIceTransportPolicy | undefined;
  model?: string | undefined;
  voice?: string | undefined;
  instructions?: string | undefined;
  /** The assistant speaks first; the text, when there is one, is its instruction for that. */
  greeting?: string | undefined;
  output?: 'audio' | 'text' | undefined;
  turnDetection?: 'semantic' | 'server' | 'none' | undefined;
  /** `off` switches input transcription off. */
  transcriptionModel?: string | undefined;
  /** The visitor's language (BCP 47), a hint for the transcriber. */
  language?: string | undefined;
  pushToTalk?: boolean | undefined;
  inputDevice?: string | undefined;
  /** The caller's own stream: used as it is and never stopped. */
  mediaStream?: MediaStream | undefined;
  /**
   * Merged last into `session.update`. In a call the server is told the fields that change; one that is left out again
   * becomes what it was in the server's `session.created`. Where that said nothing of it, and for `audio.output`, a change
   * comes with the next call.
   */
  session?: JsonRecord | undefined;
  tools?: readonly Tool[] | undefined;
  pricing?: Pricing | undefined;
  /** Seconds; 0 switches a limit off. */
  maxDuration?: number | undefined;
  idleTimeout?: number | undefined;
  hiddenTimeout?: number | undefined;
  maxCost?: number | undefined;
  withoutReconnect?: boolean | undefined;
  /** URL of a JSON Lines log to play instead of calling. */
  replay?: string | undefined;
  /** 1 (the default) is the recorded pace, `Infinity` all at once. */
  replaySpeed?: number | undefined;
  /** False for a call in which the visitor only types. Default true. */
  microphone?: boolean | undefined;
  /** Asked before anything else happens; nothing is requested until it resolves to `true`. */
  consent?: ((signal: AbortSignal) => Promise<boolean>) | undefined;
}
