/** Requests as the element sends them. */
import type { Handler } from 'realtime-voice/server';

export const SITE = 'https://site.example';
export const ENDPOINT = `${SITE}/voice`;

export interface Question {
  readonly method?: string;
  readonly url?: string;
  readonly headers?: Readonly<Record<string, string | null>>;
  readonly body?: BodyInit;
  readonly address?: string;
  readonly signal?: AbortSignal;
}

/** The element's request with what the test changes; a header of `null` is left out. */
export function requestWith({
  method = 'POST',
  url = ENDPOINT,
  headers = {},
  body,
  signal,
}: Question): Request {
  const all = { Origin: SITE, 'X-Realtime-Voice': '1', ...headers };
  const kept = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== null);
  return new Request(url, {
    method,
    headers: kept,
    ...(body !== undefined && { body, duplex: 'half' }),
    ...(signal && { signal }),
  });
}

export const ask = (handler: Handler, question: Question = {}): Promise<Response> =>
  handler(requestWith(question), { address: question.address ?? '192.0.2.1' });

export const codeOf = async (response: Response): Promise<unknown> => {
  const answer = (await response.json()) as { error?: { code?: unknown } };
  return answer.error?.code;
};

export const OFFER = [
  'v=0',
  'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  '',
].join('\r\n');

export const SDP = { 'Content-Type': 'application/sdp' };
export const JSON_TYPE = { 'Content-Type': 'application/json' };
