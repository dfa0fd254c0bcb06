import assert from 'node:assert/strict';
import { test } from 'node:test';
import { networkOf } from './networks.ts';

test('a network is what its holder cannot change at will', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['203.0.113.7', '203.0.113.0/24'],
    ['203.0.113.250', '203.0.113.0/24'],
    ['::ffff:203.0.113.7', '203.0.113.0/24'],
    ['2001:db8:1:22ff::1', '2001:0db8:0001:2200::/56'],
    ['2001:DB8:1:2200:aaaa:bbbb:cccc:dddd', '2001:0db8:0001:2200::/56'],
    ['fe80::1%eth0', 'fe80:0000:0000:0000::/56'],
    ['::1', '0000:0000:0000:0000::/56'],
  ];
  for (const [address, network] of cases) assert.equal(networkOf(address), network, address);
});

test('a connection that is closed already shares one network', () => {
  assert.equal(networkOf(undefined), networkOf('::'));
});
