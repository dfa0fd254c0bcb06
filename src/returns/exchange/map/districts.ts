/** Reads boundaries of districts from GeoJSON: outlines and names alone, simplified for a picture. Pure: it trusts nothing and throws nothing. */
import { accept, type Result, refuse } from '../../../vocabulary/result.ts';

export const maxGeoJsonBytes = 4_000_000;
export const maxDistricts = 500;
const maxPointsIn = 300_000;
/** What a picture needs, and a page can carry. */
export const maxPoints = 6_000;
const maxName = 120;

/** In thousandths of a degree: east, north. */
type Point = readonly [east: number, north: number];
export type District = { readonly name: string; readonly rings: readonly (readonly Point[])[] };

export type DistrictRefusal =
  | 'too large'
  | 'no GeoJSON'
  | 'no areas'
  | 'too many districts'
  | 'not in degrees'
  | 'too detailed';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

type Area = { readonly name: string; readonly polygons: readonly unknown[] };

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are removed
const unplain = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]+/g;

/** Of the properties the name alone is kept: LAD24NM, ctyua_nm, name. */
function readName(properties: unknown): string {
  if (!isObject(properties)) return '';
  const keys = Object.keys(properties);
  const key = keys.find((one) => /^name$/i.test(one)) ?? keys.find((one) => /(nm|name)$/i.test(one));
  const value = key === undefined ? '' : properties[key];
  return typeof value === 'string' ? value.replaceAll(unplain, ' ').trim().slice(0, maxName) : '';
}

function readArea(feature: unknown): Area | undefined {
  if (!isObject(feature) || !isObject(feature.geometry)) return undefined;
  const { type, coordinates } = feature.geometry;
  if (!Array.isArray(coordinates)) return undefined;
  const polygons = type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined;
  return polygons && { name: readName(feature.properties), polygons };
}

const isDegrees = (point: unknown): point is readonly [number, number] =>
  Array.isArray(point) &&
  typeof point[0] === 'number' &&
  typeof point[1] === 'number' &&
  Math.abs(point[0]) <= 180 &&
  Math.abs(point[1]) <= 90;

/** Distance of a point from a line, in thousandths of a degree north; east is shorter here. */
const eastShare = 0.62;
function distanceFrom([east, north]: Point, [fromEast, fromNorth]: Point, [toEast, toNorth]: Point): number {
  const [dx, dy] = [(toEast - fromEast) * eastShare, toNorth - fromNorth];
  const [px, py] = [(east - fromEast) * eastShare, north - fromNorth];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length));
  return Math.hypot(px - along * dx, py - along * dy);
}

/** Douglas and Peucker, without recursion: a hostile outline must not fill the stack. */
function simplify(ring: readonly Point[], tolerance: number): Point[] {
  const kept = new Set([0, ring.length - 1]);
  const open: [number, number][] = [[0, ring.length - 1]];
  for (let next = open.pop(); next; next = open.pop()) {
    const [from, to] = next;
    let [furthest, distance] = [-1, tolerance];
    for (let at = from + 1; at < to; at++) {
      const here = distanceFrom(ring[at] as Point, ring[from] as Point, ring[to] as Point);
      if (here > distance) [furthest, distance] = [at, here];
    }
    if (furthest < 0) continue;
    kept.add(furthest);
    open.push([from, furthest], [furthest, to]);
  }
  return ring.filter((_, at) => kept.has(at));
}

const toPoint = ([east, north]: readonly [number, number]): Point => [
  Math.round(east * 1_000),
  Math.round(north * 1_000),
];
/** Coarser, until all of it fits on a page. */
const tolerances = [1, 2, 4, 8, 16, 32];

function simplifyAll(areas: readonly District[]): District[] | undefined {
  for (const tolerance of tolerances) {
    const simple = areas.map(({ name, rings }) => ({
      name,
      // An outline of three points and less has no inside.
      rings: rings.map((ring) => simplify(ring, tolerance)).filter(({ length }) => length > 3),
    }));
    const points = simple.flatMap(({ rings }) => rings).reduce((sum, { length }) => sum + length, 0);
    if (points <= maxPoints) return simple.filter(({ rings }) => rings.length > 0);
  }
  return undefined;
}

/** Whether the middle of a town is inside, by how often a line to the east crosses the outlines. */
export const isInside = (
  { rings }: District,
  { lng, lat }: { readonly lng: number; readonly lat: number },
): boolean => {
  const [east, north] = [lng * 1_000, lat * 1_000];
  let inside = false;
  for (const ring of rings)
    for (const [at, [x, y]] of ring.entries()) {
      const [fromX, fromY] = ring.at(at - 1) as Point;
      if (y > north !== fromY > north && east < ((fromX - x) * (north - y)) / (fromY - y) + x) inside = !inside;
    }
  return inside;
};

export function readDistricts(bytes: Uint8Array): Result<District[], DistrictRefusal> {
  if (bytes.length > maxGeoJsonBytes) return refuse('too large');
  let content: unknown;
  try {
    content = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return refuse('no GeoJSON');
  }
  if (!isObject(content)) return refuse('no GeoJSON');
  const features = Array.isArray(content.features) ? content.features : [content];
  const areas = features.flatMap((feature) => readArea(feature) ?? []);
  if (areas.length === 0) return refuse('no areas');
  if (areas.length > maxDistricts) return refuse('too many districts');
  const read: District[] = [];
  let points = 0;
  for (const { name, polygons } of areas) {
    const rings = polygons.flatMap((polygon) => (Array.isArray(polygon) ? polygon : []));
    for (const ring of rings) {
      if (!Array.isArray(ring) || !ring.every(isDegrees)) return refuse('not in degrees');
      points += ring.length;
      if (points > maxPointsIn) return refuse('too detailed');
    }
    read.push({ name, rings: (rings as (readonly [number, number])[][]).map((ring) => ring.map(toPoint)) });
  }
  const simple = simplifyAll(read);
  if (!simple) return refuse('too detailed');
  return simple.length === 0 ? refuse('no areas') : accept(simple);
}
