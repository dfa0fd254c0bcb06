/** A small strict store that speaks S3, for tests: it checks every signature with code of its own, and can fail in the ways that stores fail. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestScope } from './database.ts';

export type Trouble = 'hang' | 'cut' | 'busy' | 'busy once';

const [bucket, accessKey, secretKey, region] = ['sealed', 'SAFELIGHT-TEST', 'a secret of a test/+=', 'eu-west-2'];

type Stored = { readonly bytes: Buffer; readonly at: Date };
type Asked = { readonly method: string; readonly name: string; readonly query: URLSearchParams; readonly body: Buffer };
type Answer = { readonly status: number; readonly body?: string | Buffer; readonly headers?: Record<string, string> };

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
const fault = (status: number, code: string): Answer => ({ status, body: `<Error><Code>${code}</Code></Error>` });

/** What is wrong with the signature of a request, as AWS Signature Version 4 describes it; undefined where it is right. */
function signatureFault(request: IncomingMessage, body: Buffer): string | undefined {
  const [, key, day = '', inRegion, signed = '', signature = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([\da-f]{64})$/.exec(
      request.headers.authorization ?? '',
    ) ?? [];
  const moment = String(request.headers['x-amz-date']);
  if (key !== accessKey) return 'InvalidAccessKeyId';
  if (inRegion !== region) return 'AuthorizationHeaderMalformed';
  const sent = moment.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  if (!moment.startsWith(day) || !(Math.abs(Date.parse(sent) - Date.now()) < 900_000)) return 'RequestTimeTooSkewed';
  const names = signed.split(';');
  const must = ['host', ...Object.keys(request.headers).filter((name) => name.startsWith('x-amz-'))];
  if (must.some((name) => !names.includes(name))) return 'AccessDenied';
  if (request.headers['x-amz-content-sha256'] !== sha256(body)) return 'XAmzContentSHA256Mismatch';
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://store');
  const canonical = [
    request.method,
    pathname,
    [...searchParams]
      .map(([one, value]) => `${encode(one)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...names.map((name) => `${name}:${String(request.headers[name]).trim().replace(/\s+/g, ' ')}`),
    '',
    signed,
    sha256(body),
  ].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', moment, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join('\n');
  const derived = hmac(hmac(hmac(hmac(`AWS4${secretKey}`, day), region), 's3'), 'aws4_request');
  return timingSafeEqual(hmac(derived, toSign), Buffer.from(signature, 'hex')) ? undefined : 'SignatureDoesNotMatch';
}

/** The objects of the store, and how it behaves; a test changes it while it runs. */
class Bucket {
  readonly objects = new Map<string, Stored>();
  readonly uploads = new Map<
    string,
    { readonly name: string; readonly parts: Map<number, Buffer>; readonly at: Date }
  >();
  readonly requests: string[] = [];
  versioning = '';
  pageLength = 1_000;
  trouble: Trouble | undefined;
  /** Requests that are let through before the trouble. */
  soundFirst = 0;
  now: () => Date = () => new Date();
  #uploads = 0;

  answer({ method, name, query, body }: Asked, headers: IncomingMessage['headers']): Answer {
    if (name === '') return this.#answerBucket(query);
    const uploadId = query.get('uploadId');
    if (query.has('uploads')) return this.#begin(name);
    if (uploadId !== null) return this.#answerUpload(method, uploadId, query, body);
    if (method === 'PUT') return this.#put(name, body, headers['x-amz-copy-source']);
    const found = this.objects.get(name);
    if (method === 'DELETE') {
      if (!this.versioning) this.objects.delete(name);
      return {
        status: 204,
        headers: this.versioning ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': 'v2' } : {},
      };
    }
    if (!found) return fault(404, 'NoSuchKey');
    return { status: 200, body: found.bytes, headers: { 'last-modified': found.at.toUTCString() } };
  }

  #put(name: string, body: Buffer, from: string | string[] | undefined): Answer {
    const source = from === undefined ? undefined : this.objects.get(String(from).replace(`/${bucket}/`, ''));
    if (from !== undefined && !source) return fault(404, 'NoSuchKey');
    this.objects.set(name, { bytes: source?.bytes ?? body, at: this.now() });
    return { status: 200, body: source ? '<CopyObjectResult><ETag>"x"</ETag></CopyObjectResult>' : '' };
  }

  #begin(name: string): Answer {
    this.#uploads += 1;
    this.uploads.set(`u${this.#uploads}`, { name, parts: new Map(), at: this.now() });
    return { status: 200, body: `<R><UploadId>u${this.#uploads}</UploadId></R>` };
  }

  #answerUpload(method: string, id: string, query: URLSearchParams, body: Buffer): Answer {
    const upload = this.uploads.get(id);
    if (!upload) return fault(404, 'NoSuchUpload');
    if (method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body);
      return { status: 200, headers: { etag: `"${sha256(body)}"` } };
    }
    this.uploads.delete(id);
    if (method === 'DELETE') return { status: 204 };
    const tags = [...body.toString().matchAll(/<ETag>"([^"]+)"<\/ETag>/g)].map(([, tag]) => tag);
    const parts = [...upload.parts].sort(([one], [other]) => one - other).map(([, part]) => part);
    const small = parts.slice(0, -1).some((part) => part.length < 5 * 1_048_576);
    if (small || tags.join() !== parts.map(sha256).join()) return fault(400, 'InvalidPart');
    this.objects.set(upload.name, { bytes: Buffer.concat(parts), at: this.now() });
    return { status: 200, body: '<CompleteMultipartUploadResult><ETag>"x"</ETag></CompleteMultipartUploadResult>' };
  }

  #answerBucket(query: URLSearchParams): Answer {
    if (query.has('versioning'))
      return {
        status: 200,
        body: `<VersioningConfiguration>${this.versioning && `<Status>${this.versioning}</Status>`}</VersioningConfiguration>`,
      };
    if (query.has('uploads')) {
      const lines = [...this.uploads].map(
        ([id, { name, at }]) =>
          `<Upload><Key>${name}</Key><UploadId>${id}</UploadId><Initiated>${at.toISOString()}</Initiated></Upload>`,
      );
      return { status: 200, body: `<ListMultipartUploadsResult>${lines.join('')}</ListMultipartUploadsResult>` };
    }
    const from = query.get('continuation-token')?.replace(/^after&/, '') ?? '';
    const names = [...this.objects.keys()]
      .filter((name) => name.startsWith(query.get('prefix') ?? '') && name > from)
      .sort();
    const page = names.slice(0, Math.min(this.pageLength, Number(query.get('max-keys') ?? 1_000)));
    const more = page.length < names.length;
    const lines = page.map((name) => {
      const { bytes, at } = this.objects.get(name) as Stored;
      return `<Contents><Key>${name}</Key><LastModified>${at.toISOString()}</LastModified><Size>${bytes.length}</Size></Contents>`;
    });
    const next = more ? `<NextContinuationToken>after&amp;${page.at(-1)}</NextContinuationToken>` : '';
    return {
      status: 200,
      body: `<ListBucketResult><IsTruncated>${more}</IsTruncated>${lines.join('')}${next}</ListBucketResult>`,
    };
  }
}

