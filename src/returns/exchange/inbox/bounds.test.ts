import assert from 'node:assert/strict';
import { test } from 'node:test';
import { idNamed, type Said } from '../document/examples.ts';
import { addBreakdowns } from './breakdowns.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from './examples.ts';
import { judgeWeek, type Reporter } from './inbox.ts';
import { listLikelyPairs, type PairAnswer } from './joint-visits.ts';
import { addReturns, rollUp } from './roll-up.ts';
import { formatTotal } from './words.ts';

const window = '2026-09-23T12:00:00Z';
function addedOf(sent: readonly (readonly [Reporter, Said])[]) {
  const reporters = sent.map(([reporter]) => reporter);
  const documents = sent.map(([reporter, said]) => keptReturn(reporter, said));
  const keys = reporters.map((one) => keyOf(one));
  const { counted } = judgeWeek(exampleWeek({ reporters }), { keys, documents }, new Date(window));
  assert.equal(counted.length, sent.length, 'every return counts');
  return rollUp({ counted }, new Map()).added;
}
const lineIn = (town: string, day = '2026-09-15') => ({ day, town, kind: 'nail bar', visits: 1, premises: 1 });
const towns = ['Ashdon', 'Brockley', 'Cranham', 'Dunmow', 'Elstree', 'Fyfield', 'Gosfield', 'Hatfield'];
const about = (indicator: string, value: number) => ({
  [indicator]: { indicator, total: { kind: 'number', value, qualifier: 'about' }, breakdowns: {} },
});

/** The week that a user walked: two returns of 8 visits at the same eight places, 13 spoken to and about 10 advised in each. */
function walkedWeek() {
  const figure = (indicator: string, value: number) => ({
    [indicator]: { indicator, total: { kind: 'number', value, qualifier: 'exact' }, breakdowns: {} },
  });
  const byTown = {
    'premises.visited': {
      indicator: 'premises.visited',
      total: { kind: 'number', value: 8, qualifier: 'exact' },
      breakdowns: {
        byTown: towns.map((town) => ({ of: { town }, quantity: { kind: 'number', value: 1, qualifier: 'exact' } })),
      },
    },
  };
  const of = (arrests: number) =>
    ({
      visits: towns.map((town) => lineIn(town)),
      figures: {
        ...{ ...byTown, ...figure('visits.made', 8), ...figure('people.spokenTo', 13) },
        ...{ ...figure('arrests.made', arrests), ...about('people.advised', 10), ...figure('people.deployed', 6) },
      },
    }) as unknown as Said;
  return addedOf([
    [lea, of(5)],
    [stort, of(4)],
  ]);
}
const decide = (added: ReturnType<typeof addedOf>, many: number, answer: PairAnswer = 'same') =>
  new Map(
    listLikelyPairs(added)
      .slice(0, many)
      .map(({ key }) => [key, answer] as const),
  );

test('no total is less than one return alone says, however many joint visits are decided', () => {
  const added = walkedWeek();
  for (const many of [0, 2, 7, 8]) {
    const totals = addReturns(added, decide(added, many));
    const says = (name: string): string => {
      const total = totals.get(name);
      return total ? formatTotal(total) : '';
    };
    assert.equal(says('people.spokenTo'), 'between 13 and 26', `${many} decided`);
    assert.equal(says('arrests.made'), 'between 5 and 9', `${many} decided`);
    assert.equal(says('visits.made'), many === 8 ? '8' : `between 8 and ${16 - many}`);
  }
});

test('people advised and people who attended are between two numbers while a visit may be joint', () => {
  const added = walkedWeek();
  for (const many of [0, 7]) {
    const totals = addReturns(added, decide(added, many));
    const [advised, deployed] = ['people.advised', 'people.deployed'].map((name) => totals.get(name));
    assert.equal(advised && formatTotal(advised), 'between about 10 and about 20');
    assert.equal(deployed && formatTotal(deployed), 'between 6 and 12');
  }
  const apart = addReturns(added, decide(added, 8, 'different')).get('people.advised');
  assert.equal(apart && formatTotal(apart), 'about 20');
});

