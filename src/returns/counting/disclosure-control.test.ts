import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inventRecords } from '../../../test/assurance/returns/assurance.ts';
import { chance } from '../../../test/harness/assurance.ts';
import { type Figures, fewerThanFive, type Quantity, safeguardingIndicators } from '../../vocabulary/figures.ts';
import { audit } from '../disclosure-control/index.ts';
import { countAlike, toCases } from './case-history.ts';
import { checkCount } from './checks.ts';
import type { Records } from './counting.ts';
import { declareTables } from './declared-tables.ts';
import { countIndicators, editions } from './definitions.ts';
import { controlChecks, type KeptRelease, protectCount, safeguardingRecords } from './disclosure-control.ts';

const latest = editions.at(-1) ?? editions[0];
const around = {
  towns: ['Watford', 'Ware'],
  organisations: ['Open Door Relief', 'Leashire Nurses'],
  responders: ['Leashire Constabulary'],
};
const empty: Records = {
  ...inventRecords(chance(3)),
  facts: [],
  referrals: [],
  officerReferrals: [],
  submittedReferrals: [],
  arrests: [],
};

/** So many people advised in a town, each on these kinds. */
const advised = (name: string, many: number, town: string, ...kinds: string[]): Records['facts'] =>
  Array.from({ length: many }, (_, i) => `${name} ${i}`).flatMap((person) =>
    [null, ...kinds].map((part) => ({
      ...{ id: `${person} ${part}`, person, town, part },
      indicator: 'people.advised',
    })),
  );
const needing = (name: string, many: number, ...needs: string[]): Records['facts'] =>
  Array.from({ length: many }, (_, i) => `${name} ${i}`).flatMap((person) =>
    needs.map((part) => ({ id: `${person} ${part}`, person, town: 'Ware', part, indicator: 'needs.recorded' })),
  );

async function count(records: Records, earlier: readonly KeptRelease[] = [], today = '2026-09-18') {
  const made = await protectCount(countIndicators(latest, records), records, { around, earlier, today });
  const countedAt = new Date(`${today}T10:00:00Z`);
  return { ...made, all: [...earlier, ...made.releases.map((release) => ({ ...release, countedAt }))] };
}
const stateOf = ({ populations: all }: Awaited<ReturnType<typeof count>>, name: string) =>
  all.find(({ population }) => population === name);
const totalOf = (figures: Figures, indicator: keyof Figures): Quantity | undefined => figures[indicator]?.total;
const about = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'about' });

test('every figure of people helped and of potential victims has one place in the declared tables, and no other has', () => {
  const counted = Object.entries(latest.definitions).flatMap(([indicator, { records }]) =>
    safeguardingRecords.includes(records) || records === 'NRM referral' || indicator === 'arrests.concern'
      ? [indicator]
      : [],
  );
  assert.deepEqual(counted.sort(), [...safeguardingIndicators].sort());
  const places = Object.values(declareTables(around)).flatMap((declared) => declared.places);
  assert.deepEqual(places.map(({ indicator }) => indicator).sort(), [...safeguardingIndicators].sort());
});

test('of thirty operations no exact count, no number below five and no reference is kept', async () => {
  const random = chance(16);
  let numbers = 0;
  for (let round = 0; round < 30; round += 1) {
    const invented = inventRecords(random);
    const more = Math.floor(random() * 20);
    const records = { ...invented, facts: [...invented.facts, ...advised('more', more, 'Watford', 'health')] };
    const kept = await count(records);
    const hidden = new Set([...records.facts, ...records.referrals].map(({ id }) => id));
    assert.ok(!kept.counted.countedRecords.some(({ id, kind }) => hidden.has(id) || kind === 'NRM referral'));
    const written = JSON.stringify([kept.counted, kept.populations, kept.releases]);
    for (const { id, person } of records.facts)
      assert.ok(!written.includes(id) && !written.includes(person), 'not even in the safeguarding database');
    for (const indicator of safeguardingIndicators) {
      const figure = kept.counted.figures[indicator];
      const cells = Object.values(figure?.breakdowns ?? {}).flatMap((parts) => parts ?? []);
      for (const quantity of figure ? [figure.total, ...cells.map((cell) => cell.quantity)] : []) {
        if (quantity.kind === 'words') assert.deepEqual(quantity, fewerThanFive);
        else assert.ok(quantity.kind === 'number' && quantity.qualifier === 'about' && quantity.value % 5 === 0);
        numbers += 1;
      }
    }
    for (const check of controlChecks(checkCount(records, countIndicators(latest, records)))) {
      if (!check.figures.some((one) => (safeguardingIndicators as readonly string[]).includes(one))) continue;
      assert.deepEqual(check.records, []);
      assert.doesNotMatch(check.found ?? '', /\d/);
    }
  }
  assert.ok(numbers > 100, `${numbers} numbers`);
});

test('a whole below five is said as fewer than five, of nobody too, and its parts are left out', async () => {
  for (const many of [0, 1, 4]) {
    const { figures } = (await count({ ...empty, facts: advised('a', many, 'Ware', 'health') })).counted;
    assert.deepEqual(figures['people.advised'], {
      indicator: 'people.advised',
      total: fewerThanFive,
      breakdowns: {},
    });
  }
});

