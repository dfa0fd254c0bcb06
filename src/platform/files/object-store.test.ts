import assert from 'node:assert/strict';
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { type TestContext, test } from 'node:test';
import { openObjectServer } from '../../../test/harness/object-server.ts';
import { hourMs } from '../../vocabulary/calendar/moments.ts';
import { FilesFolder, openObjectStore } from './folder.ts';
import { FolderStore } from './folder-store.ts';
import { ObjectStore } from './object-store.ts';
import type { Pieces, SealedStore } from './sealed-store.ts';
import { newFileKey } from './sealed-stream.ts';

const now = new Date();
/** Gives up soon where the store is in trouble, and waits long where it is sound: the machine may be busy. */
const quick = { all: 300, small: 100, refuse: 60_000 };
const long = { all: 60_000, small: 60_000, refuse: 60_000 };
const all = async (pieces: Pieces): Promise<Buffer> => {
  const read: Uint8Array[] = [];
  for await (const piece of pieces) read.push(piece);
  return Buffer.concat(read);
};
const bytesOf = async (store: SealedStore, id: string, shelf: 'papers' | 'waiting' = 'papers') => {
  const read = await store.read(shelf, id);
  return read && all(read());
};
const piecesOf = (bytes: Buffer): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / 262_144) }, (_, at) =>
      bytes.subarray(at * 262_144, (at + 1) * 262_144),
    ),
  );

async function bothKinds(t: TestContext) {
  const root = await mkdtemp(join(tmpdir(), 'safelight-kinds-'));
  t.after(() => rm(root, { recursive: true, force: true }));
  const server = await openObjectServer(t);
  const stores: Record<string, SealedStore> = {
    folder: new FolderStore(root, 0),
    bucket: new ObjectStore(server.place, long),
  };
  return { server, stores };
}

test('a folder and a bucket keep, hold, move, date, list and remove sealed bytes alike', async (t) => {
  const { stores, server } = await bothKinds(t);
  for (const [kind, store] of Object.entries(stores)) {
    const [one, large] = [randomUUID(), randomUUID()];
    const [few, many] = [randomBytes(3_000), randomBytes(11 * 1_048_576)];
    await store.write('waiting', one, piecesOf(few), now);
    await store.write('papers', large, piecesOf(many), now);
    assert.deepEqual(await bytesOf(store, one, 'waiting'), few, kind);
    assert.deepEqual(await bytesOf(store, large), many, `${kind}: in parts`);
    assert.deepEqual(
      (await store.list('waiting')).map(({ id }) => id),
      [one],
      kind,
    );
    await store.move(one, 'waiting', 'papers');
    assert.deepEqual([await store.has('waiting', one), await store.has('papers', one)], [false, true], kind);
    await store.move(randomUUID(), 'waiting', 'papers');
    await store.touch('papers', randomUUID(), now);
    const held = await store.hold('papers', one);
    await store.remove('papers', one);
    await store.remove('papers', one);
    assert.equal(await bytesOf(store, one), undefined, kind);
    assert.deepEqual(held && (await all(held.read())), few, `${kind}: held`);
    await held?.letGo();
    assert.equal(await store.hold('papers', one), undefined, kind);
    await store.remove('papers', large);
    await assert.rejects(store.write('papers', '../keys', piecesOf(few), now), /no id/, kind);
  }
  assert.deepEqual([...server.store.objects], []);
  assert.deepEqual([...server.store.uploads], [], 'no part is left');
  for (const asked of server.store.requests)
    assert.match(
      asked,
      /^[A-Z]+ \/sealed(?:\/unit\/(?:waiting|papers)\/[\da-f-]{36})?(?:\?[\w=%&.-]*)?$/,
      'names are ids',
    );
});

test('a list of many pages is read to its end, and what is dated an hour ago is made young', async (t) => {
  const { place, store } = await openObjectServer(t);
  const objects = new ObjectStore(place, long);
  store.pageLength = 3;
  const ids = Array.from({ length: 8 }, () => randomUUID()).sort();
  store.now = () => new Date(now.getTime() - 5 * hourMs);
  for (const id of ids) await objects.write('waiting', id, piecesOf(Buffer.from('x')));
  const folder = new FilesFolder(place);
  assert.deepEqual((await folder.listOverdue(now)).sort(), ids);
  store.now = () => now;
  await folder.refreshWaiting(ids.slice(0, 1), now);
  assert.deepEqual((await folder.listOverdue(now)).sort(), ids.slice(1));
  store.uploads.set('old', { name: 'unit/waiting/x', parts: new Map(), at: new Date(Date.now() - 5 * hourMs) });
  store.uploads.set('new', { name: 'unit/waiting/y', parts: new Map(), at: new Date() });
  await folder.listOverdue(now);
  assert.deepEqual([...store.uploads.keys()], ['new'], 'parts of a process that was killed go');
});