/** Whether the trouble took the request. */
function makeTrouble(store: Bucket, response: ServerResponse): boolean {
  if (!store.trouble) return false;
  if (store.soundFirst > 0) {
    store.soundFirst -= 1;
    return false;
  }
  const { trouble } = store;
  if (trouble === 'cut') response.socket?.destroy();
  if (trouble === 'busy once') store.trouble = undefined;
  if (trouble.startsWith('busy')) response.writeHead(503).end('<Error><Code>SlowDown</Code></Error>');
  return true;
}

/** Opens a store on this machine; it ends with the test. */
export async function openObjectServer(t: TestScope) {
  const store = new Bucket();
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    try {
      for await (const piece of request) pieces.push(piece as Buffer);
    } catch {
      return; // The client has hung up.
    }
    const body = Buffer.concat(pieces);
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://store');
    const [, inBucket, ...rest] = pathname.split('/');
    store.requests.push(`${request.method} ${request.url}`);
    if (makeTrouble(store, response)) return;
    const wrong = signatureFault(request, body);
    const asked = { method: request.method ?? '', name: rest.join('/'), query, body };
    const answer =
      wrong !== undefined
        ? fault(403, wrong)
        : inBucket !== bucket
          ? fault(404, 'NoSuchBucket')
          : store.answer(asked, request.headers);
    response.writeHead(answer.status, answer.headers).end(request.method === 'HEAD' ? undefined : answer.body);
  });
  const listen = (port: number) => new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((done) => server.close(() => done()));
  };
  t.after(stop);
  return {
    store,
    stop,
    start: () => listen(port),
    place: { bucket, prefix: 'unit/', endpoint: `http://127.0.0.1:${port}`, region, accessKey, secretKey },
    environment: {
      SAFELIGHT_FILES: `s3://${bucket}/unit`,
      SAFELIGHT_FILES_ENDPOINT: `http://127.0.0.1:${port}`,
      SAFELIGHT_FILES_REGION: region,
      SAFELIGHT_FILES_ACCESS_KEY: accessKey,
      SAFELIGHT_FILES_SECRET_KEY: secretKey,
    },
  };
}
