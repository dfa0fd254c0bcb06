/** Sealed bytes as objects of a bucket, under the names that a folder has: group and id. */
import { randomUUID } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import { systemClock } from '../clock.ts';
import type { ObjectPlace } from './object-place.ts';
import { type ObjectPatience, type ObjectRequest, ObjectRequests } from './object-requests.ts';
import {
  checkFileId,
  FilesUnavailable,
  type HeldBytes,
  isFileId,
  type Pieces,
  type SealedStore,
  type Shelf,
} from './sealed-store.ts';

/** Larger files go up in parts of so many bytes, the least that stores take. */
const partBytes = 5 * 1_048_576;

export type StoredObject = { readonly name: string; readonly size: number; readonly at: number };

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const plain = (text: string): string => text.replace(/&(amp|lt|gt|quot|apos);/g, (_all, name) => entities[name] ?? '');
const fieldOf = (xml: string, name: string): string | undefined => {
  const found = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return found === undefined ? undefined : plain(found);
};
const listOf = (xml: string, name: string): string[] =>
  xml.match(new RegExp(`<${name}>[\\s\\S]*?</${name}>`, 'g')) ?? [];

/** Copies and joined parts are answered with 200 before they are done: only the words say how it ended. */
const tellsSuccess = (body: Buffer): boolean => body.includes('<ETag>') && !/<Error[\s>]/.test(body.toString('latin1'));

export class ObjectStore implements SealedStore {
  readonly #requests: ObjectRequests;
  readonly #prefix: string;
  readonly #bucket: string;

  constructor(place: ObjectPlace, patience?: ObjectPatience) {
    this.#requests = new ObjectRequests(place, patience);
    this.#prefix = place.prefix;
    this.#bucket = place.bucket;
  }

  /** A bucket has no size that can be asked. */
  readonly hasRoom = async (): Promise<boolean> => true;

  readonly write = async (shelf: Shelf, id: string, sealed: Pieces): Promise<void> =>
    this.writeObject(`${shelf}/${checkFileId(id)}`, sealed);

  readonly read = async (shelf: Shelf, id: string): Promise<(() => Pieces) | undefined> => {
    const bytes = await this.readObject(`${shelf}/${checkFileId(id)}`);
    if (!bytes) return undefined;
    return async function* () {
      yield bytes;
    };
  };

  /** Sealed, in a file without a name on this machine: many at once would not fit into memory. */
  readonly hold = async (shelf: Shelf, id: string): Promise<HeldBytes | undefined> => {
    const bytes = await this.readObject(`${shelf}/${checkFileId(id)}`);
    if (!bytes) return undefined;
    const path = join(tmpdir(), `safelight-held-${randomUUID()}`);
    const handle = await open(path, 'wx+', 0o600);
    try {
      await rm(path);
      await handle.writeFile(bytes);
    } catch (error) {
      await handle.close();
      throw error;
    }
    return {
      read: () => handle.createReadStream({ autoClose: false, start: 0, highWaterMark: 262_144 }),
      letGo: () => handle.close(),
    };
  };