test('a store that hangs, breaks off or is busy is given up in time, and the next request waits no more', async (t) => {
  const { place, store } = await openObjectServer(t);
  for (const trouble of ['hang', 'cut', 'busy'] as const) {
    store.trouble = trouble;
    const patience = { ...quick };
    const objects = new ObjectStore(place, patience);
    const before = store.requests.length;
    await assert.rejects(objects.has('papers', randomUUID()), { kind: 'unavailable', why: 'away' }, trouble);
    const asked = store.requests.length;
    assert.ok(asked - before <= 3, `${trouble}: asked ${asked - before} times`);
    await assert.rejects(objects.has('papers', randomUUID()), { why: 'away' }, trouble);
    assert.equal(store.requests.length, asked, `${trouble}: not asked again`);
    assert.equal((await objects.check()).state, 'away', `${trouble}: who asks how it is asks it`);
    store.trouble = undefined;
    Object.assign(patience, long);
    assert.equal((await objects.check()).state, 'fine');
    assert.equal(await objects.has('papers', randomUUID()), false, `${trouble}: it is back`);
  }
  store.trouble = 'busy once';
  const id = randomUUID();
  await new ObjectStore(place, long).write('papers', id, piecesOf(Buffer.from('sealed')));
  assert.equal(store.objects.size, 1, 'written again');
});

test('an upload that breaks off leaves nothing, and its form is read to the end', async (t) => {
  const { place, store } = await openObjectServer(t);
  const objects = new ObjectStore(place, long);
  [store.trouble, store.soundFirst] = ['busy', 2];
  let read = 0;
  const source = async function* () {
    for (; read < 24; read += 1) yield randomBytes(1_048_576);
  };
  await assert.rejects(objects.write('papers', randomUUID(), source()), { why: 'away' });
  assert.equal(read, 24, 'to its end');
  store.trouble = undefined;
  await objects.check();
  const broken = async function* () {
    for (let at = 0; at < 6; at += 1) yield randomBytes(1_048_576);
    throw new Error('the reporter went away');
  };
  store.uploads.clear();
  await assert.rejects(objects.write('papers', randomUUID(), broken()), /went away/);
  assert.deepEqual([store.objects.size, store.uploads.size], [0, 0]);
});

test('a wrong secret, bucket or region is refused, and no message holds a key', async (t) => {
  const { place } = await openObjectServer(t);
  for (const [wrong, code] of [
    [{ secretKey: 'not this one' }, 'SignatureDoesNotMatch'],
    [{ accessKey: 'SOMEBODY' }, 'InvalidAccessKeyId'],
    [{ region: 'eu-west-1' }, 'AuthorizationHeaderMalformed'],
    [{ bucket: 'another' }, 'NoSuchBucket'],
  ] as const) {
    const objects = new ObjectStore({ ...place, ...wrong });
    const id = randomUUID();
    const error: unknown = await objects.read('papers', id).catch((one: unknown) => one);
    assert.ok(error instanceof Error);
    assert.match(error.message, new RegExp(`refused: status 40[34] ${code}`));
    const found = await objects.check();
    assert.equal(found.state, 'refused', code);
    for (const text of [JSON.stringify(found), error.message, error.stack ?? ''])
      for (const secret of [place.secretKey, place.accessKey, 'not this one', 'SOMEBODY', id])
        assert.ok(!text.includes(secret), code);
  }
});

test('a bucket that keeps what is deleted is found, and a deletion there is never called done', async (t) => {
  const { place, store } = await openObjectServer(t);
  const folder = new FilesFolder(place);
  const fileKey = { id: randomUUID(), key: await newFileKey(), side: 'working copy' } as const;
  await folder.save('plans', fileKey, Buffer.from('a plan'), now);
  for (const versioning of ['Enabled', 'Suspended']) {
    store.versioning = versioning;
    assert.equal((await new ObjectStore(place).check()).state, 'keeps versions');
    await assert.rejects(folder.destroy(fileKey.id, 'plans'), /keeps versions of what is deleted/);
  }
  store.versioning = '';
  await folder.destroy(fileKey.id, 'plans');
  assert.equal(store.objects.size, 0);
});

test('while the store is away nothing is called missing, files are refused as without room, and what was deleted goes later', async (t) => {
  const { place, store, stop, start } = await openObjectServer(t);
  const folder = new FilesFolder(place);
  const fileKey = async () => ({ id: randomUUID(), key: await newFileKey(), side: 'as it came' }) as const;
  const kept = await fileKey();
  await folder.save('plans', kept, Buffer.from('a plan'), now);
  await stop();
  const jpeg = Readable.from([Buffer.from('\xff\xd8\xff\xe0 a photo \xff\xd9', 'latin1')]);
  assert.equal(await folder.receive(await fileKey(), jpeg, now), 'no room');
  assert.deepEqual(await folder.findWaiting([kept.id]), new Set([kept.id]));
  assert.equal(await folder.holds('plans', kept.id), true);
  await assert.rejects(folder.open('plans', kept), { kind: 'unavailable' });
  await assert.rejects(folder.listOverdue(now, 'plans'), { kind: 'unavailable' });
  await folder.refreshWaiting([kept.id], now);
  await folder.destroy(kept.id, 'plans');
  assert.equal(store.objects.size, 1);
  await start();
  assert.equal((await openObjectStore(place).check()).state, 'fine');
  await folder.destroy(randomUUID());
  assert.equal(store.objects.size, 0, 'with the next deletion');
});
