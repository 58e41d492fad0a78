/** Who may try again after an error: the widget by itself, the visitor, or nobody until the page changes. */
export type Retry = 'auto' | 'user' | 'never';

/** What is known about a code before it happens. */
export interface ErrorKind {
  readonly retry: Retry;
  /** A fatal error ends the call; any other is reported and the call goes on. */
  readonly fatal: boolean;
  /** For the developer: the usual cause and the way out. */
  readonly hint: string;
}

const FATAL = true;
const NOT_FATAL = false;

/**
 * Every error of the package, `family.reason`. The one source of the code table, of the keys of the sentences that
 * visitors read, and of the documentation page. A new code is a minor release; a changed meaning is a major one.
 */
export const errorCodes = {
  'config.missing_endpoint': kind('never', FATAL, 'Set token-endpoint, session-endpoint or tokenProvider.'),
  'config.invalid_url': kind('never', FATAL, 'Endpoints must be https, or http on localhost.'),
  'config.invalid_value': kind('never', NOT_FATAL, 'The value is not one of those allowed.'),
  'env.unsupported': kind(
    'never',
    FATAL,
    'RTCPeerConnection or mediaDevices is missing; an extension may block WebRTC.',
  ),
  'env.insecure_context': kind('never', FATAL, 'The page is not served over https.'),
  'env.opaque_origin': kind('never', FATAL, 'Add allow-same-origin to the sandbox of the iframe.'),
  'env.peer_limit': kind(
    'user',
    FATAL,
    'The browser refuses more peer connections until the page is reloaded.',
  ),
  'permission.denied': kind('user', FATAL, 'NotAllowedError: the visitor refused the microphone.'),
  'permission.dismissed': kind('user', FATAL, 'The visitor closed the permission prompt.'),
  'permission.blocked_by_policy': kind(
    'never',
    FATAL,
    'Permissions-Policy, or the iframe lacks allow="microphone; autoplay".',
  ),
  'permission.blocked_by_system': kind(
    'user',
    FATAL,
    'The operating system denies the microphone to the browser.',
  ),
  'device.not_found': kind('user', FATAL, 'NotFoundError: no microphone.'),
  'device.in_use': kind('user', FATAL, 'NotReadableError: another program holds the microphone.'),
  'device.constraint_failed': kind('auto', NOT_FATAL, 'The chosen device is gone; the default one is used.'),
  'device.failed': kind('user', FATAL, 'The microphone did not start.'),
  'device.lost': kind(
    'user',
    NOT_FATAL,
    'The microphone ended during the call and no other could be opened.',
  ),
  'device.output_failed': kind('never', NOT_FATAL, 'setSinkId refused; the default speaker is used.'),
  'playback.blocked': kind('user', NOT_FATAL, 'play() was refused; it needs a click.'),
  'consent.declined': kind('user', FATAL, 'The visitor did not accept.'),
  'token.network': kind(
    'auto',
    FATAL,
    'The token endpoint cannot be reached: offline, CSP connect-src, or CORS (allow X-Realtime-Voice).',
  ),
  'token.timeout': kind('auto', FATAL, 'The token endpoint did not answer within 10 s.'),
  'token.unauthorized': kind('never', FATAL, 'Your endpoint answered 401: is the visitor signed in?'),
  'token.forbidden': kind('never', FATAL, 'Your token endpoint answered 403: is this origin allowed?'),
  'token.not_found': kind('never', FATAL, 'Nothing answers at token-endpoint, or at session-endpoint (404).'),
  'token.rate_limited': kind(
    'auto',
    FATAL,
    'Your token endpoint answered 429. Expose Retry-After to the page.',
  ),
  'token.server_error': kind('auto', FATAL, 'Your token endpoint failed.'),
  'token.bad_response': kind('never', FATAL, 'The token endpoint must answer {"value": "ek_…"}.'),
  'token.standard_key_exposed': kind(
    'never',
    FATAL,
    'The endpoint returned a standard API key (sk-…). Revoke that key now and mint a client secret instead.',
  ),
  'token.provider_failed': kind('user', FATAL, 'tokenProvider threw.'),
  'signaling.network': kind(
    'auto',
    FATAL,
    'The calls URL cannot be reached: offline, CORS or CSP connect-src.',
  ),
  'signaling.timeout': kind('auto', FATAL, 'The calls URL did not answer within 10 s.'),
  'signaling.unauthorized': kind(
    'never',
    FATAL,
    'The token was refused. Was it minted for this api-url, and is it fresh?',
  ),
  'signaling.forbidden': kind('never', FATAL, 'The server refuses this call.'),
  'signaling.model_unavailable': kind(
    'never',
    FATAL,
    'The model does not exist, was shut down, or is not open to this project.',
  ),
  'signaling.rejected': kind('never', FATAL, 'The server refused the offer or the session.'),
  'signaling.rate_limited': kind('auto', FATAL, 'Too many calls (429).'),
  'signaling.quota_exhausted': kind('never', FATAL, 'insufficient_quota: the account has no credit left.'),
  'signaling.server_error': kind('auto', FATAL, 'The server failed (5xx).'),
  'signaling.bad_answer': kind(
    'user',
    FATAL,
    'The answer is not SDP: a proxy, a captive portal or another API.',
  ),
  'ice.timeout': kind(
    'user',
    FATAL,
    'No media path within 15 s: UDP may be blocked. Configure ice-servers with TURN over TLS.',
  ),
  'ice.failed': kind(
    'auto',
    FATAL,
    'The media path broke or could not be found. Configure ice-servers with TURN.',
  ),
  'channel.open_timeout': kind('auto', FATAL, 'Connected, but the event channel did not open.'),
  'channel.closed': kind('auto', FATAL, 'The server closed the event channel.'),
  'channel.too_large': kind('never', NOT_FATAL, 'The message is larger than the channel can carry.'),
  'session.not_connected': kind('user', NOT_FATAL, 'There is no call to send to.'),
  'session.no_greeting': kind(
    'auto',
    FATAL,
    'The server opened the channel but never spoke; is this the Realtime API?',
  ),
  'session.config_rejected': kind(
    'never',
    NOT_FATAL,
    'The server refused session.update; see the error event for the field.',
  ),
  'session.expired': kind('auto', FATAL, 'The session reached its maximum duration.'),
  'session.server_error': kind('auto', NOT_FATAL, 'The server reported an error; the call goes on.'),
  'session.response_failed': kind('user', NOT_FATAL, 'response.done with status failed.'),
  'session.response_stalled': kind('user', NOT_FATAL, 'No answer came within 20 s.'),
  'session.restore_partial': kind(
    'never',
    NOT_FATAL,
    'The server did not take back some of the earlier turns.',
  ),
  'message.empty': kind('never', NOT_FATAL, 'There is no text to send.'),
  'message.invalid': kind('never', NOT_FATAL, 'A client event is an object with a string type.'),
  'message.refused': kind('user', NOT_FATAL, 'The server refused the message.'),
  'image.invalid': kind('never', NOT_FATAL, 'This is not an image that the browser can read.'),
  'image.too_large': kind('never', NOT_FATAL, 'The image cannot be made small enough for the channel.'),
  'tool.duplicate_name': kind('never', NOT_FATAL, 'Two tools have the same name.'),
  'tool.invalid': kind('never', NOT_FATAL, 'A tool needs a name and an execute function.'),
  'approval.unknown': kind('never', NOT_FATAL, 'No request for approval has this id.'),
  'replay.unreadable': kind(
    'never',
    FATAL,
    'The log is not JSON Lines of Realtime events; the message names the line.',
  ),
  'limit.max_duration': kind('user', FATAL, 'max-duration was reached.'),
  'limit.idle': kind('user', FATAL, 'idle-timeout was reached.'),
  'limit.hidden': kind('user', FATAL, 'hidden-timeout was reached: nobody saw the page.'),
  'limit.max_cost': kind('user', FATAL, 'max-cost was reached.'),
  'connection.unstable': kind('user', FATAL, 'Three calls were lost within five minutes.'),
  'connection.gave_up': kind('user', FATAL, 'Reconnecting did not work within its budget.'),
  'lifecycle.aborted': kind(
    'user',
    NOT_FATAL,
    'The page called stop(), or prevented realtime-before-connect, before the call was ready.',
  ),
  'internal.error': kind(
    'user',
    FATAL,
    'A fault of the package itself: please report it with diagnostics().',
  ),
} as const satisfies Record<string, ErrorKind>;

/** `family.reason`, one of the keys of {@link errorCodes}. */
export type ErrorCode = keyof typeof errorCodes;

function kind(retry: Retry, fatal: boolean, hint: string): ErrorKind {
  return { retry, fatal, hint };
}
