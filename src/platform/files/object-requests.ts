/** Signed requests to a store that speaks S3, each with an end. After one that was not answered, the next are refused at once for a while, so that a page waits only once. */
import { createHash } from 'node:crypto';
import type { ObjectPlace } from './object-place.ts';
import { FilesUnavailable } from './sealed-store.ts';

export type ObjectRequest = {
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Under the bucket; empty for the bucket itself. */
  readonly name?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** Sent once, with all the time there is: to join parts takes long, and must not be begun twice. */
  readonly once?: true;
  /** Statuses that are an answer, besides those of success. */
  readonly expect?: readonly number[];
};

export type ObjectAnswer = { readonly status: number; readonly headers: Headers; readonly body: Buffer };

/** In milliseconds: for all attempts of one request; for one attempt of a small one; and how long the next are refused. */
export type ObjectPatience = { readonly all: number; readonly small: number; readonly refuse: number };
export const objectPatience: ObjectPatience = { all: 6_000, small: 2_900, refuse: 10_000 };

const small = 65_536;
const mostAttempts = 3;
/** An answer that comes drop by drop ends after so many times the patience. */
const longestInPieces = 5;
const isBusy = (status: number): boolean => status === 429 || (status >= 500 && status !== 501);

/** Without what the store says in words: that could name anything. */
const codeIn = (body: Buffer): string => /<Code>([A-Za-z]{1,60})<\/Code>/.exec(body.toString('latin1'))?.[1] ?? '';

const whyOf = (error: unknown): string => {
  const { name, cause } = error as { readonly name?: string; readonly cause?: { readonly code?: string } };
  if (name === 'TimeoutError' || name === 'AbortError') return 'no answer in time';
  return cause?.code && /^\w+$/.test(cause.code) ? cause.code : 'the connection failed';
};

export class ObjectRequests {
  readonly #place: ObjectPlace;
  readonly #patience: ObjectPatience;
  #refusedUntil = 0;

  constructor(place: ObjectPlace, patience: ObjectPatience = objectPatience) {
    this.#place = place;
    this.#patience = patience;
  }

  /** The answer, read to its end. What is repeated does no harm twice: the same bytes under the same name, or a deletion. */
  async send(request: ObjectRequest): Promise<ObjectAnswer> {
    const from = performance.now();
    if (from < this.#refusedUntil) throw new FilesUnavailable('away', 'it did not answer just now');
    const end = from + this.#patience.all;
    let why = '';
    for (let attempt = 0; attempt < (request.once ? 1 : mostAttempts); attempt += 1) {
      const left = end - performance.now();
      if (left < this.#patience.all / 10) break;
      const longest = request.once || (request.body?.length ?? 0) > small ? left : Math.min(left, this.#patience.small);
      try {
        const answer = await this.#attempt(request, longest);
        if (!isBusy(answer.status)) return this.#judge(request, answer);
        why = `status ${answer.status}`;
      } catch (error) {
        if (error instanceof FilesUnavailable) throw error;
        why = whyOf(error);
      }
    }
    this.#refusedUntil = performance.now() + this.#patience.refuse;
    throw new FilesUnavailable('away', why);
  }

  /** For who asks whether it answers again. */
  forgetFailure(): void {
    this.#refusedUntil = 0;
  }

  #judge({ expect = [] }: ObjectRequest, answer: ObjectAnswer): ObjectAnswer {
    const { status, body } = answer;
    this.#refusedUntil = 0;
    if ((status >= 200 && status < 300) || expect.includes(status)) return answer;
    throw new FilesUnavailable('refused', `status ${status} ${codeIn(body)}`.trim());
  }

  /** The time runs while nothing comes: a large file may take longer than a small one. */
  async #attempt({ method, name = '', query = {}, headers = {}, body }: ObjectRequest, longest: number) {
    const { endpoint, bucket, region, accessKey, secretKey } = this.#place;
    const url = new URL(`${endpoint}/${bucket}${name && `/${name}`}`);
    for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
    const { AwsV4Signer } = await import('aws4fetch');
    const digest = createHash('sha256')
      .update(body ?? '')
      .digest('hex');
    const signed = await new AwsV4Signer({
      method,
      url: url.href,
      headers: { ...headers, 'x-amz-content-sha256': digest },
      accessKeyId: accessKey,
      secretAccessKey: secretKey,
      service: 's3',
      region,
    }).sign();
    const ending = new AbortController();
    const from = performance.now();
    const timer = setTimeout(() => ending.abort(), longest);
    try {
      const response = await fetch(signed.url, {
        method,
        headers: signed.headers,
        body: (body as Uint8Array<ArrayBuffer>) ?? null,
        signal: ending.signal,
        redirect: 'manual',
      });
      const pieces: Uint8Array[] = [];
      for await (const piece of response.body ?? []) {
        pieces.push(piece);
        if (performance.now() - from < this.#patience.all * longestInPieces) timer.refresh();
      }
      return { status: response.status, headers: response.headers, body: Buffer.concat(pieces) };
    } finally {
      clearTimeout(timer);
    }
  }
}
