import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findWeakness, type Weakness } from './weak-password.ts';

const owner = { name: 'Asha Okonkwo', email: 'asha.okonkwo@leashire.example', agencyName: 'Leashire Constabulary' };

const cases: readonly (readonly [password: string, weakness: Weakness | undefined])[] = [
  ['eleven char', 'short'],
  ['ééééééééééé', 'short'],
  ['password1234', 'common'],
  ['Password123!', 'common'],
  ['P@ssw0rd2026', 'common'],
  ['1234 welcome', 'common'],
  ['correcthorsebatterystaple', 'common'],
  ['Liverpool1892', 'common'],
  ['Safelight2026!', 'common'],
  ['123456789012', 'pattern'],
  ['qwertyuiop[]'.replace('[]', 'as'), undefined],
  ['abcdefghijkl', 'pattern'],
  ['aaaaaaaaaaaa', 'pattern'],
  ['abcabcabcabc', 'pattern'],
  ['zyxwvutsrqpo', 'pattern'],
  ['okonkwo-2026!!', 'own name'],
  ['Asha.Okonkwo99', 'own name'],
  ['leashire12345', 'own name'],
  ['constabulary1!', 'own name'],
  ['okonkwo walks seven wet dogs', undefined],
  ['four geese under water', undefined],
  ['correct horse battery', undefined],
  ['Ω≈ç√∫˜µ≤≥÷œ∑´', undefined],
];

test('refuses passwords that attackers try first, and accepts a sentence', () => {
  for (const [password, weakness] of cases) assert.equal(findWeakness(password, owner), weakness, password);
});
