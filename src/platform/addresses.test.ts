import assert from 'node:assert/strict';
import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import fc from 'fast-check';
import { openApplication } from '../../test/fixtures/application.ts';
import { canonicalAddress, isRegular, isStaffAddress } from './addresses.ts';
import { listen } from './http/listen.ts';
import { securityHeaders, staffAllowed } from './http/security-headers.ts';

const staffPolicy = securityHeaders(staffAllowed)['content-security-policy'];

test('spells an address in one way', () => {
  for (const [asked, canonical] of [
    ['/%73taff/sign-in', '/staff/sign-in'],
    ['/%53TAFF', '/STAFF'],
    ['/sta%66%66%2Fsign%2din?q=%73', '/staff%2Fsign-in?q=%73'],
    ['/%2573taff', '/%2573taff'],
    ['/news/%E2%80%93%7e', '/news/%E2%80%93~'],
    ['/%zz/a%73', '/%25zz/a%2573'],
    ['/%ff', '/%25ff'],
    ['/staff#part?x', '/staff'],
    ['http://safelight.example/staff/sign-in?x=1', '/staff/sign-in?x=1'],
    ['HTTPS://safelight.example', '/'],
    ['*', '*'],
  ] as const)
    assert.equal(canonicalAddress(asked), canonical, asked);
});

test('a canonical address stays as it is, and no letter or figure of its path is escaped', () => {
  fc.assert(
    fc.property(fc.webPath({ size: 'small' }), fc.string({ unit: 'binary', maxLength: 12 }), (path, more) => {
      const once = canonicalAddress(`/${path}${more}`);
      assert.doesNotMatch(once.split('?')[0] ?? '', /%(?:2[de]|3\d|4[1-9a-f]|5[0-9af]|6[1-9a-f]|7[0-9ae])/i);
      if (!once.includes('%25')) assert.equal(canonicalAddress(once), once);
    }),
  );
});

test('treats an address without a route as staff’s when a spelling of it could mean the staff side', () => {
  for (const [route, address, isStaff] of [
    ['/staff/operations/:id', '/staff/operations/x', true],
    ['/news/:slug', '/news/staff', false],
    ['/news/:slug', '/news/..', false],
    [undefined, '/staff/no-such', true],
    [undefined, '/STAFF/sign-in', true],
    [undefined, '//staff', true],
    [undefined, '/news/../staff', true],
    [undefined, '/staff%2fsign-in', true],
    [undefined, '\\staff', true],
    [undefined, '/staffed', false],
    [undefined, '/no-such', false],
  ] as const)
    assert.equal(isStaffAddress(route, address), isStaff, address);
  assert.ok(isRegular('/news?next=//x') && !isRegular('/news/../x') && !isRegular('/a%2Fb'));
});

const pages = ['/staff', '/staff/sign-in', '/staff/operations', '/staff/no/such', '/', '/signs', '/news', '/no/such'];

/** Another spelling of the same path: letters escaped in either case, one of them in capitals, segments that lead nowhere. */
const spelled = (path: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.array(fc.constantFrom('plain', 'escaped', 'ESCAPED'), {
        minLength: path.length,
        maxLength: path.length,
      }),
      fc.constantFrom('', '', '', '/', '/.', '/x/..', '/%2e', '/x/%2E%2e', '/%2f', '/%5c'),
      fc.constantFrom('', '', '/', '?x=1', '//', '/.'),
      fc.constantFrom(0, 0, 0, 1, path.length - 1),
    )
    .map(([ways, before, after, capital]) => {
      const letters = [...path].map((letter, at) => {
        const code = letter.charCodeAt(0).toString(16);
        const way = at === 0 ? 'plain' : ways[at];
        if (way === 'escaped' || way === 'ESCAPED') return `%${way === 'escaped' ? code : code.toUpperCase()}`;
        return at > 0 && at === capital ? letter.toUpperCase() : letter;
      });
      return `${before}${letters.join('')}${after}`;
    });

type Answer = { readonly status: number | undefined; readonly headers: IncomingHttpHeaders; readonly body: string };

/** As a client writes it: `inject` would resolve dot segments and drop fragments. */
const get = (port: number, path: string, agent: Agent): Promise<Answer> =>
  new Promise((done, fail) => {
    request({ port, host: '127.0.0.1', path, agent }, (answer) => {
      text(answer).then((body) => done({ status: answer.statusCode, headers: answer.headers, body }), fail);
    })
      .on('error', fail)
      .end();
  });

const compared = ({ status, headers, body }: Answer) => ({
  status,
  policy: headers['content-security-policy'],
  kept: headers['cache-control'],
  marking: headers['x-safelight-marking'],
  staffShell: /href="[^"]*\/staff\.css"/.test(body),
  location: headers.location?.replace(/\?.*/, ''),
});

test('every spelling of an address is answered as the address itself, or is not found under the policy of its side', async (t) => {
  const { app } = await openApplication(t);
  const port = await listen(app, 0, '127.0.0.1');
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  t.after(async () => {
    agent.destroy();
    await app.close();
  });
  const own = new Map<string, ReturnType<typeof compared>>();
  for (const page of pages) own.set(page, compared(await get(port, page, agent)));
  assert.equal(own.get('/staff/sign-in')?.policy, staffPolicy);
  assert.notEqual(own.get('/signs')?.policy, staffPolicy);
  let alike = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...pages).chain((page) => fc.tuple(fc.constant(page), spelled(page))),
      async ([page, spelling]) => {
        const answer = compared(await get(port, spelling, agent));
        if (answer.status === 404) {
          if (page.startsWith('/staff')) assert.equal(answer.policy, staffPolicy, spelling);
          return;
        }
        alike += 1;
        assert.deepEqual(answer, own.get(page), spelling);
      },
    ),
    { numRuns: 300, seed: 20261128 },
  );
  assert.ok(alike > 20);
});

test('an address with a host, a fragment or an escape in it is answered by the side that it names', async (t) => {
  const { app } = await openApplication(t);
  const port = await listen(app, 0, '127.0.0.1');
  t.after(() => app.close());
  for (const target of [
    '/staff/sign-in',
    '/%73taff/sign-in',
    '/staff/sign-in#x',
    '/staff#x',
    'http://other.example/staff/sign-in',
    'http://other.example/%53taff/sign-in',
    '/news/../staff/sign-in',
    '//staff/sign-in',
    '/./staff/sign-in',
    '/staff%2fsign-in',
    '/staff/%2e%2e/news',
  ]) {
    const said = await ask(port, `GET ${target} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n`);
    assert.ok(said.includes(`content-security-policy: ${staffPolicy}`), `${target}: ${said.slice(0, 500)}`);
  }
  const elsewhere = await ask(port, 'GET /signs#/staff HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  assert.match(elsewhere, /^HTTP\/1\.1 200 /);
  assert.ok(!elsewhere.includes(staffPolicy ?? ''));
});

const ask = (port: number, request: string): Promise<string> =>
  new Promise((done, fail) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('utf8');
    socket.on('data', (piece) => {
      said += piece;
    });
    socket.once('error', fail);
    socket.once('close', () => done(said));
  });
