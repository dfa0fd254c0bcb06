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
  /** A page that lives a minute is not packed again more tightly. */
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

  /** The page's bytes; two who ask at once wait for one making. A making that fails is forgotten. Who asks first gets them lightly packed: the tightest packing takes longer than all the rest, and follows. */
  get(page: BufferedPage): Promise<Buffered> {
    const name = `${page.key}\n${page.version}`;
    const known = this.#made.get(name);
    if (known) return known;
    const plain = Promise.resolve().then(page.make).then(Buffer.from);
    const making = plain.then((bytes) => pack(bytes, page, this.#headers, light));
    this.#made.set(name, making);
    making.then(
      async () => {
        if (page.shortLived) return;
        const tighter = await pack(await plain, page, this.#headers, tight);
        if (this.#made.get(name) === making) this.#made.set(name, Promise.resolve(tighter));
      },
      () => this.#made.delete(name), // Who asked hears of it.
    );
    if (this.#made.size > this.#most) this.#made.delete(this.#made.keys().next().value ?? '');
    return making;
  }
}

const light = { brotli: 5, gzip: 6 };
const tight = { brotli: constants.BROTLI_MAX_QUALITY, gzip: constants.Z_BEST_COMPRESSION };

async function pack(
  plain: Buffer,
  { type = 'text/html; charset=utf-8', cacheControl }: BufferedPage,
  headers: Readonly<Record<string, string>>,
  quality: typeof light,
): Promise<Buffered> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: quality.brotli,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  const [br, gzipped] = await Promise.all([packed.br(plain, { params }), packed.gzip(plain, { level: quality.gzip })]);
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
