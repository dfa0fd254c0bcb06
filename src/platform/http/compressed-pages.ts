/** Public pages as finished, compressed bytes: made when their content changes, sent from memory. Who may see a page is asked at each request, before this. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digest } from '../crypto/crypto.ts';
import { ownBytes } from '../memory.ts';

const compressors = { br: promisify(brotliCompress), gzip: promisify(gzip) };
export type Encoding = keyof typeof compressors | 'identity';

/** One encoding of a page, with all the headers that go with it: an answer is these bytes and nothing to work out. */
export type CompressedPage = {
  readonly etag: string;
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | number>>;
};

export type BufferedPage = {
  /** The key names the page, the version its content. A new version replaces the buffer. */
  readonly key: string;
  readonly version: string;
  readonly type?: string;
  readonly cacheControl: string;
  /** A page that lives a minute is not packed again more tightly. */
  readonly shortLived?: boolean;
  readonly make: () => string | Promise<string>;
};

/** What was asked for of one page. The page itself is not kept: it is many times as long, and asked for in one encoding as a rule. */
type Packed = Map<Encoding, Promise<CompressedPage>>;

export class PageBuffers {
  readonly #kept = new Map<string, Packed>();
  readonly #headers: Readonly<Record<string, string>>;
  readonly #most: number;
  readonly #shared: { readonly version: string };

  /** `headers` go with every page; beyond `most` pages the oldest is dropped. A new version of `shared` replaces every page: each says something of it. */
  constructor(headers: Readonly<Record<string, string>>, most = 600, shared = { version: '' }) {
    this.#headers = headers;
    this.#most = most;
    this.#shared = shared;
  }

  /** Sends what the browser can unpack, straight to the socket. Nothing where it holds the same already. */
  async send(request: FastifyRequest, reply: FastifyReply, page: BufferedPage, status = 200): Promise<FastifyReply> {
    const { etag, body, headers } = await this.get(page, negotiateEncoding(request.headers['accept-encoding']));
    reply.hijack();
    if (status === 200 && request.headers['if-none-match'] === etag) {
      const { 'content-length': _length, 'content-encoding': _encoding, ...unchanged } = headers;
      reply.raw.writeHead(304, unchanged).end();
    } else reply.raw.writeHead(status, headers).end(body);
    return reply;
  }

  /** Sends a page that was made for one reader: packed, and neither kept here nor named by a digest of what it says. */
  async sendOnce(
    request: FastifyRequest,
    reply: FastifyReply,
    html: string,
    cacheControl: string,
  ): Promise<FastifyReply> {
    const encoding = negotiateEncoding(request.headers['accept-encoding']);
    const page = { key: '', version: '', cacheControl, make: () => html };
    const { body, headers } = await this.#pack(Buffer.from(html), page, encoding, light);
    const { etag: _etag, ...unnamed } = headers;
    reply.hijack();
    reply.raw.writeHead(200, unnamed).end(body);
    return reply;
  }

  /** The page's bytes; two who ask at once wait for one making, and another encoding is made by itself. A making that fails is forgotten. Who asks first gets them lightly packed: the tightest packing takes longer than all the rest, and follows. */
  get(page: BufferedPage, encoding: Encoding): Promise<CompressedPage> {
    const name = `${page.key}\n${page.version}\n${this.#shared.version}`;
    const packed = this.#kept.get(name) ?? this.#keep(name);
    const known = packed.get(encoding);
    if (known) return known;
    const plain = Promise.resolve().then(page.make).then(Buffer.from);
    const packing = plain.then((bytes) => this.#pack(bytes, page, encoding, light));
    packed.set(encoding, packing);
    // Who asked hears of it.
    packing.catch(() => {
      packed.delete(encoding);
      if (packed.size === 0) this.#kept.delete(name);
    });
    if (encoding !== 'identity' && !page.shortLived) this.#tighten(page, encoding, plain, packed, packing);
    return packing;
  }

  #keep(name: string): Packed {
    const packed: Packed = new Map();
    this.#kept.set(name, packed);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value ?? '');
    return packed;
  }

  #tighten(
    page: BufferedPage,
    encoding: Encoding,
    plain: Promise<Buffer>,
    packed: Packed,
    first: Promise<CompressedPage>,
  ): void {
    first
      .then(async () => this.#pack(await plain, page, encoding, tight))
      .then(
        (tighter) => packed.set(encoding, Promise.resolve(tighter)),
        () => {}, // What was not made cannot be tightened.
      );
  }

  async #pack(
    plain: Buffer,
    { type = 'text/html; charset=utf-8', cacheControl }: BufferedPage,
    encoding: Encoding,
    quality: typeof light,
  ): Promise<CompressedPage> {
    const body =
      encoding === 'br'
        ? ownBytes(
            await compressors.br(plain, {
              params: {
                [constants.BROTLI_PARAM_QUALITY]: quality.br,
                [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
              },
            }),
          )
        : encoding === 'gzip'
          ? ownBytes(await compressors.gzip(plain, { level: quality.gzip }))
          : plain;
    const etag = `"${digest(plain).slice(0, 20)}"`;
    const headers = {
      ...this.#headers,
      'cache-control': cacheControl,
      vary: 'accept-encoding',
      etag,
      'content-type': type,
      ...(encoding !== 'identity' && { 'content-encoding': encoding }),
      'content-length': body.length,
    };
    return { etag, body, headers };
  }
}

const light = { br: 7, gzip: 6 };
const tight = { br: constants.BROTLI_MAX_QUALITY, gzip: constants.Z_BEST_COMPRESSION };

/** The tightest encoding that was offered and not refused (RFC 9110, 12.5.3). */
const negotiateEncoding = (accepted = ''): Encoding =>
  (['br', 'gzip'] as const).find((encoding) => encodingPatterns[encoding].test(accepted)) ?? 'identity';
const encodingPatterns = {
  br: /\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/,
  gzip: /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|\s|$))/,
};
