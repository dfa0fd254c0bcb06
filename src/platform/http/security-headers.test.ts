import assert from 'node:assert/strict';
import { test } from 'node:test';
import helmet from '@fastify/helmet';
import Fastify from 'fastify';
import { openApplication } from '../../../test/fixtures/application.ts';
import {
  type Allowed,
  frameableHeaders,
  helmetFor,
  openDataHeaders,
  publicAllowed,
  securityHeaders,
  staffAllowed,
} from './security-headers.ts';

const ofSecurity = /^(content-security|cross-origin|origin-agent|referrer|strict-transport|x-)/;
const said = ({ headers }: { headers: Readonly<Record<string, unknown>> }) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => ofSecurity.test(name)));

async function helmetSays(allowed: Allowed) {
  const app = Fastify();
  await app.register(helmet, helmetFor(allowed));
  app.get('/', async () => '');
  return said(await app.inject('/'));
}

test('the finished headers are helmet’s own', async () => {
  for (const allowed of [publicAllowed("'sha256-abc='"), staffAllowed]) {
    const headers = await helmetSays(allowed);
    assert.deepEqual(securityHeaders(allowed), headers);
    assert.ok(Object.keys(headers).length >= 9);
  }
});

test('every answer of the public site has them: a page, a file, a refusal, an unknown address', async (t) => {
  const { app } = await openApplication(t);
  const front = await app.inject('/signs');
  const file = /(?:href|src)="(\/assets\/[^"]+)"/.exec((await app.inject('/staff/sign-in')).body)?.[1];
  assert.ok(file);
  for (const url of [file, '/news/no-such-release', '/no/such/page', '/news?page=x', '/robots.txt'])
    assert.deepEqual(said(await app.inject(url)), said(front), url);
});

test('the staff site sends its own headers, also with a refusal', async (t) => {
  const { app } = await openApplication(t);
  for (const url of ['/staff/sign-in', '/staff/no/such/page', '/staff/operations'])
    assert.equal(
      (await app.inject(url)).headers['content-security-policy'],
      securityHeaders(staffAllowed)['content-security-policy'],
      url,
    );
});

test('open data may be read from elsewhere but not framed, and the card may also be framed: nothing else differs', () => {
  const headers = securityHeaders(publicAllowed("'sha256-abc='"));
  const differing = (other: Readonly<Record<string, string>>): string[] =>
    [...new Set([...Object.keys(headers), ...Object.keys(other)])]
      .filter((name) => headers[name] !== other[name])
      .sort();
  assert.deepEqual(differing(openDataHeaders(headers)), [
    'access-control-allow-origin',
    'cross-origin-resource-policy',
  ]);
  const framed = frameableHeaders(headers);
  assert.deepEqual(differing(framed), [
    'access-control-allow-origin',
    'content-security-policy',
    'cross-origin-resource-policy',
    'x-frame-options',
  ]);
  assert.equal(
    framed['content-security-policy']
      ?.replace('frame-ancestors *', "frame-ancestors 'none'")
      .replace("form-action 'none'", "form-action 'self'"),
    headers['content-security-policy'],
  );
  assert.match(framed['content-security-policy'] ?? '', /frame-ancestors \*/);
});
