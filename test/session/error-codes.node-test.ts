import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limitCodes } from '../../src/session/limits.js';
import en from '../../src/locales/en.js';
import { errorCodes, type ErrorCode, type ErrorKind } from '../../src/session/error-codes.js';
import { RealtimeError } from '../../src/session/realtime-error.js';

/** What other people's programs rely on: who may try again, and whether the call is over. Change it with a major release. */
const FROZEN: Readonly<Record<ErrorCode, string>> = {
  'config.missing_endpoint': 'never, ends the call',
  'config.invalid_url': 'never, ends the call',
  'config.invalid_value': 'never',
  'env.unsupported': 'never, ends the call',
  'env.insecure_context': 'never, ends the call',
  'env.opaque_origin': 'never, ends the call',
  'env.peer_limit': 'user, ends the call',
  'permission.denied': 'user, ends the call',
  'permission.dismissed': 'user, ends the call',
  'permission.blocked_by_policy': 'never, ends the call',
  'permission.blocked_by_system': 'user, ends the call',
  'device.not_found': 'user, ends the call',
  'device.in_use': 'user, ends the call',
  'device.constraint_failed': 'auto',
  'device.failed': 'user, ends the call',
  'device.lost': 'user',
  'device.output_failed': 'never',
  'playback.blocked': 'user',
  'consent.declined': 'user, ends the call',
  'token.network': 'auto, ends the call',
  'token.timeout': 'auto, ends the call',
  'token.unauthorized': 'never, ends the call',
  'token.forbidden': 'never, ends the call',
  'token.not_found': 'never, ends the call',
  'token.rate_limited': 'auto, ends the call',
  'token.server_error': 'auto, ends the call',
  'token.bad_response': 'never, ends the call',
  'token.standard_key_exposed': 'never, ends the call',
  'token.provider_failed': 'user, ends the call',
  'signaling.network': 'auto, ends the call',
  'signaling.timeout': 'auto, ends the call',
  'signaling.unauthorized': 'never, ends the call',
  'signaling.forbidden': 'never, ends the call',
  'signaling.model_unavailable': 'never, ends the call',
  'signaling.rejected': 'never, ends the call',
  'signaling.rate_limited': 'auto, ends the call',
  'signaling.quota_exhausted': 'never, ends the call',
  'signaling.server_error': 'auto, ends the call',
  'signaling.bad_answer': 'user, ends the call',
  'ice.timeout': 'user, ends the call',
  'ice.failed': 'auto, ends the call',
  'channel.open_timeout': 'auto, ends the call',
  'channel.closed': 'auto, ends the call',
  'channel.too_large': 'never',
  'session.not_connected': 'user',
  'session.no_greeting': 'auto, ends the call',
  'session.config_rejected': 'never',
  'session.expired': 'auto, ends the call',
  'session.server_error': 'auto',
  'session.response_failed': 'user',
  'session.response_stalled': 'user',
  'session.restore_partial': 'never',
  'message.empty': 'never',
  'message.invalid': 'never',
  'image.invalid': 'never',
  'image.too_large': 'never',
  'tool.duplicate_name': 'never, ends the call',
  'tool.invalid': 'never, ends the call',
  'approval.unknown': 'never',
  'replay.unreadable': 'never, ends the call',
  'limit.max_duration': 'user, ends the call',
  'limit.idle': 'user, ends the call',
  'limit.hidden': 'user, ends the call',
  'limit.max_cost': 'user, ends the call',
  'connection.unstable': 'user, ends the call',
  'connection.gave_up': 'user, ends the call',
  'lifecycle.aborted': 'user',
  'internal.error': 'user, ends the call',
};

describe('the codes of errors', () => {
  const known = Object.entries(errorCodes) as readonly [ErrorCode, ErrorKind][];

  it('are those that other people’s programs rely on', () => {
    const found = known.map(([code, { retry, fatal }]) => [code, retry + (fatal ? ', ends the call' : '')]);
    assert.deepEqual(Object.fromEntries(found), FROZEN);
  });

  it('are a family and a reason', () => {
    for (const [code] of known) assert.match(code, /^[a-z]+\.[a-z_]+$/);
  });

  it('have one sentence each for visitors, and one for developers', () => {
    const limits: Readonly<Record<string, string>> = en.limits;
    for (const [code, { sentence, hint }] of known) {
      assert.ok(limits[code] ?? en.errors[sentence], code);
      assert.match(hint, /[^.][.?]$/, code);
      assert.ok(new RealtimeError(code).message.startsWith(`${code}: `));
    }
    assert.deepEqual(Object.keys(limits).toSorted(), Object.values(limitCodes).toSorted());
  });

  for (const [code, says] of [
    ['session.restore_partial', 'restored'],
    ['device.constraint_failed', 'microphoneOther'],
    ['channel.too_large', 'messageTooLong'],
    ['signaling.rejected', 'unavailable'],
    ['signaling.unauthorized', 'unavailable'],
  ] as const) {
    it(`promise nothing of ${code} that would not help`, () => assert.equal(errorCodes[code].sentence, says));
  }
});
