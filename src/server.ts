/** The entry `realtime-voice/server`: the endpoints behind `token-endpoint` and `session-endpoint`. Web APIs only. */
export type { EndpointOptions, Handler, RequestContext, Verdict } from './server/endpoint-options.js';
export type { Limit, Limits } from './server/limits.js';
export type { LogEntry } from './server/log.js';
export { memoryStore } from './server/memory-store.js';
export type { RefusalCode } from './server/refusal.js';
export type { Schedule, ScheduledCall } from './server/schedule.js';
export {
  createSessionHandler,
  type SessionHandler,
  type SessionHandlerOptions,
} from './server/session-handler.js';
export type { ChosenValues, SessionOptions, SessionSettings } from './server/session-plan.js';
export type { Store } from './server/store.js';
export { createTokenHandler, type TokenAnswer, type TokenHandlerOptions } from './server/token-handler.js';
