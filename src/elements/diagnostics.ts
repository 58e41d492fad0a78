import { requireSafeUrl } from '../session/http.js';
import { listDevices, microphoneState, policyAllows } from '../session/microphone.js';
import { RealtimeError } from '../session/realtime-error.js';
import type { RealtimeSession } from '../session/session.js';
import type { EndReason, Status } from '../session/status.js';

/** What would stop a call here, found out without making one: no prompt, no request, no connection. */
export async function checkEnvironment(session: RealtimeSession): Promise<readonly RealtimeError[]> {
  const { config } = session;
  const problems: RealtimeError[] = [];
  const find = (found: boolean, code: ConstructorParameters<typeof RealtimeError>[0]): void => {
    if (found) problems.push(new RealtimeError(code));
  };
  if (config.replay) return problems;
  find(!globalThis.isSecureContext, 'env.insecure_context');
  find(typeof RTCPeerConnection === 'undefined' || !navigator.mediaDevices, 'env.unsupported');
  find(!config.tokenEndpoint && !config.sessionEndpoint && !config.tokenProvider, 'config.missing_endpoint');
  problems.push(...[config.tokenEndpoint, config.sessionEndpoint, config.apiUrl].flatMap(unsafe));
  find(origin === 'null' && location.protocol !== 'file:', 'env.opaque_origin');
  // Nobody is asked for a microphone then.
  if (config.mediaStream) return problems;
  // A microphone that the page may not have counts as denied, too.
  const permission = await microphoneState();
  if (!policyAllows()) find(true, 'permission.blocked_by_policy');
  else find(permission === 'denied', 'permission.denied');
  const { inputs } = await listDevices();
  find(permission === 'granted' && inputs.length === 0, 'device.not_found');
  return problems;
}

/** Nothing, or why no secret may travel there. */
function unsafe(url: string | undefined): readonly RealtimeError[] {
  try {
    if (url) requireSafeUrl(url, url);
    return [];
  } catch (error) {
    return [RealtimeError.from(error)];
  }
}

/** Facts for a bug report. No words that were said, no token, no address, no handle that could end a call. */
export interface Diagnostics {
  readonly version: string;
  readonly browser: string;
  readonly status: Status;
  readonly reason: EndReason | null;
  readonly error: { readonly code: string; readonly status?: number; readonly causeName?: string } | null;
  /** `null` with a session endpoint, whose handle is not the call's id. */
  readonly callId: string | null;
  readonly secondsConnected: number | null;
  readonly turns: number;
  /** Number of messages by direction and type, of those still in the log. */
  readonly events: Readonly<Record<string, number>>;
}

/** Collects {@link Diagnostics}. */
export function diagnostics(session: RealtimeSession, version: string, now: number): Diagnostics {
  const { error, connectedAt } = session;
  const events: Record<string, number> = {};
  for (const { origin, type } of session.log)
    events[`${origin} ${type}`] = (events[`${origin} ${type}`] ?? 0) + 1;
  return {
    version,
    browser: navigator.userAgent,
    status: session.status,
    reason: session.reason,
    error: error && {
      code: error.code,
      ...(error.status !== undefined && { status: error.status }),
      ...(error.causeName !== undefined && { causeName: error.causeName }),
    },
    callId: session.config.sessionEndpoint ? null : session.callId,
    secondsConnected: connectedAt === null ? null : Math.round((now - connectedAt) / 1_000),
    turns: session.turns.length,
    events,
  };
}