test('parts by town add up to the whole, and kinds of advice overlap', async () => {
  const facts = [...advised('a', 7, 'Ware', 'health', 'rights at work'), ...advised('b', 13, 'Watford', 'health')];
  const made = await count({ ...empty, facts });
  const figure = made.counted.figures['people.advised'];
  assert.deepEqual(figure?.total, about(20));
  const sum = figure?.breakdowns.byTown?.reduce((all, { quantity }) => all + (quantity as { value: number }).value, 0);
  assert.equal(sum, 20);
  const health = figure?.breakdowns.byAdvice?.find(({ of }) => of.advice === 'health');
  assert.deepEqual(health?.quantity, about(20));
});

test('a second count one person later shows the numbers of the first, and says so', async () => {
  const some = advised('a', 12, 'Ware', 'health');
  const first = await count({ ...empty, facts: some });
  const later = { ...empty, facts: [...some, ...advised('one more', 1, 'Watford', 'sexual health')] };
  const second = await count(later, first.all, '2026-09-20');
  assert.deepEqual(second.counted.figures['people.advised'], first.counted.figures['people.advised']);
  assert.deepEqual(second.releases, [], 'nothing new was shown');
  const state = stateOf(second, 'people advised');
  assert.deepEqual([state?.state, state?.countedOn, state?.release], ['unchanged', '2026-09-18', 0]);

  // What the auditor says of the table that the second count would have shown alone.
  const alone = await count(later);
  const tables = (made: typeof alone) => made.releases.find(({ population }) => population === 'people advised');
  const cases = toCases([tables(first)?.cases ?? [], tables(alone)?.cases ?? []]);
  const releases = [tables(first), tables(alone)].flatMap((one) => (one ? [one.tables] : []));
  assert.ok((await audit({ releases, cases })).some(({ problem }) => problem === 'few changes'));
});

test('after five more people the numbers are new, and safe together with those before', async () => {
  const some = advised('a', 9, 'Ware', 'health');
  const first = await count({ ...empty, facts: some });
  const more = [...some, ...advised('b', 6, 'Watford', 'health')];
  const second = await count({ ...empty, facts: more }, first.all, '2026-09-20');
  assert.deepEqual(stateOf(second, 'people advised')?.state, 'protected');
  assert.deepEqual(totalOf(second.counted.figures, 'people.advised'), about(15));
  const own = second.all.filter(({ population }) => population === 'people advised');
  const cases = toCases(own.map((release) => release.cases));
  assert.equal(new Set(cases.map(({ unit }) => unit)).size, 15);
  assert.deepEqual(await audit({ releases: own.map(({ tables }) => tables), cases }), []);
});

test('needs of fewer than five people are not shown, however many they are', async () => {
  const few = await count({ ...empty, facts: needing('a', 3, 'shelter', 'health', 'money') });
  assert.equal(few.counted.figures['needs.recorded'], undefined);
  const nobody = await count(empty);
  assert.equal(nobody.counted.figures['needs.recorded'], undefined, 'nor of nobody');
  const many = await count({ ...empty, facts: needing('a', 6, 'shelter', 'health', 'money') });
  assert.deepEqual(totalOf(many.counted.figures, 'needs.recorded')?.kind, 'number');
  const soon = await count({ ...empty, facts: needing('a', 6, 'shelter', 'health', 'money') }, few.all);
  assert.equal(soon.counted.figures['needs.recorded'], undefined, 'three people more');
});

test('without time for the solver nothing new is shown, and the return says why', async () => {
  const records = { ...empty, facts: advised('a', 12, 'Ware', 'health', 'safety') };
  const made = await protectCount(countIndicators(latest, records), records, {
    ...{ around, earlier: [], today: '2026-09-18', seconds: 0 },
  });
  assert.equal(made.counted.figures['people.advised'], undefined);
  const { state, why, certified } = made.populations.find(({ population }) => population === 'people advised') ?? {};
  assert.deepEqual([state, why, certified], ['refused', 'not finished', null]);
});

test('the same records in any order give the same bytes', async () => {
  const facts = [...advised('a', 7, 'Ware', 'health'), ...advised('b', 6, 'Watford', 'safety')];
  const texts = new Set<string>();
  for (const order of [facts, facts.toReversed(), [...facts.slice(5), ...facts.slice(0, 5)]]) {
    const { counted, populations: all, releases } = await count({ ...empty, facts: order });
    texts.add(JSON.stringify([counted.figures, all, releases]));
  }
  assert.equal(texts.size, 1);
});

test('a person whose codes changed is one change, not two', () => {
  const unit = (town: string) => ({ facts: [{ town }], agency: null });
  const cases = toCases([
    countAlike(['Ware', 'Ware', 'Watford'].map(unit)),
    countAlike(['Ware', 'Watford', 'Watford'].map(unit)),
  ]);
  const changed = cases.filter(({ from, until }) => from === 1 || until === 1);
  assert.equal(changed.length, 2);
  assert.equal(new Set(changed.map((one) => one.unit)).size, 1);
});
