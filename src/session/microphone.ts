import { abortable } from './clock.js';
import type { ErrorCode } from './error-codes.js';
import { RealtimeError } from './realtime-error.js';

/** The browser's media functions, handed in so that a test can give its own. */
export type MediaSource = Pick<MediaDevices, 'getUserMedia' | 'enumerateDevices' | 'addEventListener'>;

/** Microphones and speakers. Names are empty until the visitor has allowed the microphone once. */
export interface DeviceLists {
  readonly inputs: readonly MediaDeviceInfo[];
  readonly outputs: readonly MediaDeviceInfo[];
}

/** The browser's own media devices, or `undefined` where there are none (insecure pages, servers). */
export function browserMedia(): MediaSource | undefined {
  return typeof navigator === 'undefined' ? undefined : navigator.mediaDevices;
}

/**
 * Asks for the microphone, with echo cancellation, noise suppression and automatic gain. A chosen device that is gone
 * is replaced by the default one.
 *
 * @returns the track, which now belongs to the caller
 * @throws RealtimeError `permission.*`, `device.*` or `env.*`; `lifecycle.aborted` when `signal` aborts, and then a
 *   grant that comes later is given back at once
 */
export async function openMicrophone(
  media: MediaSource | undefined,
  deviceId: string | undefined,
  signal: AbortSignal,
): Promise<MediaStreamTrack> {
  if (!media?.getUserMedia) throw new RealtimeError(isSecure() ? 'env.unsupported' : 'env.insecure_context');
  const asked = ask(media, deviceId);
  const stream = await abortable(asked, signal, (late) => late.getTracks().forEach((track) => track.stop()));
  const [track] = stream.getAudioTracks();
  if (!track) throw new RealtimeError('device.failed');
  return track;
}

async function ask(media: MediaSource, deviceId: string | undefined): Promise<MediaStream> {
  try {
    return await media.getUserMedia({ audio: constraints(deviceId) });
  } catch (error) {
    if (deviceId && nameOf(error) === 'OverconstrainedError') return ask(media, undefined);
    throw new RealtimeError(codeOf(error), { cause: error });
  }
}

function constraints(deviceId: string | undefined): MediaTrackConstraints {
  // `ideal`, since `exact` fails on iOS and for a device that was unplugged since.
  const device = deviceId ? { deviceId: { ideal: deviceId } } : {};
  return { echoCancellation: true, noiseSuppression: true, autoGainControl: true, ...device };
}

const CODES: Readonly<Record<string, ErrorCode>> = {
  NotFoundError: 'device.not_found',
  NotReadableError: 'device.in_use',
  OverconstrainedError: 'device.constraint_failed',
  SecurityError: 'env.opaque_origin',
  TypeError: 'env.unsupported',
};

function codeOf(error: unknown): ErrorCode {
  const name = nameOf(error);
  return name === 'NotAllowedError' ? refusal(error) : (CODES[name] ?? 'device.failed');
}

/** Browsers report four different refusals under one name. */
function refusal(error: unknown): ErrorCode {
  const { message = '' } = error as Partial<DOMException>;
  if (/system/i.test(message)) return 'permission.blocked_by_system';
  if (/dismissed/i.test(message)) return 'permission.dismissed';
  return policyAllows() ? 'permission.denied' : 'permission.blocked_by_policy';
}

interface PolicyHost {
  readonly document?: {
    readonly permissionsPolicy?: { allowsFeature(name: string): boolean };
    readonly featurePolicy?: { allowsFeature(name: string): boolean };
  };
}

/** False when the page or the frame around it forbids the microphone. True where that cannot be told. */
export function policyAllows(host: PolicyHost = globalThis as PolicyHost): boolean {
  const policy = host.document?.permissionsPolicy ?? host.document?.featurePolicy;
  return policy?.allowsFeature('microphone') ?? true;
}

/** Whether the microphone may be used without asking: then nobody has to wait for a person. */
export async function microphoneIsGranted(): Promise<boolean> {
  return (await microphoneState()) === 'granted';
}

/** What the visitor has said about the microphone, as far as the browser tells. */
export async function microphoneState(): Promise<PermissionState> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' as PermissionName })).state;
  } catch {
    // Browsers without this permission name: a prompt must be expected.
    return 'prompt';
  }
}

/** The devices there are. Empty lists where the browser tells none. */
export async function listDevices(media: MediaSource | undefined = browserMedia()): Promise<DeviceLists> {
  const devices = (await media?.enumerateDevices?.().catch(() => [])) ?? [];
  const of = (kind: MediaDeviceKind): readonly MediaDeviceInfo[] =>
    devices.filter((device) => device.kind === kind && device.deviceId !== '');
  return { inputs: of('audioinput'), outputs: of('audiooutput') };
}

function isSecure(): boolean {
  return (globalThis as { isSecureContext?: boolean }).isSecureContext ?? true;
}

function nameOf(error: unknown): string {
  return String((error as Partial<Error> | null)?.name ?? '');
}
