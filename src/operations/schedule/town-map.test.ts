import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawTownMap } from './town-map.ts';

const inTowns = (...towns: string[]) => towns.map((town) => ({ town }));

test('each town stands where it is towards the others, with its number of visits', () => {
  const map = drawTownMap(inTowns('Watford', 'Stevenage', 'watford ', 'Hertford')) ?? assert.fail('no map');
  const at = (name: string) => map.towns.find((town) => town.name === name) ?? assert.fail(name);
  assert.ok(at('Stevenage').y < at('Watford').y, 'Stevenage is north of Watford');
  assert.ok(at('Watford').x < at('Hertford').x, 'Hertford is east of Watford');
  assert.equal(at('Watford').label, 'Watford (2)');
  for (const { x, y } of [...map.towns, ...map.neighbours])
    assert.ok(x >= 0 && x <= map.width && y >= 0 && y <= map.height);
  assert.match(map.alternative, /Watford 2, Stevenage 1, Hertford 1/);
});

test('the scale is right: Watford and Stevenage are 30 km apart', () => {
  const map = drawTownMap(inTowns('Watford', 'Stevenage')) ?? assert.fail('no map');
  const [one, other] = map.towns;
  if (!one || !other) assert.fail('two towns');
  const km = (Math.hypot(one.x - other.x, one.y - other.y) / map.scale.width) * Number.parseInt(map.scale.label, 10);
  assert.ok(Math.abs(km - 30) < 2, `${km} km`);
});

test('a town that the list does not have is named, and without any known town there is no map', () => {
  assert.deepEqual(drawTownMap(inTowns('Watford', 'Bishop’s Stortford', 'Nowhere-on-Lea'))?.unknown, [
    'Nowhere-on-Lea',
  ]);
  assert.equal(drawTownMap(inTowns('Nowhere-on-Lea')), undefined);
  assert.equal(drawTownMap([]), undefined);
});

test('a town alone is in the middle, with larger places around it', () => {
  const map = drawTownMap(inTowns('Watford')) ?? assert.fail('no map');
  assert.deepEqual(
    map.towns.map(({ x, y }) => [x, y]),
    [[map.width / 2, map.height / 2]],
  );
  assert.ok(map.neighbours.length > 0);
});
