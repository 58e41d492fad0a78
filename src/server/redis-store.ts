import type { Store } from './store.js';

/**
 * What is needed of a Redis client: node-redis is one as it is. For ioredis give
 * `{ sendCommand: ([command, ...rest]) => redis.call(command, ...rest) }`.
 */
export interface RedisClient {
  sendCommand(command: string[]): Promise<unknown>;
}

/**
 * One script for both kinds of limits: a place in a sorted set, scored by when it ends. The time is Redis's own, so that
 * the clocks of the machines that share it need not agree.
 */
const CLAIM = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local places, ms, holder = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= places and not redis.call('ZSCORE', KEYS[1], holder) then
  local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
  return math.max(1, first and first[2] and first[2] - now or ms)
end
redis.call('ZADD', KEYS[1], now + ms, holder)
if redis.call('PTTL', KEYS[1]) < ms then redis.call('PEXPIRE', KEYS[1], ms) end
return 0`;

/**
 * Counts in Redis 5 or later, or in a server that speaks its protocol and runs its scripts: for any number of processes.
 *
 * @param client a connected client; it stays the caller's to close
 * @param prefix of all keys
 */
export function redisStore(client: RedisClient, prefix = 'realtime-voice:'): Store {
  const claim = async (key: string, places: number, ms: number, holder: string): Promise<number> => {
    const values = [places, Math.ceil(ms)].map(String);
    const wait = await client.sendCommand(['EVAL', CLAIM, '1', prefix + key, ...values, holder]);
    if (typeof wait !== 'number') throw new TypeError('Redis answered with something else than a number.');
    return wait;
  };
  return {
    hit: (key, limit, windowMs) => claim(key, limit, windowMs, crypto.randomUUID()),
    acquire: (key, holder, slots, leaseMs) => claim(key, slots, leaseMs, holder),
    async release(key, holder) {
      await client.sendCommand(['ZREM', prefix + key, holder]);
    },
  };
}
