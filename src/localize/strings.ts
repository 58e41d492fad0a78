import type { ErrorCode } from '../session/error-codes.js';
import type { limitCodes, LimitKind } from '../session/limits.js';
import type { Phase } from '../session/status.js';
import type { Activity, ToolState } from '../conversation/turn.js';

/** Sentences for visitors about what went wrong, each with a way forward. Several codes share one. */
export type ErrorSentence =
  | 'setup'
  | 'unsupported'
  | 'insecure'
  | 'frame'
  | 'reload'
  | 'microphoneDenied'
  | 'microphoneDismissed'
  | 'microphoneSystem'
  | 'microphoneMissing'
  | 'microphoneBusy'
  | 'microphoneFailed'
  | 'microphoneOther'
  | 'microphoneLost'
  | 'speaker'
  | 'soundBlocked'
  | 'consent'
  | 'signIn'
  | 'unavailable'
  | 'busy'
  | 'network'
  | 'blockedNetwork'
  | 'start'
  | 'lost'
  | 'restored'
  | 'message'
  | 'messageTooLong'
  | 'image'
  | 'answer'
  | 'replay'
  | 'wrong';

/** Everything that a visitor reads or hears read out. Values that depend on something are functions. */
export interface Strings {
  readonly heading: string;
  readonly start: string;
  readonly stop: string;
  readonly retry: string;
  readonly mute: string;
  readonly unmute: string;
  readonly talk: string;
  readonly talking: string;
  readonly interrupt: string;
  readonly send: string;
  readonly message: string;
  readonly open: string;
  readonly close: string;
  readonly jump: string;
  readonly more: string;
  readonly microphone: string;
  readonly speaker: string;
  readonly systemDefault: string;
  readonly volume: string;
  readonly copy: string;
  readonly copied: string;
  readonly download: string;
  /** `form` is the plural form that the language has for this number. */
  readonly usage: (tokens: string, cost: string | null, form: Intl.LDMLPluralRule) => string;
  readonly conversation: string;
  readonly empty: string;
  readonly aiNotice: string;
  readonly accept: string;
  readonly decline: string;
  readonly consent: string;
  readonly approve: string;
  readonly reject: string;
  readonly listen: string;
  readonly typeInstead: string;
  readonly idle: string;
  readonly phases: Readonly<Record<Phase, string>>;
  readonly activities: Readonly<Record<Activity, string>>;
  readonly notConnected: string;
  readonly muted: string;
  /** The server has asked for a pause before a call can be made. */
  readonly waiting: (when: string | null) => string;
  /** `when` is a phrase like “in 5 seconds”. */
  readonly reconnecting: (when: string | null) => string;
  readonly ended: Readonly<Record<'user' | 'remote' | 'limit' | 'expired' | 'superseded', string>>;
  /** `when` is a phrase like “in 5 seconds”. */
  readonly limitNear: (kind: LimitKind, when: string) => string;
  readonly limits: Readonly<Record<(typeof limitCodes)[LimitKind], string>>;
  readonly mutedButSpeaking: string;
  readonly microphoneSilent: string;
  readonly systemMuted: string;
  readonly speakers: Readonly<Record<'user' | 'assistant' | 'system' | 'tool', string>>;
  readonly transcribing: string;
  readonly inaudible: string;
  readonly interrupted: string;
  readonly failed: string;
  readonly image: string;
  readonly tools: Readonly<Record<ToolState, string>>;
  readonly errors: Readonly<Record<ErrorSentence, string>>;
}

/** Words of the page's own for some of these. */
export type StringOverrides = {
  readonly [Name in keyof Strings]?: Strings[Name] extends Readonly<Record<string, string>>
    ? Partial<Strings[Name]>
    : Strings[Name];
};

/** Which sentence stands for which code. */
export const sentences: Readonly<Record<ErrorCode, ErrorSentence>> = {
  'config.missing_endpoint': 'setup',
  'config.invalid_url': 'setup',
  'config.invalid_value': 'setup',
  'env.unsupported': 'unsupported',
  'env.insecure_context': 'insecure',
  'env.opaque_origin': 'frame',
  'env.peer_limit': 'reload',
  'permission.denied': 'microphoneDenied',
  'permission.dismissed': 'microphoneDismissed',
  'permission.blocked_by_policy': 'frame',
  'permission.blocked_by_system': 'microphoneSystem',
  'device.not_found': 'microphoneMissing',
  'device.in_use': 'microphoneBusy',
  'device.constraint_failed': 'microphoneOther',
  'device.failed': 'microphoneFailed',
  'device.lost': 'microphoneLost',
  'device.output_failed': 'speaker',
  'playback.blocked': 'soundBlocked',
  'consent.declined': 'consent',
  'token.network': 'network',
  'token.timeout': 'network',
  'token.unauthorized': 'signIn',
  'token.forbidden': 'unavailable',
  'token.not_found': 'setup',
  'token.rate_limited': 'busy',
  'token.server_error': 'unavailable',
  'token.bad_response': 'unavailable',
  'token.standard_key_exposed': 'setup',
  'token.provider_failed': 'unavailable',
  'signaling.network': 'network',
  'signaling.timeout': 'network',
  'signaling.unauthorized': 'unavailable',
  'signaling.forbidden': 'unavailable',
  'signaling.model_unavailable': 'unavailable',
  'signaling.rejected': 'unavailable',
  'signaling.rate_limited': 'busy',
  'signaling.quota_exhausted': 'unavailable',
  'signaling.server_error': 'unavailable',
  'signaling.bad_answer': 'start',
  'ice.timeout': 'blockedNetwork',
  'ice.failed': 'blockedNetwork',
  'channel.open_timeout': 'start',
  'channel.closed': 'lost',
  'channel.too_large': 'messageTooLong',
  'session.not_connected': 'message',
  'session.no_greeting': 'start',
  'session.config_rejected': 'setup',
  'session.expired': 'lost',
  'session.server_error': 'wrong',
  'session.response_failed': 'answer',
  'session.response_stalled': 'answer',
  'session.restore_partial': 'restored',
  'message.empty': 'message',
  'message.invalid': 'message',
  'message.refused': 'message',
  'image.invalid': 'image',
  'image.too_large': 'image',
  'tool.duplicate_name': 'setup',
  'tool.invalid': 'setup',
  'approval.unknown': 'wrong',
  'replay.unreadable': 'replay',
  'limit.max_duration': 'lost',
  'limit.idle': 'lost',
  'limit.hidden': 'lost',
  'limit.max_cost': 'lost',
  'connection.unstable': 'lost',
  'connection.gave_up': 'lost',
  'lifecycle.aborted': 'wrong',
  'internal.error': 'wrong',
};
