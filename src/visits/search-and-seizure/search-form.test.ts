import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Answer } from '../visit.ts';
import { findForceAtDoor, getForcedAnswer, toSearch } from './search-form.ts';

type Door = Parameters<typeof findForceAtDoor>[0]['door'];
const cases: readonly (readonly [string, Answer, string, string | null, string | null, Door, RegExp | null])[] = [
  ['no force', 'entered', 'pace-s8', null, null, null, null],
  ['force and an arrival without force', 'entered', 'pace-s8', 'A ram', null, null, /Select when force was used/],
  ['force inside', 'entered', 'pace-s8', 'A ram', null, 'inside', null],
  ['force to get in', 'entered', 'pace-s8', 'A ram', null, 'forced, refused', null],
  ['force and an arrival by force', 'forced, refused', 'pace-s8', 'A ram', null, null, null],
  ['a correction of something else', 'entered', 'pace-s8', 'A ram', 'A ram', null, null],
  ['other words for the force', 'entered', 'pace-s8', 'A ram', 'Handcuffs', null, /Select when force was used/],
  ['force inside by consent', 'entered', 'consent', 'Handcuffs', null, 'inside', null],
  ['force to get in by consent', 'entered', 'consent', 'A ram', null, 'forced, no reply', /Nobody may enter by force/],
];
for (const [name, answer, basis, forceUsed, before, door, wrong] of cases)
  test(`the search record and the door: ${name}`, () => {
    const visit = { answer, basis, powerId: null, basisGround: null };
    const known = before === null ? undefined : { forceUsed: before };
    const found = findForceAtDoor({ forceUsed, door }, visit, known, '2026-09-18')?.door;
    if (wrong) assert.match(String(found), wrong);
    else assert.equal(found, undefined);
  });

for (const [door, answer, becomes] of [
  [null, 'entered', undefined],
  ['inside', 'entered', undefined],
  ['forced, no notice', 'entered', 'forced, no notice'],
  ['forced, no notice', 'forced, refused', undefined],
] as const)
  test(`“${door ?? 'not asked'}” after “${answer}”`, () => assert.equal(getForcedAnswer({ door }, answer), becomes));

for (const [arrived, typed, at] of [
  ['2026-09-18T09:30:20Z', '10:30', '2026-09-18T09:30:00.000Z'],
  ['2026-09-18T09:30:00Z', '10:45', '2026-09-18T09:45:00.000Z'],
  ['2026-09-18T22:30:00Z', '00:15', '2026-09-18T23:15:00.000Z'],
  ['2026-09-18T09:30:00Z', '', undefined],
] as const)
  test(`a search that began at “${typed}” after an arrival at ${arrived}`, () => {
    const said = { began: typed, ended: '', withdrawn: '' } as Parameters<typeof toSearch>[0];
    assert.equal(toSearch(said, { arrivedAt: new Date(arrived) }).beganAt?.toISOString(), at);
  });
