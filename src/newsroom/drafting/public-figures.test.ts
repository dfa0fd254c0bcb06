import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type Cell,
  exactly,
  type Figure,
  type Figures,
  type Quantity,
  type SignedReturn,
} from '../../vocabulary/figures.ts';
import { listOfferedFigures } from '../figure-brackets/figure-list.ts';
import { draftRelease } from './draft.ts';
import { extras, signedReturn } from './examples.ts';
import { fillPlaceholders } from './placeholder.ts';
import { applyPolicy, placesThatMayBeNamed } from './public-figures.ts';
import { findPolicyOn, getPolicy, keys, publicationPolicies, readPolicies, ruleFor } from './publication-policy.ts';
import { listStatedFigures } from './stated-figures.ts';

const now = getPolicy('in force from 2026');
const then = getPolicy('as practised in 2019');

test('each day has the policy of that day, and days before the first have none', () => {
  assert.equal(findPolicyOn('2018-12-31'), undefined);
  assert.equal(findPolicyOn('2019-09-25')?.name, then.name);
  assert.equal(findPolicyOn('2025-12-31')?.name, then.name);
  assert.equal(findPolicyOn('2026-01-01')?.name, now.name);
  assert.equal(findPolicyOn('2031-01-01')?.name, now.name);
  assert.equal(now.approval, 'another agency');
});

test('the policy in force has a named rule, with why and source, for every figure and every fact', () => {
  for (const key of keys) assert.notEqual(ruleFor(now, key).name, now.otherwise.name, key);
  for (const { rules } of publicationPolicies()) {
    assert.equal(new Set(rules.map(({ name }) => name)).size, rules.length);
    for (const rule of rules) assert.ok(rule.why.length > 20 && rule.source.length > 5, rule.name);
  }
});

test('what no rule names stays in', () => {
  const bare = { ...now, rules: [] };
  const told = applyPolicy(signedReturn, bare);
  assert.deepEqual(told.figures, {});
  assert.deepEqual(told.facts.partners, []);
  assert.equal(told.facts.codeName, '');
  assert.ok(told.withheld.every(({ effect, rule }) => effect === 'withheld' && rule === now.otherwise.name));
});

test('a policy that contradicts itself, hides the area or leaves a gap in time is refused', () => {
  const policy = (name: string, from: string, to: string | null, rules: string): string =>
    `- { name: ${name}, from: ${from}, to: ${to}, approval: another person, otherwise: { name: o, effect: told, why: w, source: s }, rules: [${rules}] }\n`;
  const rule = (concerns: string, effect: string): string =>
    `{ name: r, concerns: [${concerns}], effect: ${effect}, why: w, source: s }`;
  assert.equal(readPolicies(policy('a', '2019-01-01', 'null', rule('arrests.made', 'told'))).length, 1);
  const faulty = [
    policy('a', '2019-01-01', null, `${rule('arrests.made', 'told')}, ${rule('arrests.made', 'withheld')}`),
    policy('a', '2019-01-01', null, rule('facts.area', 'withheld')),
    policy('a', '2019-01-01', null, rule('arrests.moon', 'told')),
    policy('a', '2019-01-01', null, rule('arrests.made', 'coarsened')),
    policy('a', '2019-02-30', null, ''),
    policy('a', '2019-01-01', '2020-01-01', '') + policy('b', '2019-06-01', null, ''),
    policy('a', '2019-01-01', '2020-01-01', ''),
  ];
  for (const text of faulty) assert.throws(() => readPolicies(text), text);
});

const with_ = (figures: Figures): SignedReturn => ({
  ...signedReturn,
  figures: { ...signedReturn.figures, ...figures },
});

test('counts of people encountered appear as nought, without a number, as several, or to the nearest five', () => {
  const cases: readonly (readonly [Quantity, Quantity | undefined])[] = [
    [exactly(0), exactly(0)],
    [exactly(1), undefined],
    [exactly(2), undefined],
    [exactly(3), { kind: 'words', words: 'several' }],
    [exactly(9), { kind: 'words', words: 'several' }],
    [exactly(10), { kind: 'number', value: 10, qualifier: 'about' }],
    [exactly(43), { kind: 'number', value: 45, qualifier: 'about' }],
    [
      { kind: 'number', value: 4, qualifier: 'at least' },
      { kind: 'words', words: 'several' },
    ],
    [
      { kind: 'words', words: 'several' },
      { kind: 'words', words: 'several' },
    ],
    [{ kind: 'not known' }, { kind: 'not known' }],
  ];
  for (const [total, expected] of cases) {
    const told = applyPolicy(with_({ 'people.advised': { indicator: 'people.advised', total, breakdowns: {} } }), now);
    assert.deepEqual(told.figures['people.advised']?.total, expected);
    assert.equal(told.happened.has('people.advised'), expected === undefined);
  }
});

