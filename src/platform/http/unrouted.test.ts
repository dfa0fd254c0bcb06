import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as serve } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { test } from 'node:test';
import { openApplication } from '../../../test/fixtures/application.ts';
import { listen } from './listen.ts';
import { GuardedResponse, refuseUnreadable } from './unrouted.ts';

const guards = {
  'content-security-policy': /default-src 'none'.*frame-ancestors 'none'/,
  'cross-origin-opener-policy': /^same-origin$/,
  'cross-origin-resource-policy': /^same-origin$/,
  'referrer-policy': /^no-referrer$/,
  'strict-transport-security': /^max-age=\d+$/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^SAMEORIGIN$/,
  'cache-control': /no-store/,
};

function assertGuarded(said: string, status: number, what: string): void {
  const [head = ''] = said.split('\r\n\r\n');
  assert.match(head, new RegExp(`^HTTP/1\\.1 ${status} `), `${what}: ${said.slice(0, 300)}`);
  for (const [name, value] of Object.entries(guards)) {
    const line = head.split('\r\n').find((one) => one.toLowerCase().startsWith(`${name}: `));
    assert.match(line?.slice(name.length + 2) ?? '', value, `${what} lacks ${name}: ${head}`);
  }
}

const host = 'host: localhost\r\n';
const longest = 'x'.repeat(300);

test('every answer made before a route is found carries the security headers', async (t) => {
  const { app } = await openApplication(t);
  const port = await listen(app, 0, '127.0.0.1');
  t.after(() => app.close());
  for (const [what, status, request] of [
    ['an id that is too long', 404, `GET /news/${longest} HTTP/1.1\r\n${host}`],
    ['an id of staff that is too long', 404, `GET /staff/operations/${longest} HTTP/1.1\r\n${host}`],
    ['an escape that cannot be decoded', 404, `GET /news/%ff%zz HTTP/1.1\r\n${host}`],
    ['headers that are too long', 431, `GET / HTTP/1.1\r\n${host}x: ${'y'.repeat(20_000)}\r\n`],
    ['an address that is too long', 431, `GET /${'y'.repeat(20_000)} HTTP/1.1\r\n${host}`],
    ['no HTTP at all', 400, 'not a request\r\n'],
    ['a header without a name', 400, `GET / HTTP/1.1\r\n${host}: x\r\n`],
    ['no host', 400, 'GET / HTTP/1.1\r\n'],
    ['an expectation that nobody meets', 417, `GET / HTTP/1.1\r\n${host}expect: tea\r\n`],
    ['a method that no page has', 404, `PROPFIND /staff HTTP/1.1\r\n${host}`],
    ['a method that is not offered', 404, `DELETE /signs HTTP/1.1\r\n${host}content-length: 0\r\n`],
    [
      'a body of another type',
      400,
      `POST /staff/sign-in HTTP/1.1\r\n${host}content-type: a/b\r\ncontent-length: 1\r\n`,
    ],
    ['a form that is too large', 413, `POST /staff/sign-in HTTP/1.1\r\n${host}${form}content-length: 9999999\r\n`],
  ] as const)
    assertGuarded(await ask(port, `${request}connection: close\r\n\r\n`), status, what);
});
const form = 'content-type: application/x-www-form-urlencoded\r\n';

test('a request that takes too long to arrive is refused with the security headers', async (t) => {
  const slow = Object.assign(new Error('Request timeout'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' });
  const server = createServer((socket) => refuseUnreadable(slow, socket)).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  assertGuarded(await ask(portOf(server), ''), 408, 'a request that never ends');
});

test('what the framework answers by itself carries the security headers, and what carries them already keeps its own', async (t) => {
  const server = serve({ ServerResponse: GuardedResponse }, (request, response) => {
    if (request.url === '/own') response.writeHead(200, { 'content-security-policy': "default-src 'self'" });
    else response.writeHead(503, { 'content-type': 'application/json' });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const closing = 'HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n';
  assertGuarded(await ask(portOf(server), `GET / ${closing}`), 503, 'while it closes');
  const own = await ask(portOf(server), `GET /own ${closing}`);
  assert.deepEqual(own.match(/content-security-policy: .*/g), ["content-security-policy: default-src 'self'"]);
});

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

const ask = (port: number, request: string): Promise<string> => {
  const socket = connect(port, '127.0.0.1', () => socket.write(request));
  return read(socket);
};

const read = (socket: Socket): Promise<string> =>
  new Promise((done, fail) => {
    let said = '';
    socket.setEncoding('utf8');
    socket.on('data', (piece) => {
      said += piece;
    });
    socket.on('error', (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' ? done(said) : fail(error)));
    socket.once('close', () => done(said));
  });
