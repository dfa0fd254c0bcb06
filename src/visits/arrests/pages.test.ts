import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Arrest } from '../visit.ts';
import { type ArrestPageData, addArrestPage, arrestPage } from './pages.ts';

test('an arrest for an offence makes proceedings active, and detention does not', () => {
  const visit = { id: 'visit', premises: { name: 'Blue Door' } };
  const page = addArrestPage(visit, 'arrest', [], { leftAt: null, now: new Date('2026-09-18T10:00:00Z') });
  const shown = JSON.stringify(typeof page.fields === 'function' ? page.fields(new FieldBuilder({}, {})) : page.fields);
  assert.match(
    shown,
    /For an offence\. This arrest makes criminal proceedings active under the Contempt of Court Act 1981\./,
  );
  assert.match(shown, /This does not make criminal proceedings active under the Contempt of Court Act 1981\./);
  assert.doesNotMatch(shown, /starts/);
});

test('the arrest of a child says who must telephone, what to record, and whom to call', () => {
  const of = (age: number | null) => {
    const arrest = { id: 'a', visitId: 'v', kind: 'criminal', matter: 'exploitation', sex: 'man', age, closedAt: null };
    const shown = { screening: undefined, premises: 'Blue Door', person: undefined, names: new Map() };
    const told = { notification: undefined, versions: [] };
    const around = { versions: [], screeningVersions: [], told, onCall: undefined, writes: true, referral: [] };
    const at = new Date('2026-09-18T10:00:00Z');
    const data = { ...shown, ...around, arrest: { ...arrest, arrestedAt: at } as unknown as Arrest };
    return JSON.stringify(arrestPage(data as unknown as ArrestPageData).sections);
  };
  for (const age of [15, null]) {
    const page = of(age);
    assert.match(page, /Safelight tells nobody\. You or custody must telephone the council’s children’s services now/);
    assert.match(page, /Record whom you told, when and how, here and in the custody record/);
    assert.match(page, /"href":"\/help"/);
    assert.doesNotMatch(page, /services are told/);
  }
  assert.doesNotMatch(of(30), /children’s services|"\/help"/);
});