test('parts of a total that was coarsened stay in, for they would give it away', () => {
  const figure = {
    indicator: 'people.advised',
    total: exactly(6),
    breakdowns: { byTown: [{ of: { town: 'Ware' }, quantity: exactly(6) }] },
  } as const;
  const open = {
    ...now,
    rules: now.rules.map((rule) => ({
      ...rule,
      concerns: rule.concerns.filter((key) => key !== 'people.advised.byTown'),
    })),
  };
  const told = applyPolicy(with_({ 'people.advised': figure }), {
    ...open,
    otherwise: { ...now.otherwise, effect: 'told' },
  });
  assert.deepEqual(told.figures['people.advised']?.breakdowns, {});
  assert.ok(told.withheld.some(({ key }) => key === 'people.advised.byTown'));
});

test('immigration officers are named only when somebody has decided so by name', () => {
  const undecided = applyPolicy(signedReturn, now);
  assert.deepEqual(undecided.unnamed, ['Immigration and Border Compliance East']);
  assert.equal(undecided.facts.partners.length, 4);
  assert.equal(applyPolicy(signedReturn, now, extras.decisions).facts.partners.length, 5);
  assert.equal(applyPolicy(signedReturn, then).facts.partners.length, 5);
});

test('while immigration officers stay unnamed, no arrest or visit tells of immigration', () => {
  const powers = {
    indicator: 'visits.made',
    total: exactly(8),
    breakdowns: { byPower: [{ of: { power: 'immigration warrant' }, quantity: exactly(8) }] },
  } as const;
  const many = signedReturn.figures['arrests.made'];
  assert.ok(many);
  const five = (of: object) => ({ of, quantity: exactly(5) });
  const arrests = {
    ...many,
    total: exactly(5),
    breakdowns: {
      byKind: [five({ kind: 'administrative immigration' })],
      byMatter: [five({ matter: 'immigration matters' })],
    },
  };
  const signed = with_({ 'visits.made': powers, 'arrests.made': arrests });
  const parts = (policyDecisions = extras.decisions, of = signed) => {
    const { figures } = applyPolicy(of, now, policyDecisions);
    const arrests = figures['arrests.made']?.breakdowns;
    return [arrests?.byMatter, arrests?.byKind, figures['visits.made']?.breakdowns.byPower].map(Boolean);
  };
  assert.deepEqual(parts(), [true, true, true], 'a named person decided');
  assert.deepEqual(parts([]), [false, false, false]);
  assert.equal(applyPolicy(signed, now).figures['arrests.made']?.total, signed.figures['arrests.made']?.total);
  const alone = { ...signed, facts: { ...signed.facts, partners: [] } };
  assert.deepEqual(parts([], alone), [true, true, true], 'they took no part');
});

const arrestsBy = (total: number, breakdowns: Readonly<Record<string, Readonly<Record<string, number>>>>): Figure => ({
  indicator: 'arrests.made',
  total: exactly(total),
  breakdowns: Object.fromEntries(
    Object.entries(breakdowns).map(([breakdown, parts]) => [
      breakdown,
      Object.entries(parts).map(([part, value]) => ({
        of: { [breakdown.slice(2).toLowerCase()]: part },
        quantity: exactly(value),
      })),
    ]),
  ),
});
const told = (arrests: Figure) => applyPolicy(with_({ 'arrests.made': arrests }), now, extras.decisions);

test('sex is told only where every arrest was for a crime; ages and homes never', () => {
  const parts = { bySex: { female: 6, male: 5 } };
  const isSexTold = (byKind: Readonly<Record<string, number>>): boolean =>
    told(arrestsBy(11, { ...parts, byKind })).figures['arrests.made']?.breakdowns.bySex !== undefined;
  assert.equal(isSexTold({ criminal: 11 }), true);
  assert.equal(isSexTold({ criminal: 6, 'administrative immigration': 5 }), false);
  assert.equal(applyPolicy(signedReturn, now).figures['arrests.made']?.breakdowns.bySex, undefined);
  assert.equal(applyPolicy(signedReturn, now).figures['arrests.made']?.breakdowns.bySexAgeResidence, undefined);
});

