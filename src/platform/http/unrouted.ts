/** Answers made before a request reaches a route: they carry the strictest security headers too. */
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { securityHeaders } from './security-headers.ts';

/** Nothing may load, frame or keep such an answer. */
const strictestHeaders: Readonly<Record<string, string>> = {
  ...securityHeaders({ 'img-src': ["'none'"] }),
  'cache-control': 'no-store',
};

// An import of it would open all that it offers, down to a client for WebSockets: 20 ms of each start.
const { ServerResponse, STATUS_CODES } = process.getBuiltinModule('node:http');

type Given = Parameters<InstanceType<typeof ServerResponse>['writeHead']>;

/** Adds the headers to what the framework and Node answer by themselves: while it closes, to a request without a host, to an expectation that nobody meets. */
export class GuardedResponse<Request extends IncomingMessage = IncomingMessage> extends ServerResponse<Request> {
  override writeHead(...given: unknown[]): this {
    const headers = given.find((one) => typeof one === 'object');
    if (!this.hasHeader(guard) && !(headers && guard in headers))
      for (const [name, value] of Object.entries(strictestHeaders)) this.setHeader(name, value);
    return super.writeHead(...(given as Given));
  }
}
const guard = 'content-security-policy';

const problems: Readonly<Record<string, readonly [status: number, words: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request took too long to arrive. Try again.'],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The request is too large. Send less at once.'],
  HPE_HEADER_OVERFLOW: [431, 'The address or the headers are too long. Use a shorter address.'],
};

/** For a request that could not be read: answers in one sentence and ends the connection. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  const { _httpMessage: begun } = socket as { readonly _httpMessage?: { readonly headersSent: boolean } | null };
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable || begun?.headersSent) {
    socket.destroy();
    return;
  }
  const [status, words] = problems[error.code ?? ''] ?? [400, 'The request could not be read. Try again.'];
  const headers = {
    ...strictestHeaders,
    'content-type': 'text/plain; charset=utf-8',
    'content-length': String(Buffer.byteLength(words)),
    connection: 'close',
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${head.join('')}\r\n${words}`, () => socket.destroy());
}
