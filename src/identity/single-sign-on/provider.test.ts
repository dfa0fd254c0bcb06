import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkIssuer, meetsDemands } from './provider.ts';

test('an issuer is an address under TLS; a demonstration may have one on its own machine without', () => {
  for (const [text, live, refusal] of [
    ['https://login.example', true, undefined],
    ['https://login.example/tenant/v2.0', true, undefined],
    ['http://127.0.0.1:4000', false, undefined],
    ['http://localhost:4000', false, undefined],
    ['http://127.0.0.1:4000', true, 'not secret on the way'],
    ['http://login.example', false, 'not secret on the way'],
    ['http://127.0.0.1.example', false, 'not secret on the way'],
    ['ftp://login.example', false, 'not an address'],
    ['javascript:alert(1)', false, 'not an address'],
    ['login.example', true, 'not an address'],
    ['https://login.example?x=1', true, 'more than an address'],
    ['https://a:b@login.example', true, 'more than an address'],
  ] as const) {
    const result = checkIssuer(text, { live });
    assert.equal(result.ok ? undefined : result.refusal, refusal, text);
  }
});

test('one demand that is said, as acr or among amr, is enough; a word inside another is none', () => {
  for (const [demands, said, met] of [
    [[], {}, true],
    [['mfa'], { amr: ['pwd', 'mfa'] }, true],
    [['mfa', 'gold'], { acr: 'gold' }, true],
    [['mfa'], { acr: 'no mfa', amr: ['mfa-less'] }, false],
    [['mfa'], { amr: 'mfa' }, false],
    [['mfa'], {}, false],
  ] as const)
    assert.equal(meetsDemands(demands, said), met, JSON.stringify([demands, said]));
});