test('parts of people arrested are told where none is of one to four, and else the writer reads why', () => {
  const all = { byKind: { criminal: 11 }, byMatter: { drugs: 9, theft: 2 } };
  const partsTold = (total: number, parts: Readonly<Record<string, Readonly<Record<string, number>>>>) => {
    const { figures, withheld } = told(arrestsBy(total, { ...all, byKind: { criminal: total }, ...parts }));
    const why = withheld.filter(({ rule }) => rule === 'no part of one to four people').map(({ key }) => key);
    return [Object.keys(figures['arrests.made']?.breakdowns ?? {}), why];
  };
  const [sex, status, kind] = ['arrests.made.bySex', 'arrests.made.byStatus', 'arrests.made.byKind'];
  assert.deepEqual(partsTold(11, { bySex: { female: 6, male: 5 } }), [['byKind', 'byMatter', 'bySex'], []]);
  assert.deepEqual(partsTold(11, { bySex: { female: 11, male: 0 } }), [['byKind', 'byMatter', 'bySex'], []]);
  for (const bySex of [{ female: 10, male: 1 }, { female: 7, male: 4 }, { female: 7 }])
    assert.deepEqual(partsTold(11, { bySex }), [['byKind', 'byMatter'], [sex]], JSON.stringify(bySex));
  assert.deepEqual(partsTold(11, { byStatus: { 'in custody': 9, bailed: 2 } }), [['byKind', 'byMatter'], [status]]);
  assert.deepEqual(partsTold(4, {}), [['byMatter'], [kind]], 'reasons keep their exact numbers');
  const unknown = arrestsBy(11, { byKind: { criminal: 11 } });
  const rough: Figure = {
    ...unknown,
    breakdowns: { ...unknown.breakdowns, bySex: [{ of: { sex: 'female' }, quantity: { kind: 'not known' } }] },
  };
  assert.equal(told(rough).figures['arrests.made']?.breakdowns.bySex, undefined);
  const small = told(arrestsBy(11, { ...all, bySex: { female: 10, male: 1 } }));
  const asked = { edition: 'an edition', definitionOf: (indicator: string) => indicator };
  const typed = ['{{arrests.made.bySex}}', '{{arrests.made.byStatus}}'];
  assert.deepEqual(listStatedFigures(typed, small, asked), []);
  assert.match(fillPlaceholders(typed[0] ?? '', small)[0]?.problem ?? '', /no part of one to four people/);
  assert.deepEqual(
    listOfferedFigures(small)
      .flatMap(({ placeholders }) => placeholders)
      .filter((one) => /bySex|byStatus/.test(one)),
    [],
  );
  assert.doesNotMatch(draftRelease(small.counted, now, extras).body, /bySex|byStatus/);
});

test('signs are told in total unless every visit saw one', () => {
  const signs = (made: number, seen: number): Figures => ({
    'visits.made': { indicator: 'visits.made', total: exactly(made), breakdowns: {} },
    'visits.withSigns': { indicator: 'visits.withSigns', total: exactly(seen), breakdowns: {} },
    'visits.withoutSigns': { indicator: 'visits.withoutSigns', total: exactly(made - seen), breakdowns: {} },
  });
  assert.ok(applyPolicy(with_(signs(8, 3)), now).figures['visits.withSigns']);
  assert.ok(applyPolicy(with_(signs(8, 0)), now).figures['visits.withoutSigns']);
  assert.equal(applyPolicy(with_(signs(8, 8)), now).figures['visits.withSigns'], undefined);
  assert.equal(applyPolicy(with_(signs(8, 8)), now).figures['visits.withoutSigns'], undefined);
});

const towns = ['Ware', 'Hoddesdon', 'Tring'] as const;
const cellsOf = (counts: readonly number[]): Cell[] =>
  towns.flatMap((town, index) => (counts[index] ? [{ of: { town }, quantity: exactly(counts[index] ?? 0) }] : []));
const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** Every way to put so many addresses into three towns, at most so many in each. */
function* ways(limits: readonly number[]): Generator<number[]> {
  const [limit, ...rest] = limits;
  if (limit === undefined) yield [];
  else for (let count = 0; count <= limit; count += 1) for (const others of ways(rest)) yield [count, ...others];
}

test('a reader who knows the rule cannot prove that a town named had a single address, over every small return', () => {
  const worlds = new Map<string, { visited: number[]; arrests: number[] }[]>();
  let count = 0;
  for (const visited of ways([7, 7, 7])) {
    if (sum(visited) === 0 || sum(visited) > 7) continue;
    for (const arrests of ways(visited)) {
      count += 1;
      const signed = with_({
        'premises.visited': {
          indicator: 'premises.visited',
          total: exactly(sum(visited)),
          breakdowns: { byTown: cellsOf(visited) },
        },
        'arrests.premises': {
          indicator: 'arrests.premises',
          total: exactly(sum(arrests)),
          breakdowns: { byTown: cellsOf(arrests) },
        },
      });
      const { figures } = applyPolicy(signed, now);
      const published = JSON.stringify([figures['premises.visited'], figures['arrests.premises']]);
      const group = worlds.get(published) ?? [];
      group.push({ visited, arrests });
      worlds.set(published, group);
    }
  }
  assert.ok(count > 1000);
  for (const [published, group] of worlds) {
    for (const [index, town] of towns.entries()) {
      if (!published.includes(town)) continue;
      assert.ok(
        group.some(({ visited }) => visited[index] !== 1),
        `${town} had one address: ${published}`,
      );
      // In a week that went to one town alone, its name tells nothing more than the area does.
      if (group.every(({ visited }) => visited.filter((one) => one > 0).length === 1)) continue;
      assert.ok(
        group.some(({ arrests }) => arrests[index] !== 1),
        `${town} had one address of arrest: ${published}`,
      );
    }
  }
});

test('the week of the model is told at this grain: eight in three towns by name, arrests at two addresses in one', () => {
  assert.deepEqual(placesThatMayBeNamed(signedReturn.figures), {
    visited: 'the towns by name',
    arrests: 'each town by number',
  });
});
