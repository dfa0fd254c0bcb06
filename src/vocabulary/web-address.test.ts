import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isHonestLink, namesAnotherSite, readWebAddress } from './web-address.ts';

test('takes https addresses without a user part alone', () => {
  for (const good of ['https://www.dale.example', 'https://social.example/@dale', 'https://dale.example/a?b=c@d'])
    assert.ok(readWebAddress(good), good);
  for (const bad of [
    'http://dale.example',
    'https://gov.uk@evil.example/',
    'https://gov.uk:x@evil.example/',
    'https://@evil.example/',
    'https:\\\\evil.example',
    'https:evil.example',
    'javascript:alert(1)',
    'dale.example',
    'https://',
  ])
    assert.equal(readWebAddress(bad), undefined, bad);
});

test('finds words of a link that name another site', () => {
  for (const [words, address] of [
    ['dale.example', 'https://www.dale.example/help'],
    ['www.dale.example/help', 'https://dale.example'],
    ['https://dale.example', 'https://dale.example/'],
    ['DALE.Example', 'https://dale.example'],
    ['our page', 'https://elsewhere.example'],
    ['Mon. to Fri. 9.30 to 5.00', 'https://elsewhere.example'],
    ['dåle.example', 'https://xn--dle-ula.example'],
  ] as const)
    assert.equal(namesAnotherSite(words, address), false, words);
  for (const [words, address] of [
    ['dale.example', 'https://evil.example/'],
    ['dale.example', 'https://dale.example.evil.example/'],
    ['Help at dale.example', 'https://evil.example/dale.example'],
    ['da\u200ble.example', 'https://evil.example/'],
    ['dale\u3002example', 'https://evil.example/'],
    ['https://dale.example', 'https://evil.example/'],
    ['evil.example, or dale.example', 'https://evil.example/'],
  ] as const)
    assert.equal(namesAnotherSite(words, address), true, words);
  assert.equal(isHonestLink('Dale', 'https://gov.uk@evil.example/'), false);
});
