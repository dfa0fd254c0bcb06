import assert from 'node:assert/strict';
import { test } from 'node:test';
import { demonstrationDay, demonstrationMonday, openDemonstration } from '../../test/fixtures/demonstration.ts';
import { rowOf } from '../../test/harness/sql.ts';
import {
  applyPolicy,
  draftRelease,
  type Extras,
  findFactOutcomes,
  findPolicyOn,
  getPolicy,
  modelFacts,
  publicMarkdown,
} from '../newsroom/drafting/index.ts';
import { type Figures, fewerThanFive, type Quantity, type SignedReturn } from '../vocabulary/figures.ts';
import { countAndSign, publish } from './publish.ts';

const value = (quantity: Quantity | undefined): number | undefined =>
  quantity?.kind === 'number' ? quantity.value : undefined;
type Part = { readonly of: Readonly<Record<string, string>>; readonly quantity: Quantity };
function cells(figures: Figures, indicator: keyof Figures, breakdown: string): Record<string, number | undefined> {
  const parts = (figures[indicator]?.breakdowns ?? {}) as Readonly<Record<string, readonly Part[]>>;
  return Object.fromEntries(
    (parts[breakdown] ?? []).map(({ of, quantity }) => [Object.values(of).join(' '), value(quantity)]),
  );
}

test('every fact of the model is in the records and the return; the release tells, coarsens or withholds it by a named rule', async (t) => {
  const application = await openDemonstration(t);
  const { db, stage } = application;

  // In the records.
  const visits = await db
    .selectFrom('visits')
    .innerJoin('premises', 'premises.id', 'visits.premisesId')
    .innerJoin('operations', 'operations.id', 'visits.operationId')
    .selectAll('visits')
    .select('premises.town')
    .where('codeName', '=', 'Operation Lantern')
    .execute();
  assert.deepEqual(visits.map(({ town }) => town).sort(), [
    ...Array(4).fill("Bishop's Stortford"),
    'Hemel Hempstead',
    ...Array(3).fill('Watford'),
  ]);
  const arrests = await db.selectFrom('arrests').selectAll().execute();
  assert.deepEqual(arrests.map(({ sex, age, residence }) => `${sex} ${age} ${residence}`).sort(), [
    'female 30 Watford',
    'female 32 Watford',
    'female 37 Watford',
    'male 32 Watford',
  ]);
  assert.equal(new Set(arrests.map(({ visitId }) => visitId)).size, 2);

  // In the return.
  stage.at(demonstrationDay, '10:00');
  const returnId = await countAndSign(stage, await application.mainOperation(), 'final');
  const row = await db.selectFrom('returns').selectAll().where('id', '=', returnId).executeTakeFirstOrThrow();
  const figures = row.figures as Figures;
  assert.equal(value(figures['premises.visited']?.total), 8);
  assert.deepEqual(cells(figures, 'premises.visited', 'byTown'), {
    "Bishop's Stortford": 4,
    'Hemel Hempstead': 1,
    Watford: 3,
  });
  assert.equal(value(figures['arrests.made']?.total), 4);
  assert.equal(value(figures['arrests.premises']?.total), 2);
  assert.deepEqual(cells(figures, 'arrests.made', 'bySex'), { female: 3, male: 1 });
  assert.equal(value(figures['visits.calledOff']?.total), 1);
  assert.equal(value(figures['visits.nobodyFound']?.total), 1);
  const powers = cells(figures, 'visits.made', 'byPower');
  assert.equal(powers['nobody entered'], 1, 'no power is counted where there was no reply');
  assert.equal(powers['Search by consent'], 4);
  assert.deepEqual(figures['referrals.made']?.total, fewerThanFive);
  assert.deepEqual(figures['referrals.declined']?.total, fewerThanFive);
  assert.equal(value(figures['arrests.screened']?.total), 3);
  assert.equal(value(figures['arrests.notScreened']?.total), 1);
  const advised = await application.safeguardingDb
    .selectFrom('noteFacts')
    .select('person')
    .where('indicator', '=', 'people.advised')
    .distinct()
    .execute();
  const shown = value(figures['people.advised']?.total) ?? 0;
  assert.ok(advised.length >= 5 && Math.abs(shown - advised.length) < 5, `${shown} of ${advised.length}`);

  // In the release, under each policy.
  const signed: SignedReturn = {
    id: returnId,
    version: 1,
    stage: 'final',
    signedAt: new Date(),
    facts: row.facts as SignedReturn['facts'],
    figures,
  };
  const extras: Extras = {
    publishOn: demonstrationDay,
    embargoUntil: null,
    signs: ['control', 'means nothing alone'],
    contacts: ['emergency', 'police', 'helpline', 'beacon', 'website'],
    quote: {
      rank: 'Detective Sergeant',
      name: 'Ana Thorpe',
      unit: 'Operation Lantern',
      words: 'People who are met this way are offered help first.',
    },
    decisions: [],
  };
  const report = (policy: Parameters<typeof applyPolicy>[1], decisions: Extras['decisions'] = []) => {
    const told = applyPolicy(signed, policy, decisions);
    const draft = draftRelease(signed, policy, { ...extras, decisions });
    const text = publicMarkdown(draft.body, told);
    assert.ok(text.ok, 'the draft can be published as it stands');
    return { text: text.value, account: findFactOutcomes(modelFacts, draft, told) };
  };
  const practised = report(getPolicy('as practised in 2019') as never);
  assert.deepEqual(
    practised.account
      .filter(({ outcome }) => outcome !== 'told')
      .map(({ fact, outcome, rule }) => `${fact}: ${outcome}, ${rule}`),
    [],
  );
  for (const words of [
    "four in Bishop's Stortford",
    'three in Watford',
    'one in Hemel Hempstead',
    '30, 32 and 37',
    'over immigration matters',
  ])
    assert.match(practised.text, new RegExp(words), words);

  const inForce = report(findPolicyOn(demonstrationDay) as never);
  assert.equal(
    inForce.account.filter(({ outcome }) => outcome === 'vanished' || outcome === 'not in the return').length,
    0,
  );
  for (const { outcome, rule } of inForce.account)
    assert.ok(outcome === 'told' || rule !== '', 'what is not told names its rule');
  assert.doesNotMatch(inForce.text, /\b(30|32|37)\b|three women|one man/);
  assert.match(inForce.text, /[Ff]our people were arrested at two addresses in Watford\./);
  assert.doesNotMatch(inForce.text, /immigration matters/, 'nobody decided to name immigration officers');
  const named = report(findPolicyOn(demonstrationDay) as never, [
    {
      rule: 'immigration officers by decision',
      by: 'Detective Chief Inspector Cy Example',
      on: demonstrationDay,
      why: 'The partners agreed to it.',
    },
  ]);
  assert.match(named.text, /[Ff]our people were detained at two addresses in Watford over immigration matters/);

  // And as the public reads it.
  const release = await publish(stage, returnId);
  const { slug } = await rowOf(db, 'publications', { id: release });
  application.clock.move(new Date(application.clock.now().getTime() + 60_000));
  const page = await application.app.inject(`/news/${slug}`);
  assert.equal(page.statusCode, 200);
  assert.match(page.body, /Four people were arrested at two addresses in Watford\./);
  assert.ok(demonstrationMonday < demonstrationDay);
});