  readonly has = async (shelf: Shelf, id: string): Promise<boolean> =>
    (await this.#head(`${shelf}/${checkFileId(id)}`)) !== undefined;

  readonly remove = (shelf: Shelf, id: string): Promise<void> => this.removeObject(`${shelf}/${checkFileId(id)}`);

  /** First it is in both places, so that it is never in none. */
  readonly move = async (id: string, from: Shelf, to: Shelf): Promise<void> => {
    const name = `${from}/${checkFileId(id)}`;
    if (!(await this.#copy(name, `${to}/${id}`))) return;
    if (await this.has(to, id)) await this.removeObject(name);
  };

  /** Stores date an object when it is written, so it is written again; not with every page. */
  readonly touch = async (shelf: Shelf, id: string, at: Date): Promise<void> => {
    const name = `${shelf}/${checkFileId(id)}`;
    const found = await this.#head(name);
    if (found && at.getTime() - found.at > hourMs) await this.#copy(name, name);
  };

  readonly list = async (shelf: Shelf): Promise<readonly { readonly id: string; readonly at: number }[]> => {
    if (shelf === 'waiting') await this.#endUploads();
    const objects = await this.listObjects(`${shelf}/`);
    return objects.map(({ name, at }) => ({ id: name.slice(shelf.length + 1), at })).filter(({ id }) => isFileId(id));
  };

  /** All under a beginning of their names, page by page. */
  async listObjects(under = ''): Promise<StoredObject[]> {
    const found: StoredObject[] = [];
    for (let more: string | undefined = ''; more !== undefined; ) {
      const page: string = await this.#text({
        method: 'GET',
        query: {
          'list-type': '2',
          prefix: this.#prefix + under,
          ...(more ? { 'continuation-token': more } : {}),
        },
      });
      for (const one of listOf(page, 'Contents'))
        found.push({
          name: (fieldOf(one, 'Key') ?? '').slice(this.#prefix.length),
          size: Number(fieldOf(one, 'Size')),
          at: Date.parse(fieldOf(one, 'LastModified') ?? ''),
        });
      const next = fieldOf(page, 'NextContinuationToken');
      if (fieldOf(page, 'IsTruncated') === 'true' && (!next || next === more))
        throw new FilesUnavailable('refused', 'its list has no end');
      more = fieldOf(page, 'IsTruncated') === 'true' ? next : undefined;
    }
    return found;
  }

  /** In one piece where it is small, otherwise in parts. Where the store fails the rest is read all the same. */
  async writeObject(name: string, sealed: Pieces): Promise<void> {
    const upload = new Upload(this.#requests, this.#prefix + name);
    let failed: unknown;
    try {
      for await (const piece of sealed) {
        if (failed !== undefined) continue;
        await upload.add(piece).catch((error: unknown) => {
          failed = error ?? new Error('not written');
        });
      }
      if (failed !== undefined) throw failed;
      await upload.finish();
    } catch (error) {
      await upload.abandon();
      throw error;
    }
  }

  /** Whole, or undefined where it is not there. Its content is checked when it is opened. */
  async readObject(name: string): Promise<Buffer | undefined> {
    const { status, headers, body } = await this.#requests.send({
      method: 'GET',
      name: this.#prefix + name,
      expect: [404],
    });
    if (status === 404) return this.#nothing(body);
    if (Number(headers.get('content-length') ?? body.length) !== body.length)
      throw new FilesUnavailable('away', 'an object came cut');
    return body;
  }

  /** Refuses where the store keeps what was deleted: that would break the promise of erasure. */
  async removeObject(name: string): Promise<void> {
    const { headers } = await this.#requests.send({ method: 'DELETE', name: this.#prefix + name, expect: [404] });
    const version = headers.get('x-amz-version-id');
    if (headers.has('x-amz-delete-marker') || (version && version !== 'null'))
      throw new FilesUnavailable('refused', 'it keeps versions of what is deleted');
    if (await this.#head(name)) throw new FilesUnavailable('refused', 'it did not delete an object');
  }

  /** Whether it answers, takes this key, lists the bucket, and keeps nothing that is deleted. Never refuses. */
  readonly check = async (): Promise<StoreState> => {
    this.#requests.forgetFailure();
    try {
      await this.#text({ method: 'GET', query: { 'list-type': '2', 'max-keys': '1', prefix: this.#prefix } });
      const versions = await this.#requests.send({ method: 'GET', query: { versioning: '' }, expect: [403, 405, 501] });
      if (versions.status === 403) return { state: 'versions unknown' };
      // One that was ever versioned keeps what was versioned then.
      if (/<Status>/.test(versions.body.toString('latin1'))) return { state: 'keeps versions' };
      return { state: 'fine' };
    } catch (error) {
      if (!(error instanceof FilesUnavailable)) throw error;
      return { state: error.why, says: error.what };
    }
  };

  async #head(name: string): Promise<{ readonly at: number } | undefined> {
    const { status, headers } = await this.#requests.send({ method: 'HEAD', name: this.#prefix + name, expect: [404] });
    return status === 404 ? undefined : { at: Date.parse(headers.get('last-modified') ?? '') };
  }

  /** False where there is nothing to copy. */
  async #copy(from: string, to: string): Promise<boolean> {
    const { status, body } = await this.#requests.send({
      method: 'PUT',
      name: this.#prefix + to,
      headers: {
        'x-amz-copy-source': `/${this.#bucket}/${this.#prefix}${from}`,
        'x-amz-metadata-directive': 'REPLACE',
        'content-type': 'application/octet-stream',
      },
      expect: [404],
    });
    if (status === 404) return this.#nothing(body) ?? false;
    if (!tellsSuccess(body)) throw new FilesUnavailable('away', 'a copy failed');
    return true;
  }

  /** A bucket that is gone is no file that is gone. */
  #nothing(body: Buffer): undefined {
    if (body.includes('NoSuchBucket')) throw new FilesUnavailable('refused', 'status 404 NoSuchBucket');
  }

  /** Parts of uploads that broke off, as of a process that was killed. */
  async #endUploads(): Promise<void> {
    const page = await this.#text({ method: 'GET', query: { uploads: '', prefix: this.#prefix }, expect: [501] });
    for (const one of listOf(page, 'Upload')) {
      const [name, uploadId, begun] = ['Key', 'UploadId', 'Initiated'].map((field) => fieldOf(one, field) ?? '');
      if (!name || !uploadId || !(systemClock.now().getTime() - Date.parse(begun ?? '') > 4 * hourMs)) continue;
      await this.#requests.send({ method: 'DELETE', name, query: { uploadId }, expect: [404] });
    }
  }

  async #text(request: ObjectRequest): Promise<string> {
    return (await this.#requests.send(request)).body.toString('utf8');
  }
}

