import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publicationPolicies, ruleFor } from './publication-policy.ts';

const lawOnVictims = /Sexual Offences \(Amendment\) Act|Modern Slavery Act/;

test('no rule about arrested people cites the law about victims', () => {
  for (const policy of publicationPolicies()) {
    const rules = policy.rules.filter(({ concerns }) => concerns.some((key) => key.startsWith('arrests.')));
    assert.ok(rules.length > 0);
    for (const { name, source } of rules) assert.doesNotMatch(source, lawOnVictims, `${policy.name}: ${name}`);
  }
});

test('whether an arrested person may be a victim is withheld under every policy', () => {
  for (const policy of publicationPolicies()) assert.equal(ruleFor(policy, 'arrests.concern').effect, 'withheld');
});
