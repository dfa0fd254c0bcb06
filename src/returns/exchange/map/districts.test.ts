import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isInside, maxDistricts, maxGeoJsonBytes, maxPoints, readDistricts } from './districts.ts';

const square = (east: number, north: number, side = 0.5) => [
  [east, north],
  [east + side, north],
  [east + side, north + side],
  [east, north + side],
  [east, north],
];
const area = (name: string, ...rings: unknown[]) => ({
  type: 'Feature',
  properties: { LAD24CD: 'E0700001', LAD24NM: name, officer: 'J. Smith' },
  geometry: { type: 'Polygon', coordinates: rings },
});
const file = (...features: unknown[]) => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features }));
const refusalOf = (bytes: Uint8Array) => {
  const read = readDistricts(bytes);
  return read.ok ? 'ok' : read.refusal;
};

test('keeps names and outlines, and nothing else of the file', () => {
  const read = readDistricts(file(area('Three Rivers\u202e', square(-0.6, 51.6)), { type: 'Feature', geometry: null }));
  assert.ok(read.ok);
  assert.deepEqual(read.value[0]?.name, 'Three Rivers');
  assert.doesNotMatch(JSON.stringify(read.value), /Smith|E0700001/);
  assert.deepEqual(read.value[0]?.rings[0]?.[0], [-600, 51_600]);
});

test('a district of several parts keeps its parts, and its holes are outside', () => {
  const parts = { type: 'MultiPolygon', coordinates: [[square(0, 52), square(0.2, 52.2, 0.1)], [square(1, 53)]] };
  const read = readDistricts(file({ type: 'Feature', properties: { name: 'Islands' }, geometry: parts }));
  assert.ok(read.ok && read.value[0]);
  assert.equal(read.value[0].rings.length, 3);
  const at = (lng: number, lat: number) => isInside(read.value[0] as (typeof read.value)[number], { lng, lat });
  assert.deepEqual([at(0.1, 52.1), at(0.25, 52.25), at(1.2, 53.2), at(0.8, 52.4)], [true, false, true, false]);
});

test('a detailed coast becomes simple enough for a page', () => {
  const coast = Array.from({ length: 60_000 }, (_, at) => {
    const turn = (at / 60_000) * 2 * Math.PI;
    const away = 1 + 0.01 * Math.sin(at * 1.7);
    return [away * Math.cos(turn), 52 + away * Math.sin(turn)];
  });
  const read = readDistricts(file(area('Coast', [...coast, coast[0]])));
  assert.ok(read.ok);
  const points = read.value.flatMap(({ rings }) => rings).reduce((sum, ring) => sum + ring.length, 0);
  assert.ok(points > 20 && points <= maxPoints, String(points));
});

test('refuses what is no map, not in degrees, too large or too much', () => {
  assert.equal(refusalOf(Buffer.from('no json')), 'no GeoJSON');
  assert.equal(refusalOf(Buffer.from('null')), 'no GeoJSON');
  assert.equal(refusalOf(Buffer.from([0xff, 0xfe])), 'no GeoJSON');
  assert.equal(refusalOf(file()), 'no areas');
  assert.equal(refusalOf(file({ type: 'Feature', geometry: { type: 'Point', coordinates: [0, 52] } })), 'no areas');
  assert.equal(refusalOf(file(area('Grid', square(520_000, 190_000)))), 'not in degrees');
  assert.equal(refusalOf(file(area('Words', [['0', '52']]))), 'not in degrees');
  assert.equal(refusalOf(file(area('Bare', [0, 1]))), 'not in degrees');
  assert.equal(
    refusalOf(
      file(
        area('Line', [
          [0, 52],
          [1, 52],
          [0, 52],
        ]),
      ),
    ),
    'no areas',
  );
  assert.equal(
    refusalOf(file(...Array.from({ length: maxDistricts + 1 }, () => area('One', square(0, 52))))),
    'too many districts',
  );
  assert.equal(refusalOf(Buffer.alloc(maxGeoJsonBytes + 1, ' ')), 'too large');
  assert.equal(
    refusalOf(
      file(
        area(
          'Dense',
          Array.from({ length: 300_001 }, () => [0, 0]),
        ),
      ),
    ),
    'too detailed',
  );
});
