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

/** Who may try again after an error: the widget by itself, the visitor, or nobody until the page changes. */
export type Retry = 'auto' | 'user' | 'never';

/** What is known about a code before it happens. */
export interface ErrorKind {
  readonly retry: Retry;
  /** A fatal error ends the call; any other is reported and the call goes on. */
  readonly fatal: boolean;
  /** What visitors read: one of the sentences of their language. */
  readonly sentence: ErrorSentence;
  /** For the developer: the usual cause and the way out. */
  readonly hint: string;
}

/** Errors that end the call, by who may try again… */
const [never, user, auto] = [kinds('never', true), kinds('user', true), kinds('auto', true)];
/** … and those that it survives. */
const [neverMild, userMild, autoMild] = [kinds('never', false), kinds('user', false), kinds('auto', false)];

/**
 * Every error of the package, `family.reason`. The one source of the code table, of the sentences that visitors read,
 * and of the documentation page. A new code is a minor release; a changed meaning is a major one.
 */
export const errorCodes = {
  'config.missing_endpoint': never('setup', 'Set token-endpoint, session-endpoint or tokenProvider.'),
  'config.invalid_url': never('setup', 'Endpoints must be https, or http on localhost.'),
  'config.invalid_value': neverMild('setup', 'Use one of the documented values.'),
  'env.unsupported': never('unsupported', 'WebRTC is missing, or an extension blocks it.'),
  'env.insecure_context': never('insecure', 'Serve the page over https.'),
  'env.opaque_origin': never('frame', 'Add allow-same-origin to the sandbox of the iframe.'),
  'env.peer_limit': user('reload', 'Too many peer connections: reload the page.'),
  'permission.denied': user('microphoneDenied', 'The visitor refused the microphone.'),
  'permission.dismissed': user('microphoneDismissed', 'The visitor closed the prompt.'),
  'permission.blocked_by_policy': never(
    'frame',
    'Permissions-Policy, or the iframe lacks allow="microphone; autoplay".',
  ),
  'permission.blocked_by_system': user(
    'microphoneSystem',
    'Allow the browser in the privacy settings of the system.',
  ),
  'device.not_found': user('microphoneMissing', 'Connect a microphone.'),
  'device.in_use': user('microphoneBusy', 'Close the program that holds the microphone.'),
  'device.constraint_failed': autoMild(
    'microphoneOther',
    'The device before is kept; at the start of a call, none fits.',
  ),
  'device.failed': user('microphoneFailed', 'The browser could not start the microphone.'),
  'device.lost': userMild('microphoneLost', 'The microphone ended, and no other could be opened.'),
  'device.output_failed': neverMild('speaker', 'setSinkId refused; the default speaker is used.'),
  'playback.blocked': userMild('soundBlocked', 'play() needs a click.'),
  'consent.declined': user('consent', 'The visitor did not accept.'),
  'token.network': auto(
    'network',
    'token-endpoint is out of reach: offline, a redirect, CSP connect-src, or CORS (allow X-Realtime-Voice).',
  ),
  'token.timeout': auto('network', 'token-endpoint did not answer within 10 s.'),
  'token.unauthorized': never('signIn', 'Your endpoint answered 401: is the visitor signed in?'),
  'token.forbidden': never('unavailable', 'token-endpoint answered 403: is this origin allowed?'),
  'token.not_found': never('setup', 'Nothing answers at token-endpoint or session-endpoint.'),
  'token.rate_limited': auto('busy', 'token-endpoint answered 429. Expose Retry-After to the page.'),
  'token.server_error': auto('unavailable', 'token-endpoint answered 5xx: see its log.'),
  'token.bad_response': never('unavailable', 'token-endpoint must answer {"value": "ek_…"}.'),
  'token.standard_key_exposed': never(
    'setup',
    'token-endpoint gave a standard API key (sk-…). Revoke it now and mint a client secret instead.',
  ),
  'token.provider_failed': user('unavailable', 'tokenProvider threw.'),
  'signaling.network': auto(
    'network',
    'The calls URL is out of reach: offline, a redirect, CSP connect-src, or CORS.',
  ),
  'signaling.timeout': auto('network', 'The calls URL did not answer within 10 s.'),
  'signaling.unauthorized': never('unavailable', 'Is the token fresh, and minted for this api-url?'),
  'signaling.forbidden': never('unavailable', 'The calls URL, or session-endpoint, answered 403.'),
  'signaling.model_unavailable': never(
    'unavailable',
    'The model does not exist, was shut down, or is not open to this project.',
  ),
  'signaling.rejected': never('unavailable', 'The server refused the offer or the session.'),
  'signaling.rate_limited': auto('busy', 'The calls URL, or session-endpoint, answered 429.'),
  'signaling.quota_exhausted': never('unavailable', 'The account has no credit left.'),
  'signaling.server_error': auto('unavailable', 'The calls URL, or session-endpoint, answered 5xx.'),
  'signaling.bad_answer': user('start', 'The answer is not SDP: a proxy, a captive portal or another API.'),
  'ice.timeout': user(
    'blockedNetwork',
    'No media path within 15 s: UDP may be blocked. Configure ice-servers with TURN over TLS.',
  ),
  'ice.failed': auto('blockedNetwork', 'The media path broke. Configure ice-servers with TURN.'),
  'channel.open_timeout': auto('start', 'The event channel did not open.'),
  'channel.closed': auto('lost', 'The server closed the event channel.'),
  'channel.too_large': neverMild('messageTooLong', 'Shorten the message.'),
  'session.not_connected': userMild('message', 'Start a call first.'),
  'session.no_greeting': auto('start', 'The server never spoke: is this the Realtime API?'),
  'session.config_rejected': neverMild('setup', 'See the error event for the field of session.update.'),
  'session.expired': auto('lost', 'Its maximum duration was reached.'),
  'session.server_error': autoMild('wrong', 'See the error event; the call goes on.'),
  'session.response_failed': userMild('answer', 'See status_details of response.done.'),
  'session.response_stalled': userMild('answer', 'No answer came within 20 s.'),
  'session.restore_partial': neverMild('restored', 'The server did not take back some earlier turns.'),
  'message.empty': neverMild('message', 'There is no text.'),
  'message.invalid': neverMild('message', 'A client event is an object with a string type.'),
  'image.invalid': neverMild('image', 'The browser cannot read this image.'),
  'image.too_large': neverMild('image', 'It cannot be made small enough for the channel.'),
  'tool.duplicate_name': never('setup', 'Give each tool a name of its own.'),
  'tool.invalid': never('setup', 'A tool needs a name and an execute function.'),
  'approval.unknown': neverMild('wrong', 'No request has this id.'),
  'replay.unreadable': never('replay', 'A log is JSON Lines of Realtime events; the message names the line.'),
  'limit.max_duration': user('lost', 'max-duration was reached.'),
  'limit.idle': user('lost', 'idle-timeout was reached.'),
  'limit.hidden': user('lost', 'hidden-timeout was reached.'),
  'limit.max_cost': user('lost', 'max-cost was reached.'),
  'connection.unstable': user('lost', 'Three calls were lost within five minutes.'),
  'connection.gave_up': user('lost', 'Reconnecting did not work within its budget.'),
  'lifecycle.aborted': userMild('wrong', 'The page called stop(), or prevented realtime-before-connect.'),
  'internal.error': user('wrong', 'A fault of the package: please report it with diagnostics().'),
} as const satisfies Record<string, ErrorKind>;

/** `family.reason`, one of the keys of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

function kinds(retry: Retry, fatal: boolean) {
  return (sentence: ErrorSentence, hint: string): ErrorKind => ({ retry, fatal, sentence, hint });
}
