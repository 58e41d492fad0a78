/** What a turn is doing: still growing, final, cut short (by the other side or the end of the call), or failed. */
export type TurnStatus = 'streaming' | 'done' | 'interrupted' | 'failed';

/** Where a tool call stands. `approval` waits for a person. */
export type ToolState = 'pending' | 'approval' | 'running' | 'done' | 'failed' | 'rejected';

/** A call of a function or of an MCP tool, as part of a turn. */
export interface ToolCall {
  readonly kind: 'function' | 'mcp';
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, possibly unfinished. */
  readonly arguments: string;
  readonly output?: string;
  readonly state: ToolState;
  /** Set while `state` is `approval`: what to give to `approve()` and `reject()`. */
  readonly approvalId?: string;
  readonly callId?: string;
}

/**
 * One thing said (or done) by one side. Order is conversation order, never arrival. Frozen; the same object comes
 * back as long as nothing in it changed, so `===` tells whether a turn has to be drawn again.
 */
export interface Turn {
  /** The protocol's item id. */
  readonly id: string;
  readonly role: 'user' | 'assistant' | 'system' | 'tool';
  /** The words. For an interrupted answer these are all the words that were generated, heard or not. */
  readonly text: string;
  readonly status: TurnStatus;
  /** The part of `text` that had been played when the visitor interrupted: an estimate from the audio's length. */
  readonly heardText?: string;
  /** How the words got here. `speech` turns were transcribed by a model and may be wrong. */
  readonly via?: 'speech' | 'typing';
  /** Images in this turn, as they were sent (`data:` URLs). */
  readonly images?: readonly string[];
  readonly tool?: ToolCall;
  /** Milliseconds since the epoch. Only known when the events came with a time, as they do in a live call. */
  readonly startedAt?: number;
}

/** What the assistant side is doing at this moment. */
export type Activity = 'idle' | 'listening' | 'hearing' | 'thinking' | 'speaking';
