import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type AskedHost,
  addressOnPrivateHost,
  hostNameOf,
  isSentFromElsewhere,
  privateHostTest,
  privateRobots,
} from './private-host.ts';

const privateOrigin = 'https://information.example';
const isPrivate = privateHostTest(privateOrigin);

test('a request asks for the private host by its name, however it is spelled, and by no other header', () => {
  for (const [host, expected] of [
    ['information.example', true],
    ['information.example:443', true],
    ['information.example:8443', true],
    ['information.example:', true],
    ['INFORMATION.Example', true],
    ['information.example.', true],
    ['Information.Example.:443', true],
    ['inf%6frmation.example', true],
    ['named.example', false],
    ['www.information.example', false],
    ['information.example.evil.example', false],
    ['evil-information.example', false],
    ['information.example@named.example', false],
    ['information.example, named.example', false],
    ['information.example..', false],
    ['127.0.0.1:3000', false],
    ['[::1]:3000', false],
    ['', false],
    [' ', false],
    ['%', false],
    [undefined, false],
  ] as const)
    assert.equal(isPrivate({ url: '/', headers: { host } }), expected, host);
  const forwarded: AskedHost['headers'] & Readonly<Record<string, string>> = {
    host: 'named.example',
    'x-forwarded-host': 'information.example',
    forwarded: 'host=information.example',
  };
  assert.equal(isPrivate({ url: '/', headers: forwarded }), false);
  const other = { ...forwarded, host: 'information.example', 'x-forwarded-host': 'named.example' };
  assert.equal(isPrivate({ url: '/', headers: other }), true);
});

test('a host in the address counts before the header', () => {
  const headers = { host: 'named.example' };
  assert.equal(
    hostNameOf({ url: '/a', originalUrl: 'http://Information.example:80/a', headers }),
    'information.example',
  );
  assert.equal(hostNameOf({ url: 'https://information.example', headers }), 'information.example');
  assert.equal(hostNameOf({ url: '/?to=https://information.example/', headers }), 'named.example');
});

test('no host is private where none is set', () => {
  assert.equal(privateHostTest(undefined)({ url: '/', headers: {} }), false);
  assert.equal(privateHostTest(undefined)({ url: '/', headers: { host: 'information.example' } }), false);
});

test('on the private host the entrance, its files and what crawlers read exist, and nothing else', () => {
  const files = new Set(['/assets/0/public.css', '/assets/0/leave.js']);
  for (const [address, answered] of [
    ['/', '/information'],
    ['/?fbclid=1', '/information?fbclid=1'],
    ['/information', '/information'],
    ['/information/', '/information'],
    ['/Information.', '/information'],
    ['/INFORMATION,', '/information'],
    ['/robots.txt', privateRobots],
    ['/assets/0/leave.js', '/assets/0/leave.js'],
    ['/assets/0/staff.js', '/-'],
    ['/assets/0/../0/leave.js', '/-'],
    ['/information/robots.txt', '/-'],
    ['/information/x', '/-'],
    ['//', '/-'],
    ['/help', '/-'],
    ['/news/feed.atom', '/-'],
    ['/sitemap.xml', '/-'],
    ['/staff/sign-in', '/-'],
    ['/leaving', '/-'],
    ['/logo', '/-'],
    ['*', '/-'],
  ] as const)
    assert.equal(addressOnPrivateHost(address, files), answered, address);
});

test('a form is taken from a page of the host that it is sent to, and from no other', () => {
  const own = { host: 'information.example' };
  const named = { host: 'named.example' };
  for (const [headers, expected] of [
    // The browser says where the page was.
    [{ ...own, 'sec-fetch-site': 'same-origin', origin: 'null' }, false],
    [{ ...own, 'sec-fetch-site': 'none' }, false],
    [{ ...own, 'sec-fetch-site': 'same-site', origin: privateOrigin }, true],
    [{ ...own, 'sec-fetch-site': 'cross-site', origin: 'null' }, true],
    [{ ...named, 'sec-fetch-site': 'cross-site', origin: 'https://named.example' }, true],
    // An older browser names the origin, or nothing at all.
    [own, false],
    [{ ...own, origin: 'null' }, false],
    [{ ...own, origin: privateOrigin }, false],
    [{ ...own, host: 'Information.example.:443', origin: privateOrigin }, false],
    [{ ...own, origin: 'http://information.example' }, true],
    [{ ...own, origin: 'https://information.example:8443' }, true],
    [{ ...own, origin: 'https://named.example' }, true],
    [{ ...named, origin: 'https://named.example' }, false],
    [{ ...named, origin: privateOrigin }, true],
    [{ ...named, origin: 'no address' }, true],
    // A host that nobody set: as the named one.
    [{ host: '127.0.0.1:3000', origin: 'http://127.0.0.1:3000' }, false],
    [{ host: '127.0.0.1:3000', origin: privateOrigin }, true],
  ] as const)
    assert.equal(isSentFromElsewhere({ url: '/', headers }, privateOrigin), expected, JSON.stringify(headers));
});
