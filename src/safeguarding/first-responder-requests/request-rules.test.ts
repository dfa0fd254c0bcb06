import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildCaseDraft } from '../nrm-drafts/draft.ts';
import { emptyContent, type NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import type { Person } from '../people/person.ts';
import { addRequest, freezeDraft, recordSubmission } from './first-responder-request.ts';

const today = '2026-11-26';

test('rules: what is handed over, once for each draft, and what can be recorded about it', () => {
  const by = { worker: { id: 'm', name: 'Nia Nurse', title: '', organisation: 'Nurses' }, responderId: null, today };
  const person = {
    ...{
      id: 'c0ffee00-0000-4000-8000-000000000001',
      called: 'Olga',
      others: [],
      age: 'not known',
      yearOfBirth: null,
      aids: [],
      language: null,
    },
    ...{ interpreter: null, contactWay: null, contactAt: null, contactNever: null, contactWhen: null, cameBy: null },
  } as unknown as Person;
  const noted = { by: 'm' as never, on: today };
  const open = {
    ...emptyContent,
    id: 'c0ffee00-0000-4000-8000-000000000000' as NrmReferral['id'],
  } as unknown as NrmReferral;
  const made = buildCaseDraft(open, undefined, person, by);
  const now = freezeDraft(made, open, 'not sure');
  assert.ok(now);
  const said = { digest: (text: string) => String(text.length), read: '' };
  assert.deepEqual(addRequest(open, null, said, { ...noted, paperId: 'p1' }), {
    ok: false,
    refusal: 'nothing to hand',
  });
  assert.deepEqual(addRequest(open, now, said, { ...noted, paperId: 'p1' }), { ok: false, refusal: 'another draft' });
  const same = { digest: () => 'd1', read: 'd1' };
  const once = addRequest(open, now, same, { ...noted, paperId: 'p1' });
  assert.ok(once.ok);
  const twice = addRequest(once.value.concern, now, same, { ...noted, paperId: 'p2' });
  assert.ok(twice.ok && twice.value.paperId === 'p1' && twice.value.concern.handed.length === 1);

  const request = { paperId: 'p1', state: 'accepted', toAgency: 'a' } as never;
  const of = { by: 'm' as never, today, responderId: 'councils-england-wales' };
  const { concern } = once.value;
  const table: [string, Parameters<typeof recordSubmission>, string | null][] = [
    ['taken on', [concern, request, { day: today, reference: null }, of], null],
    ['nobody asked', [concern, undefined, { day: today, reference: null }, of], 'not taken on'],
    ['another paper', [open, request, { day: today, reference: null }, of], 'not taken on'],
    [
      'declined',
      [concern, { ...(request as object), state: 'declined' } as never, { day: today, reference: null }, of],
      'not taken on',
    ],
    ['too early', [concern, request, { day: '2026-11-25', reference: null }, of], 'before it was handed'],
    ['to come', [concern, request, { day: '2026-11-27', reference: null }, of], 'in the future'],
    [
      'off the list',
      [concern, request, { day: today, reference: null }, { ...of, responderId: null }],
      'not a first responder',
    ],
  ];
  for (const [name, given, refusal] of table) {
    const result = recordSubmission(...given);
    assert.equal(result.ok ? null : result.refusal, refusal, name);
    if (!result.ok) continue;
    assert.deepEqual([result.value.submission?.digest, result.value.submission?.handedOn], ['d1', today]);
    const again = recordSubmission(result.value, request, { day: today, reference: null }, of);
    assert.ok(!again.ok && again.refusal === 'submitted already');
    assert.equal(freezeDraft(made, result.value, 'not sure'), null, 'after that nothing is handed');
  }
});
