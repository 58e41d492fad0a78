import { expect } from '@open-wc/testing';
import type { RealtimeVoiceElement } from '../../src/elements/realtime-voice.js';
import type { SessionSeams } from '../../src/session/session.js';
import { countedVoice } from '../support/counted-voice.js';
import { liveTracks, openPeers } from '../support/opened.js';
import { apiUrl, tokenEndpoint } from '../support/service-url.js';

interface Failure {
  readonly what: string;
  readonly properties: Partial<RealtimeVoiceElement>;
  readonly seams?: SessionSeams;
  readonly code: string;
  readonly says: RegExp;
}

const refusedMicrophone: SessionSeams = {
  media: {
    getUserMedia: () => Promise.reject(new DOMException('Permission denied', 'NotAllowedError')),
    enumerateDevices: () => Promise.resolve([]),
    addEventListener: () => {},
  },
};
const refusedPeer = (message: string, name: string): SessionSeams => ({
  createPeer: () => {
    throw new DOMException(message, name);
  },
});
// A port of this machine on which nobody listens.
const nobody = 'http://127.0.0.1:9/token';

const failures: readonly Failure[] = [
  {
    what: 'a stopped server',
    properties: { tokenEndpoint: nobody },
    code: 'token.network',
    says: /cannot be reached/,
  },
  {
    what: 'a 401 of the token endpoint',
    properties: { tokenEndpoint: tokenEndpoint('token-401') },
    code: 'token.unauthorized',
    says: /sign in/,
  },
  {
    what: 'a 403 of the token endpoint',
    properties: { tokenEndpoint: tokenEndpoint('token-403') },
    code: 'token.forbidden',
    says: /not available/,
  },
  {
    what: 'a missing token endpoint',
    properties: { tokenEndpoint: tokenEndpoint('token-404') },
    code: 'token.not_found',
    says: /not set up/,
  },
  {
    what: 'a page of HTML instead of a token',
    properties: { tokenEndpoint: tokenEndpoint('token-html') },
    code: 'token.bad_response',
    says: /not available/,
  },
  {
    what: 'a token endpoint that answers nothing',
    properties: { tokenEndpoint: tokenEndpoint('token-empty') },
    code: 'token.bad_response',
    says: /not available/,
  },
  {
    what: 'garbage for SDP',
    properties: { tokenEndpoint: tokenEndpoint('calls-garbage') },
    code: 'signaling.bad_answer',
    says: /could not be started/,
  },
  {
    what: 'a page of HTML instead of SDP',
    properties: { tokenEndpoint: tokenEndpoint('calls-html') },
    code: 'signaling.bad_answer',
    says: /could not be started/,
  },
  {
    what: 'an account without credit',
    properties: { tokenEndpoint: tokenEndpoint('calls-quota') },
    code: 'signaling.quota_exhausted',
    says: /not available/,
  },
  {
    what: 'a model that is not there',
    properties: { tokenEndpoint: tokenEndpoint('calls-403') },
    code: 'signaling.model_unavailable',
    says: /not available/,
  },
  {
    what: 'a refused microphone',
    properties: { tokenEndpoint: tokenEndpoint() },
    seams: refusedMicrophone,
    code: 'permission.denied',
    says: /address bar/,
  },
  {
    what: 'a token provider that throws',
    properties: {
      tokenProvider: () => {
        throw new Error('ek_canary');
      },
    },
    code: 'token.provider_failed',
    says: /not available/,
  },
  {
    what: 'a browser that has no connection left',
    properties: { tokenEndpoint: tokenEndpoint() },
    seams: refusedPeer('Cannot create so many PeerConnections', 'UnknownError'),
    code: 'env.peer_limit',
    says: /reload it/,
  },
  {
    what: 'ICE servers that the browser refuses',
    properties: { tokenEndpoint: tokenEndpoint() },
    seams: refusedPeer('ICE server parsing failed', 'SyntaxError'),
    code: 'config.invalid_value',
    says: /not set up/,
  },
  { what: 'no endpoint at all', properties: {}, code: 'config.missing_endpoint', says: /not set up/ },
  {
    what: 'an endpoint without https',
    properties: { tokenEndpoint: 'http://example.test/token' },
    code: 'config.invalid_url',
    says: /not set up/,
  },
];

describe('<realtime-voice> that cannot start', () => {
  for (const { what, properties, seams, code, says } of failures) {
    it(`says in one sentence what is wrong and leaves nothing running: ${what}`, async () => {
      const voice = countedVoice({ apiUrl, ...properties }, seams);
      const errors: string[] = [];
      const statuses: string[] = [];
      voice.addEventListener('realtime-error', ({ detail }) => errors.push(detail.error.code));
      voice.addEventListener('realtime-status-change', ({ detail }) => statuses.push(detail.status));
      const rejection = await voice.start().then(
        () => null,
        (error: unknown) => error,
      );
      await voice.updateComplete;
      expect(rejection).to.have.property('code', code);
      expect(errors).to.deep.equal([code]);
      expect(statuses.filter((status) => status === 'failed')).to.have.length(1);
      const sentences = [...voice.renderRoot.querySelectorAll('.notice.error')].map((notice) =>
        notice.textContent.trim(),
      );
      expect(sentences).to.have.length(1);
      expect(sentences[0]).to.match(says);
      expect(voice.renderRoot.querySelector('[part="start-button"]')?.textContent).to.contain('Try again');
      expect([openPeers(), liveTracks()]).to.deep.equal([0, 0]);
      voice.remove();
    });
  }

  it('refuses a standard key that the endpoint gives away, and does not repeat it', async () => {
    const voice = countedVoice({ apiUrl, tokenProvider: () => 'sk-proj-canary0000000000' });
    const error = await voice.start().then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error).to.have.property('code', 'token.standard_key_exposed');
    expect(`${error?.message} ${voice.renderRoot.textContent} ${JSON.stringify(voice.log)}`).not.to.contain(
      'canary',
    );
    voice.remove();
  });

  it('asks for a fresh token once when the server refuses the first', async () => {
    const voice = countedVoice({
      apiUrl,
      tokenEndpoint: `${tokenEndpoint('calls-401-once')}&run=${Math.random()}`,
    });
    await voice.start();
    expect(
      voice.log.filter(({ type, event }) => type === 'local.token' && event['state'] === 'requested'),
    ).to.have.length(2);
    voice.remove();
  });

  it('names the missing attribute to the developer', async () => {
    const voice = countedVoice({ apiUrl });
    const error = await voice.start().then(
      () => null,
      (thrown: Error) => thrown,
    );
    expect(error?.message).to.contain('token-endpoint');
    voice.remove();
  });
});
