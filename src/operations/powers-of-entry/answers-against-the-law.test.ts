import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findKeptOutPartner, findUnlawfulPurpose } from './answers-against-the-law.ts';
import { findPower } from './load.ts';

const search = 'search for evidence';
const talk = 'speak with people and offer help';
for (const [basis, purposes, wrong] of [
  ['pace-s8', [search], undefined],
  [
    'pace-s8',
    [search, talk],
    /section 8\) is for: search for evidence\. Take out “speak with people.*You need no power/,
  ],
  ['pace-s8', ['arrest for an offence'], /Take out “arrest for an offence”\.$/],
  ['pace-s17', ['save life or limb'], undefined],
  ['pace-s17', [search], /Take out “search for evidence”/],
  ['consent', [search, talk, 'inspect the business'], undefined],
  ['welfare-visit', [search], /Take out “search for evidence”/],
  ['immigration-s28d', ['arrest for immigration detention'], /Take out “arrest for immigration detention”/],
  ['other', [search, talk], undefined],
] as const)
  test(`${basis} for ${purposes.join(' and ')}`, () => {
    const rule = findPower(basis, '2026-09-18');
    assert.ok(rule);
    const found = findUnlawfulPurpose(rule, purposes)?.purposes;
    if (wrong) assert.match(String(found), wrong);
    else assert.equal(found, undefined);
  });

const partners = [
  { id: 'nurses', kind: 'health' },
  { id: 'border', kind: 'immigration' },
] as const;
for (const [decided, named, refused] of [
  ['not present', ['border'], true],
  ['not present', ['nurses'], false],
  ['waits until called', ['border'], false],
  ['with the team', ['border'], false],
  [null, ['border'], false],
] as const)
  test(`naming ${named} where the decision is “${decided ?? 'not made'}”`, () =>
    assert.equal(findKeptOutPartner(decided, partners, named) !== undefined, refused));
