/**
 * Where limits are counted. All three operations must be atomic, also between processes that share the store.
 * When one rejects, the request is refused: a limit that cannot be counted is not passed.
 */
export interface Store {
  /**
   * Counts one request unless `limit` of them were counted within the last `windowMs`.
   * Resolves to 0 when it was counted, else to the milliseconds until there is room.
   */
  hit(key: string, limit: number, windowMs: number): Promise<number>;
  /**
   * Gives `holder` one of `slots` for at most `leaseMs`. Resolves to 0 when it has one, else to the milliseconds until
   * the first lease ends.
   */
  acquire(key: string, holder: string, slots: number, leaseMs: number): Promise<number>;
  /** Gives the slot back; holders that have none are ignored. */
  release(key: string, holder: string): Promise<void>;
}
