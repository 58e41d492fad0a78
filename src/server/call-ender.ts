import { withDeadline, within } from './deadline.js';
import { requireKey, type Visit } from './endpoint.js';
import type { EndpointOptions } from './endpoint-options.js';
import type { Limiter, LimitKey } from './limits.js';
import { report } from './log.js';
import { Refusal } from './refusal.js';
import { scheduleByTimer, type Cancel, type Schedule } from './schedule.js';
import { secretsFrom } from './secrets.js';
import type { Upstream } from './upstream.js';

const TIMEOUT_MS = 8_000;

/** What a handle holds, sealed: all that is needed to end the call, in any process with the same salt. */
interface Call {
  readonly id: string;
  /** Under which the call holds its places in the limits. */
  readonly holder: string;
  readonly keys: readonly LimitKey[];
  /** The pseudonym of whoever may end it; `null` leaves that to whoever has the handle. */
  readonly owner: string | null;
}

/** How calls end. */
export interface CallEnderOptions {
  /** Keeps the appointment to hang up. Default: a timer of this process, which is lost with it. */
  readonly schedule?: Schedule | undefined;
}

/** Ends calls: at their deadline, and for their owners. */
export interface CallEnder {
  /** Schedules the end of a new call and resolves to its handle. Hangs up when that fails: nothing else would. */
  watch(visit: Visit, call: Pick<Call, 'id' | 'holder'>, deadline: number): Promise<string>;
  /** The route for `DELETE`. */
  close(visit: Visit): Promise<Response>;
  hangUp(handle: string): Promise<boolean>;
}

/** Binds the parts of the session endpoint that ending a call takes. */
export function createCallEnder(
  options: EndpointOptions & CallEnderOptions,
  upstream: Upstream,
  limiter: Limiter,
): CallEnder {
  const schedule = options.schedule ?? scheduleByTimer;
  const appointments = new Map<string, Cancel>();

  const end = async ({ id, keys, holder }: Call, apiKey: string, signal: AbortSignal): Promise<void> => {
    await upstream({ path: `/realtime/calls/${id}/hangup`, apiKey, signal, repeatable: true }).catch(
      unlessOver,
    );
    await limiter.release(keys, holder);
    const cancel = appointments.get(id);
    appointments.delete(id);
    await within(signal, (async () => cancel?.())()).catch(() => undefined);
  };

  const endAlone = async (call: Call): Promise<boolean> => {
    const started = Date.now();
    let refusal: Refusal | undefined;
    let apiKey = '';
    try {
      apiKey = requireKey(options);
      await withDeadline(new AbortController().signal, TIMEOUT_MS, (signal) => end(call, apiKey, signal));
    } catch (error) {
      refusal = error instanceof Refusal ? error : new Refusal('server_error');
    }
    report(
      options.log,
      {
        at: new Date(started).toISOString(),
        id: crypto.randomUUID(),
        endpoint: 'session',
        event: 'hangup',
        code: refusal?.code ?? 'ok',
        ms: Date.now() - started,
        ...(call.owner !== null && { user: call.owner }),
        ...(refusal?.hint !== undefined && { hint: refusal.hint }),
      },
      apiKey,
    );
    return refusal === undefined;
  };

  return {
    async watch({ secrets, keys, pseudonym, signal }, { id, holder }, deadline) {
      const call: Call = { id, holder, keys, owner: pseudonym };
      const handle = await secrets.seal(call);
      const keep = async (): Promise<void> => {
        const cancel = await schedule({ handle, deadline, hangUp: () => endAlone(call) });
        if (typeof cancel === 'function') appointments.set(id, cancel);
      };
      try {
        await within(signal, keep());
      } catch (error) {
        await endAlone(call);
        throw error;
      }
      return handle;
    },
    async close({ request, secrets, pseudonym, apiKey, signal }) {
      const call = asCall(await secrets.open(new URL(request.url).searchParams.get('call_id') ?? ''));
      // One answer for both, so that nobody learns which handles are somebody else's.
      if (call?.owner !== pseudonym) throw new Refusal('call_not_found');
      await end(call, apiKey, signal);
      return new Response(null, { status: 204 });
    },
    async hangUp(handle) {
      const call = asCall(await secretsFrom(options.salt ?? requireKey(options)).open(handle));
      return call !== undefined && endAlone(call);
    },
  };
}

/** A call that the upstream does not know any more has ended by itself. */
function unlessOver(error: unknown): void {
  if (!(error instanceof Refusal && error.code === 'upstream_not_found')) throw error;
}

/** The seal is ours, so the shape is: only handles of an older version could differ. */
function asCall(value: unknown): Call | undefined {
  return typeof value === 'object' && value !== null && 'id' in value && 'keys' in value
    ? (value as Call)
    : undefined;
}
