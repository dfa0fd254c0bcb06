import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Said } from '../document/examples.ts';
import { exampleWeek, keptReturn, keyOf, lea, stort } from '../inbox/examples.ts';
import { judgeWeek, type Reporter } from '../inbox/inbox.ts';
import { listLikelyPairs, type PairAnswer } from '../inbox/joint-visits.ts';
import { rollUp } from '../inbox/roll-up.ts';
import { drawEurope, drawTowns, listCountryLines, listTownLines } from './week-map.ts';

const lyon: Reporter = { name: 'Police of Lyon', country: 'FR', level: 'force', partOf: null };
const yerevan: Reporter = { name: 'Police of Yerevan', country: 'AM', level: 'country', partOf: null };

function weekOf(sent: readonly (readonly [Reporter, Said])[], decisions: Record<string, PairAnswer> = {}) {
  const reporters = sent.map(([reporter]) => reporter);
  const documents = sent.map(([reporter, said]) => keptReturn(reporter, said));
  const keys = reporters.map((one) => keyOf(one));
  const judged = judgeWeek(exampleWeek({ reporters }), { keys, documents }, new Date('2026-09-23T12:00:00Z'));
  const answers = new Map(Object.entries(decisions));
  const rolled = rollUp(judged, answers);
  return { rolled, towns: listTownLines(rolled.added, answers) };
}
const day = (town: string, visits: number) => ({ day: '2026-09-15', town, kind: 'nail bar', visits, premises: visits });
const joint = {
  ...{ reference: 'JV-ABCD-2345', day: '2026-09-15', town: 'Ware', kind: 'nail bar' },
  counts: { 'visits.made': 1, 'premises.visited': 1 },
};
const made = (visits: number) => ({ 'visits.made': visits, 'premises.visited': visits });

test('the visits of the towns add up to the total, joint visits once', () => {
  const sent: [Reporter, Said][] = [
    [lea, { counts: made(4), visits: [day('Watford', 2), day('Ware', 2)], jointVisits: [joint] }],
    [stort, { counts: made(2), visits: [day('WARE', 1), day('Harlow', 1)], jointVisits: [joint] }],
  ];
  const { rolled, towns } = weekOf(sent);
  assert.deepEqual(
    towns.map(({ town, visits, by }) => [town, visits, by.length]),
    [
      ['Ware', 2, 2],
      ['Watford', 2, 1],
      ['Harlow', 1, 1],
    ],
  );
  const sum = towns.reduce((all, { visits }) => all + visits, 0);
  assert.equal(sum, rolled.totals.get('visits.made')?.value);
});

test('visits that a person decided are the same count once in their town', () => {
  const sent: [Reporter, Said][] = [
    [lea, { counts: made(1), visits: [day('Ware', 1)] }],
    [stort, { counts: made(1), visits: [day('Ware', 1)] }],
  ];
  const key = listLikelyPairs(weekOf(sent).rolled.added)[0]?.key ?? '';
  assert.equal(weekOf(sent).towns[0]?.visits, 2);
  assert.equal(weekOf(sent, { [key]: 'same' }).towns[0]?.visits, 1);
});

test('a joint visit across a border is in one town, with both who made it', () => {
  const { towns } = weekOf([
    [lea, { counts: made(1), visits: [day('Ware', 1)], jointVisits: [joint] }],
    [lyon, { counts: made(1), visits: [day('Ware', 1)], jointVisits: [joint] }],
  ]);
  assert.deepEqual(
    towns.map(({ country, visits, by }) => [country, visits, by.length]),
    [['GB', 1, 2]],
  );
});

test('draws known towns of Great Britain, and says which are not on the map', () => {
  const { towns } = weekOf([
    [lea, { counts: made(3), visits: [day('Watford', 2), day('Nowhere-on-Thames', 1)] }],
    [lyon, { counts: made(1), visits: [day('Watford', 1)] }],
  ]);
  assert.deepEqual(
    towns.map(({ country, isOnMap }) => [country, isOnMap]),
    [
      ['GB', true],
      ['GB', false],
      ['FR', false],
    ],
  );
  const map = drawTowns(towns, []);
  assert.deepEqual(
    map?.towns.map(({ label }) => label),
    ['Watford 2'],
  );
  assert.match(map?.alternative ?? '', /Map of 1 town with visits, the most first: Watford 2\./);
  assert.equal(drawTowns([], []), undefined);
});

test('draws the outlines that are in sight, and names the district of a town', () => {
  const around = (east: number, north: number, name: string) => ({
    name,
    rings: [
      [
        [east - 200, north - 100],
        [east + 200, north - 100],
        [east + 200, north + 100],
        [east - 200, north + 100],
        [east - 200, north - 100],
      ] as [number, number][],
    ],
  });
  const districts = [around(-400, 51_650, 'Borough of Watford'), around(-3_000, 56_000, 'Far away')];
  const { rolled } = weekOf([[lea, { counts: made(2), visits: [day('Watford', 2)] }]]);
  const towns = listTownLines(rolled.added, new Map(), districts);
  assert.equal(towns[0]?.district, 'Borough of Watford');
  assert.equal(drawTowns(towns, districts)?.districts.length, 1);
});

test('a name that would cover another is left to the table', () => {
  const { towns } = weekOf([
    [lea, { counts: made(4), visits: [day('Watford', 2), day('Bushey', 1), day('Exeter', 1)] }],
  ]);
  const map = drawTowns(towns, []);
  assert.equal(map?.crowded, 1);
  assert.equal(map?.towns.length, 3);
});

test('Europe shows who sent a return, without a shade for more, and marks what is disputed', () => {
  const { rolled } = weekOf([
    [lea, { counts: made(400) }],
    [lyon, { counts: made(1) }],
    [yerevan, { counts: made(2) }],
  ]);
  const lines = listCountryLines(rolled);
  assert.deepEqual(
    lines.map(({ code, isOnMap, by }) => [code, isOnMap, by.join()]),
    [
      ['AM', false, 'Police of Yerevan'],
      ['FR', true, 'Police of Lyon'],
      ['GB', true, 'Lea Vale Constabulary'],
    ],
  );
  const map = drawEurope(lines);
  assert.deepEqual(map.labels.map(({ label }) => label).sort(), ['FR 1', 'GB 400']);
  assert.ok(map.lands.length > 45);
  assert.equal(map.lands.filter(({ has }) => has).length, 2);
  assert.equal(map.lands.filter(({ isDisputed }) => isDisputed).length, 2);
});
