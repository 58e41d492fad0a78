/** An appointment to end a call. */
export interface ScheduledCall {
  /** Enough for `hangUp(handle)` of a session handler in another process: what a durable scheduler stores. */
  readonly handle: string;
  /** Epoch milliseconds. */
  readonly deadline: number;
  /** Ends the call, for a scheduler of this process. Resolves to whether it is known to be over; never rejects. */
  readonly hangUp: () => Promise<boolean>;
}

/** Cancels an appointment. It may fail: an appointment for a call that is over does no harm. */
export type Cancel = () => void | Promise<void>;

/**
 * Keeps appointments. The visitor gets the call once its appointment is kept, and no call when that fails.
 * May give how to cancel one, for calls that end earlier.
 */
export type Schedule = (call: ScheduledCall) => Cancel | undefined | Promise<Cancel | undefined | void>;

const RETRY_MS = 15_000;
const MAX_TRIES = 5;

/** Keeps appointments with timers that do not keep the process alive. A hang-up that fails is tried again, five times in all. */
export function scheduleByTimer({ deadline, hangUp }: ScheduledCall): () => void {
  let timer: ReturnType<typeof setTimeout>;
  const arm = (ms: number, tries: number): void => {
    timer = setTimeout(async () => {
      if (!(await hangUp()) && tries < MAX_TRIES) arm(RETRY_MS, tries + 1);
    }, ms);
    unref(timer);
  };
  arm(Math.max(deadline - Date.now(), 0), 1);
  return () => clearTimeout(timer);
}

/** Node, Deno and Bun keep a process for its timers unless told not to; elsewhere timers are plain numbers. */
function unref(timer: unknown): void {
  const { unref } = Object(timer) as { unref?: () => void };
  unref?.call(timer);
}