test('premises by town are taken off with the joint visit, and the parts are the total', () => {
  const added = walkedWeek();
  const decisions = decide(added, 7);
  const last = listLikelyPairs(added).at(-1);
  decisions.set(last?.key ?? '', 'different');
  const [parts] = addBreakdowns(added, decisions);
  const sums = parts?.parts.map(({ sum }) => [sum.least, sum.most, sum.about]);
  assert.deepEqual(sums, [[2, 2, null], ...Array.from({ length: 7 }, () => [1, 1, null])]);
  const total = addReturns(added, decisions).get('premises.visited');
  assert.deepEqual([total && formatTotal(total), parts?.isWrong], ['9', false]);
  const wrong = new Map([['premises.visited', { value: 16, qualifier: 'exact' as const }]]);
  assert.equal(addBreakdowns(added, decisions, wrong)[0]?.isWrong, true, 'sixteen is no total of nine');
});

test('two returns that share no visit are added, though a third shares one with each', () => {
  const third: Reporter = { ...lea, name: 'Third Police' };
  const of = (value: number, ...places: string[]): Said => ({
    counts: { 'visits.made': 4, 'people.spokenTo': value },
    visits: places.map((town) => lineIn(town)),
  });
  const added = addedOf([
    [lea, of(5, 'Ashdon')],
    [stort, of(6, 'Ashdon', 'Brockley')],
    [third, of(7, 'Brockley')],
  ]);
  const total = addReturns(added, new Map()).get('people.spokenTo');
  assert.equal(total && formatTotal(total), 'between 12 and 18');
});

/** Small random numbers that repeat. */
function chance(seed: number): (below: number) => number {
  let state = seed * 7_919 + 1;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

/** Every way in which so many people can be in the lists of so many forces, where only forces that are linked met the same person. */
function tryAll(values: readonly number[], linked: (one: number, other: number) => boolean): readonly [number, number] {
  const groups = Array.from({ length: 2 ** values.length - 1 }, (_, index) =>
    values.flatMap((_value, one) => ((index + 1) & (1 << one) ? [one] : [])),
  ).filter((group) => group.every((one, at) => group.slice(at + 1).every((other) => linked(one, other))));
  let [fewest, most] = [Number.POSITIVE_INFINITY, 0];
  const place = (left: readonly number[], from: number, people: number): void => {
    if (left.every((one) => one === 0)) {
      fewest = Math.min(fewest, people);
      most = Math.max(most, people);
    }
    for (let next = from; next < groups.length; next += 1) {
      const group = groups[next] ?? [];
      if (group.some((one) => left[one] === 0)) continue;
      place(
        left.map((one, index) => (group.includes(index) ? one - 1 : one)),
        next,
        people + 1,
      );
    }
  };
  place(values, 0, 0);
  return [fewest, most];
}

test('in 100 small weeks the ends are the fewest and the most people of all ways to share them', () => {
  let between = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const next = chance(seed);
    const many = 2 + next(3);
    const values = Array.from({ length: many }, () => 1 + next(3));
    const forces = values.map((_, one): Reporter => ({ ...lea, name: `Force ${one}` }));
    const visits: (typeof lineIn extends (...of: never[]) => infer Line ? Line : never)[][] = values.map(() => []);
    const kinds = new Map<string, 'same' | 'different' | 'open'>();
    for (let one = 0; one < many; one += 1)
      for (let other = one + 1; other < many; other += 1) {
        if (next(2) === 0) continue;
        const line = lineIn(`${towns[kinds.size % towns.length]}`, `2026-09-1${4 + Math.floor(kinds.size / 8)}`);
        visits[one]?.push(line);
        visits[other]?.push(line);
        kinds.set(`${one} ${other}`, (['same', 'different', 'open'] as const)[next(3)] ?? 'open');
      }
    const made = visits.map((own) => own.length + next(2));
    const added = addedOf(
      forces.map((force, one) => [
        force,
        { visits: visits[one] ?? [], counts: { 'people.spokenTo': values[one] ?? 0, 'visits.made': made[one] ?? 0 } },
      ]),
    );
    const numberOf = (name: string): number => Number(name.split(' ').at(-1));
    const decisions = new Map(
      listLikelyPairs(added).flatMap(({ key, groups }) => {
        const pair = groups.map(({ from }) => numberOf(from.reporter.name)).sort();
        const kind = kinds.get(pair.join(' '));
        return kind === 'same' || kind === 'different' ? [[key, kind] as const] : [];
      }),
    );
    const totals = addReturns(added, decisions);
    const linked = (one: number, other: number): boolean =>
      ['same', 'open'].includes(kinds.get([one, other].sort().join(' ')) ?? '');
    const spoken = totals.get('people.spokenTo');
    const said = [spoken?.least ?? spoken?.value, spoken?.value];
    assert.deepEqual(said, tryAll(values, linked), `week ${seed}: ${values} ${[...kinds]}`);
    if (said[0] !== said[1]) between += 1;
    // Each decided visit is one less, and each open one may be.
    const all = made.reduce((sum, one) => sum + one, 0);
    const count = (kind: string): number => [...kinds.values()].filter((one) => one === kind).length;
    const visitsMade = totals.get('visits.made');
    const [least = 0, most = 0] = [visitsMade?.least ?? visitsMade?.value, visitsMade?.value];
    assert.equal(most, all - count('same'), `visits of week ${seed}`);
    assert.ok(least <= most - count('open') && least >= Math.max(...made), `visits of week ${seed}: ${least}`);
  }
  assert.ok(between > 40, `${between} weeks with two ends`);
});

