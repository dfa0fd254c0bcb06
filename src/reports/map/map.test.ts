import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  describePoint,
  findNearestPlace,
  listPlacesIn,
  maxLevel,
  pictureOfMap,
  pictureSize,
  pointOfPress,
  readPoint,
  readView,
  wholeCountry,
  writePoint,
  writeView,
  zoomIn,
  zoomOut,
} from './map.ts';

const ware = { lat: 51.81, lng: -0.03 };

test('a press in the middle means the middle, to the right is east, below is south, and a key means the middle', () => {
  const view = { ...ware, level: 2 };
  const middle = pointOfPress(view, pictureSize / 2, pictureSize / 2);
  assert.deepEqual([middle.lat.toFixed(5), middle.lng.toFixed(5)], ['51.81000', '-0.03000']);
  assert.ok(pointOfPress(view, pictureSize, pictureSize / 2).lng > view.lng);
  assert.ok(pointOfPress(view, pictureSize / 2, pictureSize).lat < view.lat);
  assert.deepEqual(pointOfPress(view, 0, 0), ware);
});

test('a place is found again within the picture, however close: forty kilometres from the middle to the edge, then twelve, then four', () => {
  const east = (level: number): number =>
    (pointOfPress({ ...ware, level }, pictureSize, pictureSize / 2).lng - ware.lng) * 68.75;
  assert.deepEqual(
    [2, 3, 4].map((level) => Math.round(east(level))),
    [40, 12, 4],
  );
});

test('whatever is pressed on whatever view, the point stays on the islands and can be written and read', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 49, max: 61.5, noNaN: true }),
      fc.double({ min: -11, max: 2.5, noNaN: true }),
      fc.nat(maxLevel),
      fc.integer({ min: -9_999, max: 9_999 }),
      fc.integer({ min: -9_999, max: 9_999 }),
      (lat, lng, level, x, y) => {
        const point = pointOfPress({ lat, lng, level }, x, y);
        const read = readPoint(writePoint(point));
        assert.ok(read && Math.abs(read.lat - point.lat) < 1e-4 && Math.abs(read.lng - point.lng) < 1e-4);
        const view = zoomIn(point, { lat, lng, level });
        assert.equal(readView(writeView(view)).level, view.level);
        assert.ok(pictureOfMap(view, point).length < 30_000);
      },
    ),
    { numRuns: 200, seed: 4 },
  );
});

test('what is no point is none, and what is no view shows the whole country', () => {
  for (const bad of ['', 'x', '1,2', '51.8', '99.0,0.0', '51.80000,-0.03000;9', '0.1,0.1', '51.8,-0.03 ', undefined])
    assert.equal(readPoint(bad), undefined, bad);
  assert.equal(describePoint('<b>'), '');
  for (const bad of ['', ';1', '0.1,0.1;1', 'a;b', undefined]) assert.deepEqual(readView(bad), wholeCountry);
});

test('a point is said in words: where, how far from which place; the way back leads to the whole country', () => {
  assert.equal(findNearestPlace(ware).name, 'Ware');
  assert.equal(
    describePoint('51.81000,-0.03000'),
    'Latitude and longitude 51.8100, -0.0300, 0.1 km from the middle of Ware',
  );
  assert.ok(listPlacesIn({ ...ware, level: 3 }, 10).some(({ name }) => name === 'Hertford'));
  assert.deepEqual(zoomOut({ ...ware, level: 1 }), wholeCountry);
  assert.equal(zoomOut({ ...ware, level: 4 }).level, 3);
});

test('the picture asks for nothing and breaks out of no attribute', () => {
  for (const view of [wholeCountry, { ...ware, level: 2 }]) {
    const picture = pictureOfMap(view, ware);
    assert.match(picture, /^data:image\/svg\+xml,%3Csvg/);
    assert.doesNotMatch(picture, /["<>#&]|href|url\(/);
    assert.match(decodeURIComponent(picture), /<svg[\s\S]*London[\s\S]*<\/svg>$/);
  }
});
