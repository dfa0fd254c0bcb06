/** Public pages as finished, compressed bytes: made when their content changes, sent from memory. Who may see a page is asked at each request, before this. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { digest } from './crypto.ts';

const packed = { br: promisify(brotliCompress), gzip: promisify(gzip) };

export type Buffered = {
  readonly version: string;
  readonly type: string;
  readonly etag: string;
  readonly plain: Buffer;
  readonly gzip: Buffer;
  readonly br: Buffer;
};

export type BufferedPage = {
  /** Names the page; the version names its content: another version is made anew. */
  readonly key: string;
  readonly version: string;
  readonly type?: string;
  /** For a page that lives a minute, a lighter compression. */
  readonly shortLived?: boolean;
  readonly make: () => string | Promise<string>;
};

const most = 600;

export class Buffers {
  readonly #made = new Map<string, Promise<Buffered>>();

  /** The page's bytes; two who ask at once wait for one making. A making that fails is forgotten. */
  get(page: BufferedPage): Promise<Buffered> {
    const name = `${page.key}\n${page.version}`;
    const known = this.#made.get(name);
    if (known) return known;
    const making = pack(page);
    this.#made.set(name, making);
    making.catch(() => this.#made.delete(name));
    if (this.#made.size > most) this.#made.delete(this.#made.keys().next().value ?? '');
    return making;
  }
}

async function pack({
  version,
  type = 'text/html; charset=utf-8',
  shortLived = false,
  make,
}: BufferedPage): Promise<Buffered> {
  const plain = Buffer.from(await make());
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: shortLived ? 5 : 11,
    [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
  };
  const [br, gzipped] = await Promise.all([
    packed.br(plain, { params }),
    packed.gzip(plain, { level: shortLived ? 6 : 9 }),
  ]);
  return { version, type, etag: `"${digest(plain).slice(0, 20)}"`, plain, gzip: gzipped, br };
}

/** Sends what the browser can unpack; nothing where it holds the same already. */
export function sendBuffered(
  request: FastifyRequest,
  reply: FastifyReply,
  page: Buffered,
  cacheControl: string,
): FastifyReply {
  reply.header('cache-control', cacheControl).header('vary', 'accept-encoding').header('etag', page.etag);
  if (request.headers['if-none-match'] === page.etag) return reply.code(304).send();
  reply.header('content-type', page.type);
  const accepted = request.headers['accept-encoding'] ?? '';
  if (accepted.includes('br')) return reply.header('content-encoding', 'br').send(page.br);
  if (accepted.includes('gzip')) return reply.header('content-encoding', 'gzip').send(page.gzip);
  return reply.send(page.plain);
}

/** Sends what varies by reader: packed once, lightly, in the one encoding that this browser takes, and kept by nobody. */
export async function sendPacked(
  request: FastifyRequest,
  reply: FastifyReply,
  text: string,
  type = 'text/html; charset=utf-8',
): Promise<FastifyReply> {
  reply.header('cache-control', 'no-store').header('vary', 'accept-encoding').header('content-type', type);
  const accepted = request.headers['accept-encoding'] ?? '';
  const plain = Buffer.from(text);
  if (accepted.includes('br')) {
    const params = { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length };
    return reply.header('content-encoding', 'br').send(await packed.br(plain, { params }));
  }
  if (accepted.includes('gzip'))
    return reply.header('content-encoding', 'gzip').send(await packed.gzip(plain, { level: 4 }));
  return reply.send(plain);
}
