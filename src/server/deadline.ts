import { Refusal } from './refusal.js';

/** Runs `work` with a signal that aborts when the visitor leaves or after `ms`, with a `Refusal` as its reason. */
export async function withDeadline<T>(
  visitor: AbortSignal,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const leave = (): void => controller.abort(new Refusal('aborted'));
  const timer = setTimeout(() => controller.abort(new Refusal('timed_out')), ms);
  if (visitor.aborted) leave();
  else visitor.addEventListener('abort', leave, { once: true });
  try {
    return await work(controller.signal);
  } finally {
    clearTimeout(timer);
    visitor.removeEventListener('abort', leave);
  }
}

/** The promise's outcome, or the signal's reason when that comes first: not every promise can be cancelled. */
export function within<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