test('in 100 small weeks with premises visited on two days the true numbers lie within', () => {
  let tried = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const next = chance(seed);
    const days = ['2026-09-15', '2026-09-16'];
    const forces = [0, 1, 2].slice(0, 2 + next(2));
    const went = forces.map(() =>
      towns.slice(0, 3).flatMap((town) => days.filter(() => next(2) === 1).map((day) => lineIn(town, day))),
    );
    const at = ({ town, day }: { town: string; day: string }): string => `${town} ${day}`;
    const premisesOf = (lines: readonly { town: string }[]): Set<string> => new Set(lines.map(({ town }) => town));
    // Premises that two forces visited on different days alone are nobody's joint visit.
    const isTold = forces.every((one) =>
      forces.every((other) =>
        [...premisesOf(went[one] ?? [])].every(
          (town) =>
            !premisesOf(went[other] ?? []).has(town) ||
            (went[one] ?? []).some(
              (line) => line.town === town && (went[other] ?? []).some((is) => at(is) === at(line)),
            ),
        ),
      ),
    );
    if (!isTold || went.some((lines) => lines.length === 0)) continue;
    tried += 1;
    const hasReference = (line: { town: string; day: string }): boolean => (at(line).length + seed) % 2 === 0;
    const added = addedOf(
      forces.map((one) => {
        const lines = went[one] ?? [];
        return [
          { ...lea, name: `Force ${one}` },
          {
            ...{ visits: lines, operation: { id: idNamed(`operation ${one}`), name: `Operation ${one}` } },
            counts: { 'visits.made': lines.length, 'premises.visited': premisesOf(lines).size },
            jointVisits: lines
              .filter(
                (line) => hasReference(line) && went.filter((is) => is.some((two) => at(two) === at(line))).length > 1,
              )
              .map(({ day, town, kind }) => ({
                ...{ reference: `JV-${town.toUpperCase().slice(0, 2)}${day.slice(-2)}-2345`, day, town, kind },
                counts: { 'visits.made': 1, 'premises.visited': 1 },
              })),
          },
        ];
      }),
    );
    const pairs = listLikelyPairs(added);
    const decisions = new Map(pairs.filter(() => next(2) === 0).map(({ key }) => [key, 'same'] as const));
    const totals = addReturns(added, decisions);
    const lines = went.flat();
    const truth = { 'visits.made': new Set(lines.map(at)).size, 'premises.visited': premisesOf(lines).size };
    for (const [name, number] of Object.entries(truth)) {
      const total = totals.get(name);
      const [least = 0, most = 0] = [total?.least ?? total?.value, total?.value];
      assert.ok(least <= number && number <= most, `week ${seed}: ${name} is ${number}, not ${least} to ${most}`);
      if (name === 'visits.made' && decisions.size === pairs.length) assert.equal(most, number, `week ${seed}`);
    }
  }
  assert.ok(tried > 15, `${tried} weeks`);
});
