import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Figure, type Figures, isFewerThanFive, type Quantity } from '../../vocabulary/figures.ts';
import type { Counted, Records } from './counting.ts';
import { type KeptRelease, protectCount } from './disclosure-control.ts';
import { checkAround, describeExactness } from './exact-beside.ts';
import { applyQualifications, mayQualify } from './qualify.ts';

const around = { towns: ['Ware', 'Watford', 'Hemel'], organisations: [], responders: [] };
type ByTown = Readonly<Record<string, number>>;
const exactly = (value: number): Quantity => ({ kind: 'number', value, qualifier: 'exact' });
const sum = (many: ByTown): number => Object.values(many).reduce((all, one) => all + one, 0);

const figureOf = (indicator: Figure['indicator'], many: ByTown): Figure => ({
  indicator,
  total: exactly(sum(many)),
  breakdowns: { byTown: Object.entries(many).map(([town, value]) => ({ of: { town }, quantity: exactly(value) })) },
});

type Helped = 'people.advised' | 'people.declinedPolice';

const factsOf = (indicator: Helped, helped: ByTown): Pick<Records, 'facts'> => ({
  facts: Object.entries(helped).flatMap(([town, many]) =>
    Array.from({ length: many }, (_, i) => ({
      ...{ id: `${town} ${i}`, person: `${town} ${i}`, town, part: null, indicator },
    })),
  ),
});

function count(indicator: Helped, helped: ByTown, met: ByTown, earlier: readonly KeptRelease[] = []) {
  const figures: Figures = {
    [indicator]: figureOf(indicator, helped),
    'people.spokenTo': figureOf('people.spokenTo', met),
  };
  const counted: Counted = { figures, countedRecords: [] };
  const records = factsOf(indicator, helped) as Records;
  return protectCount(counted, records, { around, earlier, today: '2026-09-18' });
}

/** The least and the most that a reader takes from what is said, by the published rule. */
function read(quantity: Quantity | undefined, isWhole: boolean): readonly [number, number] {
  if (quantity?.kind === 'number') {
    const { value, qualifier } = quantity;
    if (qualifier === 'exact') return [value, value];
    if (qualifier === 'at least') return [value, Number.POSITIVE_INFINITY];
    return [value === 5 ? (isWhole ? 5 : 0) : value - 4, value + 4];
  }
  return quantity && isFewerThanFive(quantity) ? [0, 4] : [0, Number.POSITIVE_INFINITY];
}

test('of counts up to twelve among people spoken to, five values stay open or all that the people spoken to leave', async () => {
  let heldBack = 0;
  for (const helped of [0, 1, 4, 5, 6, 9, 10, 12])
    for (const met of [0, 1, 3, 6].map((others) => helped + others)) {
      const { figures } = (await count('people.declinedPolice', { Ware: helped }, { Ware: met })).counted;
      const spoken = figures['people.spokenTo'];
      const [, most] = read(spoken?.total, true);
      const [least, top] = read(figures['people.declinedPolice']?.total, true);
      assert.ok(least <= helped && helped <= top && met <= most, `${helped} of ${met}: true`);
      const open = Math.min(top, most) - least + 1;
      assert.ok(open >= Math.min(5, met + 1), `${helped} of ${met}: ${open} values are left`);
      assert.ok(
        helped === 0 || least === 0 || helped >= 5,
        `${helped} of ${met}: the numbers do not prove that there is somebody`,
      );
      if (spoken?.total.kind !== 'number' || spoken.total.qualifier !== 'exact') heldBack += 1;
    }
  assert.ok(heldBack >= 5 && heldBack < 16, `${heldBack} held back`);
});

