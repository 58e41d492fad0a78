import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { describe, it } from 'node:test';
import { scenarios } from '../../demo/server/scenarios.js';
import { useService } from './running-service.js';

interface Refused {
  readonly error: { readonly message: string; readonly code: string; readonly param: string | null };
}

const SDP = { 'Content-Type': 'application/sdp' };

describe('the HTTP side of the local service', { timeout: 30_000 }, () => {
  const service = useService();

  const post = (path: string, body = '', headers: HeadersInit = {}): Promise<Response> =>
    fetch(`${service.url}${path}`, { method: 'POST', body, headers });
  const token = async (query = '', body = ''): Promise<string> => {
    const response = await post(`/token${query}`, body);
    return ((await response.json()) as { value: string }).value;
  };
  const offer = (bearer: string, body = 'v=0\r\n', more: HeadersInit = SDP): Promise<Response> =>
    post('/v1/realtime/calls', body, { Authorization: `Bearer ${bearer}`, ...more });
  const refused = async (response: Response): Promise<[number, string, string | null]> => {
    const { error } = (await response.json()) as Refused;
    assert.ok(error.message.length > 0);
    return [response.status, error.code, error.param];
  };

  it('mints a token in the shape of the API', async () => {
    const response = await post('/token', JSON.stringify({ session: { instructions: 'Sing.' } }));
    const secret = (await response.json()) as { value: string; expires_at: number; session: object };
    assert.match(secret.value, /^ek_local_normal_/);
    assert.ok(secret.expires_at > Date.now() / 1_000);
    assert.equal(response.headers.get('Cache-Control'), 'no-store');
    const { type, object, instructions } = secret.session as Record<string, unknown>;
    assert.deepEqual([type, object, instructions], ['realtime', 'realtime.session', 'Sing.']);
  });

  it('lets a token live as long as it is asked to', async () => {
    const response = await post(
      '/token',
      JSON.stringify({ expires_after: { anchor: 'created_at', seconds: 30 } }),
    );
    const { expires_at } = (await response.json()) as { expires_at: number };
    assert.ok(expires_at - Date.now() / 1_000 <= 30);
  });

  const badTokens: readonly (readonly [string, string, string, string, string | null])[] = [
    ['a scenario that does not exist', '?scenario=nonsense', '', 'invalid_value', 'scenario'],
    ['a body that is no JSON', '', '{', 'invalid_json', null],
    ['a session that is none', '', '{"session": 5}', 'invalid_type', 'session'],
    [
      'an unknown field of a session',
      '',
      '{"session": {"voice": "marin"}}',
      'unknown_parameter',
      'session.voice',
    ],
    ['a life too short', '', '{"expires_after": {"seconds": 1}}', 'invalid_value', 'expires_after.seconds'],
  ];
  for (const [what, query, body, code, param] of badTokens) {
    it(`mints no token for ${what}`, async () => {
      assert.deepEqual(await refused(await post(`/token${query}`, body)), [400, code, param]);
    });
  }

  it('refuses a body that is too long', async () => {
    assert.deepEqual(await refused(await post('/token', ' '.repeat(70_000))), [
      413,
      'request_too_large',
      null,
    ]);
  });

  it('opens no call without a token, or with a wrong one', async () => {
    const wrong = [
      '',
      'nonsense',
      'ek_local_nonsense_aaaaaaaa',
      `ek_local_normal_9999999999_${'0'.repeat(24)}`,
    ];
    const answers = await Promise.all([
      post('/v1/realtime/calls', 'v=0\r\n', SDP),
      ...wrong.map((key) => offer(key)),
    ]);
    for (const answer of answers) assert.deepEqual(await refused(answer), [401, 'invalid_api_key', null]);
  });

  it('opens no call with an expired token', async () => {
    const expired = await token('?scenario=token-expired');
    assert.deepEqual(await refused(await offer(expired)), [401, 'token_expired', null]);
  });

  it('takes a token that was written by hand', async () => {
    assert.deepEqual(await refused(await offer('ek_local_normal_by-hand-1')), [400, 'invalid_offer', 'sdp']);
    assert.equal((await offer('ek_local_calls-500_by-hand-1')).status, 500);
  });

  it('takes no model beside a token', async () => {
    const headers = { Authorization: `Bearer ${await token()}`, ...SDP };
    const answer = await post('/v1/realtime/calls?model=gpt-realtime', 'v=0\r\n', headers);
    assert.deepEqual(await refused(answer), [400, 'invalid_value', 'model']);
  });

  const badOffers: readonly (readonly [string, string, HeadersInit, string])[] = [
    ['nothing', '', SDP, 'invalid_offer'],
    ['text', 'hello', SDP, 'invalid_offer'],
    ['a beginning of SDP', 'v=0\r\nnonsense', SDP, 'invalid_offer'],
    ['SDP of another type', 'v=0\r\n', { 'Content-Type': 'text/plain' }, 'unsupported_content_type'],
    ['half a form', '--x', { 'Content-Type': 'multipart/form-data; boundary=x' }, 'invalid_offer'],
  ];
  for (const [what, body, headers, code] of badOffers) {
    it(`answers no offer that is ${what}`, async () => {
      const [status, ...rest] = await refused(await offer(await token(), body, headers));
      assert.deepEqual([status, rest[0]], [400, code]);
    });
  }

  it('reads a form of SDP and session, and refuses a session that it does not understand', async () => {
    for (const [session, code] of [
      ['{"type":"realtime","voice":"marin"}', 'unknown_parameter'],
      ['{', 'invalid_json'],
    ] as const) {
      const form = new FormData();
      form.set('sdp', 'v=0\r\n');
      form.set('session', session);
      const headers = { Authorization: `Bearer ${await token()}` };
      const answer = await fetch(`${service.url}/v1/realtime/calls`, { method: 'POST', body: form, headers });
      assert.equal((await refused(answer))[1], code);
    }
  });

  it('opens a call for a form and lets it be hung up once', async (test) => {
    const client = await service.call(test, { form: { instructions: 'From the form.' } });
    assert.equal((await service.seen(client)).session.instructions, 'From the form.');
    const hangUp = (): Promise<Response> => post(`/v1/realtime/calls/${client.id}/hangup`);
    assert.equal((await hangUp()).status, 200);
    await client.closed;
    assert.deepEqual(await refused(await hangUp()), [404, 'call_id_not_found', null]);
  });

  it('ends a call that is deleted', async (test) => {
    const client = await service.call(test);
    const gone = await fetch(`${service.url}/v1/realtime/calls/${client.id}`, { method: 'DELETE' });
    assert.equal(gone.status, 200);
    await client.closed;
    assert.equal((await service.seen(client)).alive, false);
  });

  it('lets pages of other origins ask with the headers that clients send', async () => {
    const preflight = await fetch(`${service.url}/v1/realtime/calls`, {
      method: 'OPTIONS',
      headers: {
        Origin: 'https://page.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'authorization,content-type,x-openai-agents-sdk',
      },
    });
    assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), 'https://page.example');
    const allowed = preflight.headers.get('Access-Control-Allow-Headers')?.toLowerCase() ?? '';
    for (const name of ['authorization', 'content-type', 'x-openai-agents-sdk'])
      assert.ok(allowed.includes(name));
    const answer = await offer(await token(), '', { ...SDP, Origin: 'https://page.example' });
    const exposed = answer.headers.get('Access-Control-Expose-Headers') ?? '';
    assert.ok(exposed.includes('Location') && exposed.includes('Retry-After'));
  });

  it('answers every faulty scenario as its table says', async () => {
    for (const [name, { token: fault }] of Object.entries(scenarios)) {
      if (!fault?.body || fault.hang) continue;
      const answer = await fetch(`${service.url}/token?scenario=${name}`, {
        method: 'POST',
        redirect: 'manual',
      });
      assert.deepEqual([name, answer.status, await answer.text()], [name, fault.status ?? 200, fault.body]);
    }
  });

  it('fails once for each run where a fault is to pass', async () => {
    const status = async (run: string): Promise<number> =>
      (await offer(await token(`?scenario=calls-401-once&run=${run}`))).status;
    assert.deepEqual([await status('a'), await status('a'), await status('b')], [401, 400, 401]);
  });

  it('says in JSON that there is nothing at an address', async () => {
    assert.deepEqual(await refused(await fetch(`${service.url}/nowhere`)), [404, 'not_found', null]);
  });

  it('explains every scenario in its README', async () => {
    const readme = await readFile(new URL('../../demo/server/README.md', import.meta.url), 'utf8');
    const silent = Object.keys(scenarios).filter((name) => !readme.includes(`\`${name}\``));
    assert.deepEqual(silent, []);
  });
});
