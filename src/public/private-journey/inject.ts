/** Asks a route of this process for its answer as fastify gives it, without the parts of a request that only a wire needs. */
import { EventEmitter } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { App } from '../../platform/http/server.ts';

export type InjectedOptions = {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly remoteAddress: string;
  readonly headers: IncomingHttpHeaders;
};

export type Answer = {
  readonly statusCode: number;
  readonly headers: OutgoingHttpHeaders;
  readonly payload: Buffer | string;
};

/** As much of a request as routes and hooks use. The form's answers are passed separately (private-request.ts). */
class InjectedRequest extends EventEmitter {
  readonly httpVersion = '1.1';
  readonly httpVersionMajor = 1;
  readonly aborted = false;
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly socket: { readonly remoteAddress: string };

  constructor({ method, url, headers, remoteAddress }: InjectedOptions) {
    super();
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.socket = { remoteAddress };
  }
}

/** As much of a response as a reply is sent by: at once and whole. A route that would stream is no page. */
class InjectedResponse extends EventEmitter {
  statusCode = 200;
  headersSent = false;
  writableEnded = false;
  readonly destroyed = false;
  readonly #headers: OutgoingHttpHeaders = {};
  readonly #done: (answer: Answer) => void;

  constructor(done: (answer: Answer) => void) {
    super();
    this.#done = done;
  }

  getHeader(name: string): OutgoingHttpHeaders[string] {
    return this.#headers[name.toLowerCase()];
  }

  hasHeader(name: string): boolean {
    return this.getHeader(name) !== undefined;
  }

  getHeaders(): OutgoingHttpHeaders {
    return this.#headers;
  }

  setHeader(name: string, value: OutgoingHttpHeaders[string]): void {
    this.#headers[name.toLowerCase()] = value;
  }

  removeHeader(name: string): void {
    delete this.#headers[name.toLowerCase()];
  }

  writeHead(statusCode: number, headers: OutgoingHttpHeaders = {}): this {
    this.statusCode = statusCode;
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    this.headersSent = true;
    return this;
  }

  end(payload: Buffer | string | null = null): this {
    if (this.writableEnded) return this;
    this.writableEnded = true;
    this.emit('finish');
    this.#done({ statusCode: this.statusCode, headers: this.#headers, payload: payload ?? '' });
    return this;
  }
}

/** The router, by as much of a request and a response as it touches. */
type Router = {
  routing(
    request: Pick<IncomingMessage, 'httpVersion' | 'httpVersionMajor' | 'aborted' | 'method' | 'url' | 'headers'>,
    response: Pick<ServerResponse, 'statusCode' | 'headersSent' | 'writableEnded' | 'destroyed'>,
  ): void;
};

export const injectRequest = (app: App, asked: InjectedOptions): Promise<Answer> =>
  new Promise((done) => {
    const router: Router = app;
    router.routing(new InjectedRequest(asked), new InjectedResponse(done));
  });