for (const [what, helped, met, total, towns] of [
  ['far more were met than advised', { Ware: 8 }, { Ware: 30, Watford: 9, Hemel: 4 }, exactly(43), true],
  [
    'all who were met were advised',
    { Ware: 8 },
    { Ware: 8 },
    { kind: 'number', value: 5, qualifier: 'at least' },
    false,
  ],
  ['five of five', { Ware: 5 }, { Ware: 5 }, { kind: 'number', value: 5, qualifier: 'at least' }, false],
  [
    'nobody was met in Ware: somebody in Hemel',
    { Watford: 3, Hemel: 4 },
    { Watford: 20, Hemel: 20 },
    exactly(40),
    false,
  ],
  ['nobody was met or advised', {}, {}, exactly(0), true],
  ['two of three', { Ware: 2 }, { Ware: 3 }, exactly(3), true],
] as const)
  test(`people spoken to beside people advised: ${what}`, async () => {
    const { counted } = await count('people.advised', helped, met);
    const alone = await count('people.advised', helped, { Ware: 900, Watford: 900, Hemel: 900 });
    assert.deepEqual(counted.figures['people.advised'], alone.counted.figures['people.advised'], 'the table stays');
    const told = counted.figures['people.spokenTo'] as Figure;
    assert.deepEqual(told.total, total);
    assert.equal(told.breakdowns.byTown !== undefined, towns);
    assert.equal(describeExactness(told) === undefined, towns);
  });

test('an exact count that is corrected beside numbers shown before is held back', async () => {
  const first = await count('people.advised', { Ware: 8 }, { Ware: 30 });
  assert.deepEqual(first.counted.figures['people.spokenTo']?.total, exactly(30));
  const earlier = first.releases.map((release) => ({ ...release, countedAt: new Date('2026-09-18T10:00:00Z') }));
  const second = await count('people.advised', { Ware: 8 }, { Ware: 8 }, earlier);
  assert.deepEqual(second.releases, []);
  assert.equal(second.counted.figures['people.spokenTo']?.total.kind, 'number');
  assert.notDeepEqual(second.counted.figures['people.spokenTo']?.total, exactly(8));
});

test('nobody says more exactly what is held back, nor keeps words from before', async () => {
  const { figures } = (await count('people.advised', { Ware: 8 }, { Ware: 8 })).counted;
  assert.equal(mayQualify('people.spokenTo', figures), false);
  const quantity: Quantity = { kind: 'number', value: 8, qualifier: 'about' };
  const said = { 'people.spokenTo': { quantity, reason: 'of before', by: 'somebody', at: '2026-09-18T09:00:00Z' } };
  assert.deepEqual(applyQualifications(figures, said)['people.spokenTo'], figures['people.spokenTo']);
});

test('concerns about people arrested give way, since arrests and screenings stay exact', async () => {
  const arrests = (many: number) =>
    Array.from({ length: many }, (_, i) => ({ id: `arrest ${i}`, screening: 'concern raised' }));
  for (const [concerned, screened, isShown] of [
    [8, 8, false],
    [3, 4, true],
    [8, 20, true],
  ] as const) {
    const figures: Figures = {
      'arrests.concern': figureOf('arrests.concern', { Ware: concerned }),
      'arrests.screened': figureOf('arrests.screened', { Ware: screened }),
    };
    const records = { arrests: arrests(concerned) } as unknown as Records;
    const made = await protectCount({ figures, countedRecords: [] }, records, {
      around,
      earlier: [],
      today: '2026-09-18',
    });
    assert.equal(made.counted.figures['arrests.concern'] !== undefined, isShown, `${concerned} of ${screened}`);
    assert.deepEqual(made.counted.figures['arrests.screened'], figures['arrests.screened']);
  }
});

test('that more were advised than spoken to is told only where the numbers shown say so', async () => {
  for (const [helped, met, holds] of [
    [4, 3, true],
    [4, 0, true],
    [12, 3, false],
    [6, 5, true],
  ] as const) {
    const made = await count('people.advised', { Ware: helped }, { Ware: met });
    assert.deepEqual(
      made.checks.map((check) => [check.holds, check.records]),
      [[holds, []]],
      `${helped} of ${met}`,
    );
    assert.doesNotMatch(JSON.stringify(made.checks), /\d/);
    assert.deepEqual(checkAround(made.counted.figures), made.checks);
  }
});
