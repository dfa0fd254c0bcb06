import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer as createSocketServer, type Server } from 'node:net';
import { type TestContext, test } from 'node:test';
import { createServer } from 'node:tls';
import { certificate, privateKey } from '../../test/fixtures/mail-certificate.ts';
import { readSiteCertificate, SiteCertificates } from './site-certificates.ts';

async function listen(t: TestContext, server: Server, host = '127.0.0.1'): Promise<string> {
  server.listen(0, host);
  await once(server, 'listening');
  t.after(() => server.close());
  return `https://${host}:${(server.address() as AddressInfo).port}`;
}
const openSite = (t: TestContext, host?: string) =>
  listen(t, createServer({ cert: certificate, key: privateKey }), host);

const ends = new Date(new X509Certificate(certificate).validTo);
const before = (days: number): Date => new Date(ends.getTime() - days * 86_400_000);

test('a site’s certificate is read with its end and its name', async (t) => {
  const site = await openSite(t);
  assert.deepEqual(await readSiteCertificate(site, before(3)), {
    host: '127.0.0.1',
    state: 'read',
    secondsLeft: 3 * 86_400,
    fitsHost: true,
  });
  const ended = await readSiteCertificate(site, before(-1));
  assert.equal(ended.state === 'read' && ended.secondsLeft, -86_400);
  const named = await readSiteCertificate(site.replace('127.0.0.1', 'localhost'), before(3));
  assert.equal(named.state === 'read' && named.fitsHost, true);
  const other = await readSiteCertificate(await openSite(t, '127.0.0.2'), before(3));
  assert.equal(other.state === 'read' && other.fitsHost, false);
});

test('a site that nobody serves, or that speaks no TLS, is not reached', async (t) => {
  const plain = createSocketServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  const site = await listen(t, plain);
  assert.deepEqual(await readSiteCertificate(site, before(3)), { host: '127.0.0.1', state: 'not reached' });
  plain.close();
  assert.equal((await readSiteCertificate(site, before(3))).state, 'not reached');
});

test('each site is asked once an hour; sites without TLS never', async (t) => {
  let asked = 0;
  const server = createServer({ cert: certificate, key: privateKey });
  server.on('connection', () => {
    asked += 1;
  });
  const site = await listen(t, server);
  const sites = new SiteCertificates([site, 'http://127.0.0.1:9', undefined]);
  const minutes = (count: number): Date => new Date(before(3).getTime() + count * 60_000);
  for (const [at, expected] of [
    [0, 1],
    [59, 1],
    [60, 2],
  ] as const) {
    assert.equal((await sites.read(minutes(at))).length, 1);
    assert.equal(asked, expected, `minute ${at}`);
  }
});
