import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly, type Figures, type Indicator, type Quantity } from '../../vocabulary/figures.ts';
import { audit, fewer, protect } from '../disclosure-control/index.ts';
import { countAlike, toCases } from './case-history.ts';
import { type Check, holdToCounted } from './checks.ts';
import type { Counted, Records } from './counting.ts';
import { declareTables } from './declared-tables.ts';
import { protectCount } from './disclosure-control.ts';
import { giveFigures, giveLedger, type LedgerNumber, listKnown } from './numbers-around.ts';
import { describeProtection } from './protection-notices.ts';

const around = { towns: ['Ware', 'Watford'], organisations: [], responders: [] };
const declared = declareTables(around)['people who declined police'];
const inWords = (words: string): Quantity => ({ kind: 'words', words });
const about = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'about' });

/** So many people who did not wish to speak to police, all in one town. */
const declined = (many: number): Pick<Records, 'facts'> => ({
  facts: Array.from({ length: many }, (_, i) => ({
    ...{ id: `fact ${i}`, person: `person ${i}`, town: 'Ware', part: null, indicator: 'people.declinedPolice' },
  })),
});
const figure = (indicator: Indicator, total: Quantity): Figures => ({
  [indicator]: { indicator, total, breakdowns: {} },
});
const casesOf = (many: number) => toCases([countAlike(declared.listUnits(declined(many) as Records))]);

const count = (many: number, spokenTo: Quantity, more: Partial<Parameters<typeof protectCount>[2]> = {}) => {
  const counted: Counted = {
    figures: {
      ...figure('people.declinedPolice', exactly(many)),
      ...figure('people.spokenTo', spokenTo.kind === 'number' ? spokenTo : exactly(14)),
    },
    countedRecords: [],
  };
  const said = { ...counted.figures, ...figure('people.spokenTo', spokenTo) };
  return protectCount(counted, declined(many) as Records, { around, earlier: [], today: '2026-09-18', said, ...more });
};

for (const [many, spokenTo, shown] of [
  [8, 8, undefined],
  [6, 6, undefined],
  [9, 9, 5],
  [8, 14, 10],
  [4, 4, fewer],
  [2, 3, fewer],
] as const)
  test(`${many} of ${spokenTo} people spoken to: shown as ${shown ?? 'nothing'}, and nobody can tell how many it was`, async () => {
    const { declaration } = declared;
    const cases = casesOf(many);
    const elsewhere = listKnown(declared, cases, giveFigures(figure('people.spokenTo', exactly(spokenTo)), 0));
    const protection = await protect({ declaration, cases, elsewhere });
    assert.equal(protection.state, 'protected');
    const { tables } = protection as Extract<typeof protection, { state: 'protected' }>;
    assert.equal(tables.cells[0]?.shown, shown ?? 'not shown');
    assert.deepEqual(await audit({ releases: [tables], cases, elsewhere }), []);
    if (shown !== undefined && shown !== 5) return;
    // The attack: what was shown while nobody told the auditor of the people spoken to.
    const alone = await protect({ declaration, cases });
    assert.equal(alone.state, 'protected');
    const releases = [(alone as Extract<typeof alone, { state: 'protected' }>).tables];
    assert.deepEqual(
      (await audit({ releases, cases, elsewhere })).map(({ problem }) => problem),
      ['narrow'],
    );
  });

test('a count that cannot be shown beside an exact one says which to say in words, and is shown when it is', async () => {
  const exact = await count(8, exactly(8));
  assert.equal(exact.counted.figures['people.declinedPolice'], undefined);
  const [why] = describeProtection({ figures: exact.counted.figures, protection: exact.populations }, [
    'people.declinedPolice',
  ]);
  assert.match(why ?? '', /beside “people spoken to at a visit”.*Say that figure in words or rounded, and count again/);
  const said = await count(8, inWords('a dozen or so'));
  assert.deepEqual(said.counted.figures['people.declinedPolice']?.total, about(10));
  assert.deepEqual(
    said.checks.map(({ says, countedAs }) => [says, countedAs]),
    [
      [
        '“people spoken to at a visit” is said no more exactly than when the figures were counted',
        inWords('a dozen or so'),
      ],
    ],
  );
});