export type StoreState =
  | { readonly state: 'fine' | 'versions unknown' | 'keeps versions' }
  | { readonly state: 'away' | 'refused'; readonly says: string };

/** One object as it grows. */
class Upload {
  readonly #requests: ObjectRequests;
  readonly #name: string;
  readonly #parts: string[] = [];
  #held: Uint8Array[] = [];
  #bytes = 0;
  #id: string | undefined;

  constructor(requests: ObjectRequests, name: string) {
    this.#requests = requests;
    this.#name = name;
  }

  async add(piece: Uint8Array): Promise<void> {
    this.#held.push(piece);
    this.#bytes += piece.length;
    if (this.#bytes >= partBytes) await this.#sendPart();
  }

  async finish(): Promise<void> {
    if (this.#id === undefined) {
      const headers = { 'content-type': 'application/octet-stream' };
      await this.#requests.send({ method: 'PUT', name: this.#name, headers, body: this.#take() });
      return;
    }
    if (this.#bytes > 0) await this.#sendPart();
    const parts = this.#parts.map(
      (tag, index) => `<Part><PartNumber>${index + 1}</PartNumber><ETag>${tag}</ETag></Part>`,
    );
    const { body } = await this.#requests.send({
      method: 'POST',
      name: this.#name,
      once: true,
      query: { uploadId: this.#id },
      body: Buffer.from(`<CompleteMultipartUpload>${parts.join('')}</CompleteMultipartUpload>`),
    });
    if (!tellsSuccess(body)) throw new FilesUnavailable('away', 'the parts were not joined');
    this.#id = undefined;
  }

  /** What went up goes again. A store that is away keeps parts until they are swept. */
  async abandon(): Promise<void> {
    const uploadId = this.#id;
    if (uploadId === undefined) return;
    await this.#requests
      .send({ method: 'DELETE', name: this.#name, query: { uploadId }, expect: [404] })
      .catch(() => {});
  }

  #take(): Uint8Array {
    const all = Buffer.concat(this.#held);
    this.#held = [];
    this.#bytes = 0;
    return all;
  }

  async #sendPart(): Promise<void> {
    const body = this.#take();
    this.#id ??= await this.#begin();
    const { headers } = await this.#requests.send({
      method: 'PUT',
      name: this.#name,
      query: { partNumber: String(this.#parts.length + 1), uploadId: this.#id },
      body,
    });
    this.#parts.push((headers.get('etag') ?? '').replace(/[<&]/g, ''));
  }

  async #begin(): Promise<string> {
    const { body } = await this.#requests.send({
      method: 'POST',
      name: this.#name,
      query: { uploads: '' },
      headers: { 'content-type': 'application/octet-stream' },
    });
    const id = fieldOf(body.toString('utf8'), 'UploadId');
    if (!id) throw new FilesUnavailable('away', 'no upload was begun');
    return id;
  }
}
