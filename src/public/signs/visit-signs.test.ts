import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readVisitSigns } from './content-shape.ts';
import { listRecordableSigns, listSigns, listSignsOfVisits, publicContent } from './load.ts';
import { groupVisitSigns, isControlSign } from './signs.ts';

const today = '2026-11-29';
const ofVisits = listSignsOfVisits(today).filter(({ visitsOnly }) => visitsOnly);

test('an indicator of visits is seen by an onlooker, never a ground by itself, and bears source, alternative and caution', () => {
  const grounds = /foreign|nationalit|countr|abroad|migra|visa|English|language|\bwom[ae]n\b|\bm[ae]n\b|female|male\b/i;
  assert.ok(ofVisits.length > 10);
  for (const { id, evidence, own, text, why, innocent, caution, sources, dateChecked } of ofVisits) {
    assert.deepEqual([evidence, own], ['observable', null], id);
    assert.doesNotMatch(text, grounds, id);
    assert.ok(why.length > 20 && innocent.length > 20 && caution.length > 20, id);
    assert.ok(sources.length > 0 && dateChecked <= today, id);
  }
  const entry = (more: string) => `
signs:
  - { id: a, model: null, group: control, exploitation: labour exploitation, text: A, why: A, innocent: A, caution: A,
      sources: [{ title: A, url: 'https://example.org' }], dateChecked: 2026-11-29, validFrom: 2026-11-29, validTo: null, ${more} }`;
  assert.equal(readVisitSigns(entry('evidence: observable'))[0]?.visitsOnly, true);
  for (const more of ['evidence: disclosed', 'evidence: health', 'evidence: observable, own: You'])
    assert.throws(() => readVisitSigns(entry(more)), /what an onlooker can see/);
});

test('indicators of visits have ids of their own, and no public page shows them', () => {
  const shared = listSigns(today).map(({ id }) => id);
  const words = new Set(publicContent());
  for (const { id, text } of ofVisits) {
    assert.ok(!shared.includes(id), id);
    assert.ok(!words.has(text), id);
  }
});

test('labour exploitation can be recorded from what is seen: hours, pay, debts, papers, protection, lodging, transport, answers', () => {
  const groups = groupVisitSigns(listRecordableSigns(today), ['labour exploitation']);
  assert.deepEqual(
    groups.map(({ of }) => of),
    [
      ...['labour exploitation', 'every kind', 'sexual exploitation', 'criminal exploitation', 'domestic servitude'],
      ...['child exploitation', 'means nothing alone'],
    ],
  );
  const [labour, every] = groups.map(({ signs }) => signs.map(({ id }) => id));
  for (const id of [
    ...[
      'rota without days off',
      'no record of pay',
      'debts and fines on paper',
      'papers of several people kept together',
    ],
    ...['no protection at work', 'living at the workplace', 'brought and collected', 'same answers'],
  ])
    assert.ok(labour?.includes(id), id);
  for (const id of ['papers held', 'acts as told', 'kept in by locks']) assert.ok(every?.includes(id), id);
  const order = groups[0]?.signs.map(isControlSign) ?? [];
  assert.deepEqual(
    order,
    order.toSorted((one, other) => Number(other) - Number(one)),
    'indicators of control come first',
  );
});

test('every indicator is offered once, whatever the premises', () => {
  const all = listRecordableSigns(today).map(({ id }) => id);
  for (const fitting of [[], ['sexual exploitation', 'labour exploitation'], ['domestic servitude']] as const) {
    const ids = groupVisitSigns(listRecordableSigns(today), fitting).flatMap(({ signs }) => signs.map(({ id }) => id));
    assert.deepEqual(ids.toSorted(), all.toSorted());
  }
});