test('an exact number that would give an earlier count away stops the signature', async () => {
  const first = await count(8, exactly(14));
  const earlier = first.releases.map((release) => ({ ...release, countedAt: new Date('2026-09-18T10:00:00Z') }));
  const corrected = await count(8, exactly(8), { earlier });
  assert.deepEqual(
    corrected.checks.map(({ stops, holds, figures }) => [stops, holds, figures]),
    [['signing', false, ['people.spokenTo']]],
  );
  assert.deepEqual((await count(8, exactly(14), { earlier })).checks, [], 'the same number again tells nothing new');
  for (const [words, isEnough] of [
    ['several', false], // at most nine: beside about ten that leaves six to nine
    ['a dozen or so', true],
  ] as const)
    assert.equal(
      (await count(8, inWords(words), { earlier })).checks.every(({ holds }) => holds),
      isEnough,
      words,
    );
});

const ledger = (source: 'return' | 'release', hours: string, part: string, quantity: Quantity): LedgerNumber => ({
  ...{ source, sourceId: source, version: 1, indicator: 'people.spokenTo', part, quantity },
  at: new Date(`2026-09-18T${hours}:00Z`),
});

test('numbers of the ledger are known of the count that stood then: of releases the exact ones, withdrawn or not', () => {
  const times = ['10:00', '14:00'].map((hours) => new Date(`2026-09-18T${hours}:00Z`));
  const cases = [...casesOf(8), ...casesOf(4).map((one) => ({ ...one, from: 1 }))];
  const known = (...numbers: LedgerNumber[]) =>
    listKnown(declared, cases, giveLedger(numbers, times)).map(({ release, least, most }) => [release, least, most]);
  for (const [numbers, expected] of [
    [[ledger('return', '11:00', 'total', exactly(9))], [[0, 0, 9]]],
    [[ledger('release', '12:00', 'total', exactly(9))], [[0, 0, 9]]],
    [[ledger('release', '12:00', 'total', about(10))], []],
    [[ledger('return', '12:00', 'total', inWords('several'))], [[0, 0, 9]]],
    [[ledger('return', '16:00', 'total', exactly(12))], [[1, 0, 12]]],
    [
      [ledger('return', '14:30', 'total', exactly(12))],
      [
        [0, 0, 12],
        [1, 0, 12],
      ],
    ],
    // The checks of a return say that more people declined than were spoken to.
    [[ledger('return', '11:00', 'total', exactly(5))], [[0, 6, Number.POSITIVE_INFINITY]]],
    [[ledger('release', '11:00', 'total', exactly(5))], []],
    [[ledger('return', '09:00', 'total', exactly(9))], []],
  ] as const)
    assert.deepEqual(known(...numbers), expected, JSON.stringify(numbers));
});

test('towns without anybody spoken to are known to have nobody advised', () => {
  const advised = declareTables(around)['people advised'];
  const facts = ['Ware', 'Ware', 'Watford'].map((town, i) => ({
    ...{ id: `fact ${i}`, person: `person ${i}`, town, part: null, indicator: 'people.advised' },
  }));
  const cases = toCases([countAlike(advised.listUnits({ facts } as unknown as Records))]);
  const spokenTo: Figures = {
    'people.spokenTo': {
      indicator: 'people.spokenTo',
      total: exactly(9),
      breakdowns: { byTown: [{ of: { town: 'Ware' }, quantity: exactly(9) }] },
    },
  };
  assert.deepEqual(
    listKnown(advised, cases, giveFigures(spokenTo, 0)).map(({ of, most }) => [of, most]),
    [
      [{}, 9],
      [{ town: 'Ware' }, 9],
      [{ town: 'not known' }, 0],
    ],
    'somebody was advised in Watford, so a reader who takes nobody for it is wrong',
  );
});

test('a figure that was in words when it was counted cannot be given more exactly without another count', () => {
  const check: Check = {
    ...{ says: '', holds: true, stops: 'signing', found: null, figures: ['people.spokenTo'], records: [] },
    countedAs: about(12),
  };
  for (const [said, holds] of [
    [about(12), true],
    [about(14), true],
    [inWords('a dozen or so'), true],
    [{ kind: 'number', value: 10, qualifier: 'at least' }, true],
    [about(10), false],
    [exactly(12), false],
    [inWords('several'), false],
  ] as const)
    assert.equal(holdToCounted(check, said).holds, holds, JSON.stringify(said));
});
