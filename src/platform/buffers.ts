/** Public pages as finished, compressed bytes: made when their content changes, sent from memory. Who may see a page is asked at each request, before this. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digest } from './crypto.ts';

const packed = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/** One encoding of a page, with all the headers that go with it: an answer is these bytes and nothing to work out. */
type Packed = { readonly body: Buffer; readonly headers: Readonly<Record<string, string | number>> };

export type Buffered = {
  readonly etag: string;
  readonly plain: Packed;
  readonly gzip: Packed;
  readonly br: Packed;
};

export type BufferedPage = {
  /** Names the page; the version names its content: another version is made anew. */
  readonly key: string;
  readonly version: string;
  readonly type?: string;
  readonly cacheControl: string;
  /** For a page that lives a minute, a lighter compression. */
  readonly shortLived?: boolean;
  readonly make: () => string | Promise<string>;
};

export class Buffers {
  readonly #made = new Map<string, Promise<Buffered>>();
  readonly #headers: Readonly<Record<string, string>>;
  readonly #most: number;

  /** `headers` go with every page; beyond `most` pages the oldest is let go. */
  constructor(headers: Readonly<Record<string, string>>, most = 600) {
    this.#headers = headers;
    this.#most = most;
  }

  /** The page's bytes; two who ask at once wait for one making. A making that fails is forgotten. */
  get(page: BufferedPage): Promise<Buffered> {
    const name = `${page.key}\n${page.version}`;
    const known = this.#made.get(name);
    if (known) return known;
    const making = pack(page, this.#headers);
    this.#made.set(name, making);
    making.catch(() => this.#made.delete(name));
    if (this.#made.size > this.#most) this.#made.delete(this.#made.keys().next().value ?? '');
    return making;
  }
}

async function pack(
  { type = 'text/html; charset=utf-8', shortLived = false, cacheControl, make }: BufferedPage,
  headers: Readonly<Record<string, string>>,
): Promise<Buffered> {
  const plain = Buffer.from(await make());
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: shortLived ? 5 : 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  const [br, gzipped] = await Promise.all([
    packed.br(plain, { params }),
    packed.gzip(plain, { level: shortLived ? 6 : 9 }),
  ]);
  const etag = `"${digest(plain).slice(0, 20)}"`;
  const common = { ...headers, 'cache-control': cacheControl, vary: 'accept-encoding', etag, 'content-type': type };
  const encoded = (body: Buffer, encoding?: string): Packed => ({
    body,
    headers: { ...common, ...(encoding && { 'content-encoding': encoding }), 'content-length': body.length },
  });
  return { etag, plain: encoded(plain), gzip: encoded(gzipped, 'gzip'), br: encoded(br, 'br') };
}

/** Sends what the browser can unpack, straight to the socket: nothing is left to be decided. Nothing where it holds the same already. */
export function sendBuffered(request: FastifyRequest, reply: FastifyReply, page: Buffered, status = 200): FastifyReply {
  const accepted = request.headers['accept-encoding'] ?? '';
  const { body, headers } = accepted.includes('br') ? page.br : accepted.includes('gzip') ? page.gzip : page.plain;
  reply.hijack();
  if (status === 200 && request.headers['if-none-match'] === page.etag) {
    const { 'content-length': _length, 'content-encoding': _encoding, ...unchanged } = headers;
    reply.raw.writeHead(304, unchanged).end();
  } else reply.raw.writeHead(status, headers).end(body);
  return reply;
}
