/** A real HTTP server in OpenAI's place: records what it gets and answers as the test says. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';

export const API_KEY = 'sk-canary-api-key-0123456789';
export const TOKEN = 'ek_canary_token_0123456789';
export const CALL_ID = 'rtc_canary_call_0123456789';
export const ANSWER = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

export interface Received {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export type Respond = (response: ServerResponse, received: Received) => void;

/** What OpenAI answers to a token request, with more than a page may see. */
export const secretAnswer = (): object => ({
  value: TOKEN,
  expires_at: Math.floor(Date.now() / 1_000) + 30,
  session: { id: 'sess_1', model: 'gpt-realtime-2.1', instructions: 'canary instructions', expires_at: 0 },
});

export const answerJson = (response: ServerResponse, status: number, value: unknown, headers = {}): void => {
  response.writeHead(status, { 'Content-Type': 'application/json', 'x-request-id': 'req_1', ...headers });
  response.end(JSON.stringify(value));
};

/** Answers as OpenAI does when all is well. */
export const succeed: Respond = (response, { path }) => {
  if (path === '/v1/realtime/client_secrets') return answerJson(response, 200, secretAnswer());
  if (path === '/v1/realtime/calls') {
    const headers = { 'Content-Type': 'application/sdp', Location: `/v1/realtime/calls/${CALL_ID}` };
    response.writeHead(201, headers).end(ANSWER);
    return undefined;
  }
  return answerJson(response, path?.endsWith('/hangup') ? 200 : 404, {});
};

export class UpstreamStub extends EventTarget {
  readonly requests: Received[] = [];
  respond: Respond = succeed;
  readonly #server = createServer((request, response) => void this.#receive(request, response));

  readonly #sockets = new Set<Socket>();

  /** What goes into the `upstream` option. */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`;
  }

  async start(): Promise<this> {
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    // With Node's own backlog of 511 a burst of connections waits for TCP to try again, a second later.
    this.#server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 });
    await once(this.#server, 'listening');
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** Closes idle connections, so that none of the memory in use is theirs. */
  async dropConnections(): Promise<void> {
    const closed = [...this.#sockets].map((socket) => once(socket, 'close'));
    this.#server.closeAllConnections();
    await Promise.all(closed);
  }

  /** Back to a server that works and has seen nothing. */
  reset(): void {
    this.requests.length = 0;
    this.respond = succeed;
  }

  /** Resolves with the next event: `request` when one has arrived whole, `gone` when its client left early. */
  async next(type: 'request' | 'gone'): Promise<void> {
    await once(this, type);
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.once('close', () => {
      if (!response.writableEnded) this.dispatchEvent(new Event('gone'));
    });
    const { method, url: path, headers } = request;
    const received = { method, path, headers, body: await text(request) };
    this.requests.push(received);
    this.respond(response, received);
    this.dispatchEvent(new Event('request'));
  }
}
