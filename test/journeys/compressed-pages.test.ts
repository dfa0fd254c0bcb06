import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { PageBuffers } from '../../src/platform/http/compressed-pages.ts';
import { requestInternally } from '../../src/public/private-journey/visitor.ts';
import { openApplication } from '../fixtures/application.ts';

test('a page is sent as the browser can unpack it, and not again when it holds the same', async (t) => {
  const { app } = await openApplication(t);
  const ask = (encoding: string, more: Record<string, string> = {}) =>
    requestInternally(app, { url: '/signs', headers: { 'accept-encoding': encoding, ...more } });
  const plain = await ask('identity');
  assert.equal(brotliDecompressSync((await ask('gzip, deflate, br')).rawPayload).toString(), plain.body);
  assert.equal(gunzipSync((await ask('gzip')).rawPayload).toString(), plain.body);
  assert.equal((await ask('br;q=0, gzip;q=0.0')).body, plain.body, 'what is refused is not sent');
  const again = await ask('br', { 'if-none-match': String(plain.headers.etag) });
  assert.equal(again.statusCode, 304);
  assert.equal(again.body, '');
  const head = await requestInternally(app, { method: 'HEAD', url: '/signs' });
  assert.equal(head.statusCode, 200);
  assert.equal(head.body, '');
});

test('two requests at once share one compression; a failed one is tried again; the oldest is dropped', async () => {
  const buffers = new PageBuffers({}, 2);
  let makings = 0;
  const page = (key: string, fail = false) => ({
    key,
    version: '1',
    cacheControl: 'no-store',
    make: async () => {
      makings += 1;
      if (fail) throw new Error('not now');
      return key;
    },
  });
  await Promise.all([buffers.get(page('a'), 'br'), buffers.get(page('a'), 'br')]);
  assert.equal(makings, 1);
  await Promise.all([buffers.get(page('a'), 'gzip'), buffers.get(page('a'), 'gzip')]);
  assert.equal(makings, 2, 'each encoding is made by itself');
  await assert.rejects(buffers.get(page('b', true), 'br'));
  await buffers.get(page('b'), 'br');
  assert.equal(makings, 4);
  await buffers.get(page('c'), 'br');
  await buffers.get(page('a'), 'br');
  assert.equal(makings, 6, 'a had been let go');
});

test('the first request gets a lightly compressed page; later ones a tightly compressed page with the same text', async () => {
  const buffers = new PageBuffers({});
  const text = Array.from({ length: 2_000 }, (_, line) => `${line} of ${line * line} and ${line % 7}`).join('\n');
  const page = { key: 'long', version: '1', cacheControl: 'no-store', make: () => text };
  const first = await buffers.get(page, 'br');
  assert.equal(brotliDecompressSync(first.body).toString(), text);
  for (;;) {
    const later = await buffers.get(page, 'br');
    if (later.body.length < first.body.length) {
      assert.equal(brotliDecompressSync(later.body).toString(), text);
      assert.equal(later.etag, first.etag);
      break;
    }
    await new Promise((done) => setTimeout(done, 5));
  }
});
