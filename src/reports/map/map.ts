/** A map that needs no other server: the position of a press, the drawing, and a point in words. Pure. */
import { outlines, places } from '../../vocabulary/great-britain.ts';

export type Point = { readonly lat: number; readonly lng: number };
/** What is shown: the middle, and how close, from the whole country to a village. */
export type View = Point & { readonly level: number };

/** The picture is a square of so many pixels, never scaled: a press says pixels. */
export const pictureSize = 288;
/** From its middle to its edge, in kilometres. */
const kmToEdge = [600, 150, 40, 12, 4] as const;
export const maxLevel = kmToEdge.length - 1;
export const wholeCountry: View = { lat: 54.9, lng: -3.6, level: 0 };

const kmToEdgeOf = ({ level }: View): number => kmToEdge[level] ?? kmToEdge[0];
const kmADegree = 111.2;
const kmEast = (lat: number): number => kmADegree * Math.cos((lat * Math.PI) / 180);
const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value));
const clampToMap = ({ lat, lng }: Point): Point => ({ lat: clamp(lat, 49, 61.5), lng: clamp(lng, -11, 2.5) });

/** Undefined for what is no point of these islands. */
export function readPoint(text: string | undefined): Point | undefined {
  const [, lat, lng] = /^(-?\d{1,2}\.\d{1,5}),(-?\d{1,2}\.\d{1,5})$/.exec(text ?? '') ?? [];
  const point = { lat: Number(lat), lng: Number(lng) };
  const inside = clampToMap(point);
  return lat !== undefined && inside.lat === point.lat && inside.lng === point.lng ? point : undefined;
}
export const writePoint = ({ lat, lng }: Point): string => `${lat.toFixed(5)},${lng.toFixed(5)}`;

export function readView(text: string | undefined): View {
  const [, point, level] = /^(.*);(\d)$/.exec(text ?? '') ?? [];
  const middle = readPoint(point);
  return middle ? { ...middle, level: Math.min(maxLevel, Number(level)) } : wholeCountry;
}
export const writeView = (view: View): string => `${writePoint(view)};${view.level}`;

export const zoomIn = ({ lat, lng }: Point, { level }: View): View => ({
  ...clampToMap({ lat, lng }),
  level: Math.min(maxLevel, level + 1),
});
export const zoomOut = (view: View): View =>
  view.level <= 1 ? wholeCountry : { lat: view.lat, lng: view.lng, level: view.level - 1 };

/** The position of a press. A press by keyboard reports the corner and means the middle. */
export function pointOfPress(view: View, x: number, y: number): Point {
  if (!(x > 0 || y > 0)) return { lat: view.lat, lng: view.lng };
  const km = (2 * kmToEdgeOf(view)) / pictureSize;
  return clampToMap({
    lat: view.lat - ((clamp(y, 0, pictureSize) - pictureSize / 2) * km) / kmADegree,
    lng: view.lng + ((clamp(x, 0, pictureSize) - pictureSize / 2) * km) / kmEast(view.lat),
  });
}

export type Place = Point & { readonly name: string };
let loadedPlaces: readonly Place[] | undefined;
/** The largest first. */
const loadPlaces = (): readonly Place[] => {
  loadedPlaces ??= places.split(';').map((place) => {
    const [name = '', lat, lng] = place.split('|');
    return { name, lat: Number(lat) / 1_000, lng: Number(lng) / 1_000 };
  });
  return loadedPlaces;
};

type Pixel = readonly [x: number, y: number];
const onPicture =
  (view: View) =>
  ({ lat, lng }: Point): Pixel => {
    const pixels = pictureSize / (2 * kmToEdgeOf(view));
    return [
      pictureSize / 2 + (lng - view.lng) * kmEast(view.lat) * pixels,
      pictureSize / 2 - (lat - view.lat) * kmADegree * pixels,
    ];
  };
const isInside = ([x, y]: Pixel, margin: number): boolean =>
  x >= margin && y >= margin && x <= pictureSize - margin && y <= pictureSize - margin;

export const listPlacesIn = (view: View, most: number): readonly Place[] => {
  const at = onPicture(view);
  return loadPlaces()
    .filter((place) => isInside(at(place), 8))
    .slice(0, most);
};

const kmBetween = (one: Point, other: Point): number =>
  Math.hypot((one.lat - other.lat) * kmADegree, (one.lng - other.lng) * kmEast(one.lat));

export function findNearestPlace(point: Point): Place & { readonly km: number } {
  const [first, ...others] = loadPlaces().map((place) => ({ ...place, km: kmBetween(point, place) }));
  if (!first) throw new Error('the map has no places');
  return others.reduce((nearest, place) => (place.km < nearest.km ? place : nearest), first);
}

/** "51.8091, -0.0285": fine enough to find a building again, and no finer than the picture. */
export const formatCoordinates = ({ lat, lng }: Point): string => `${lat.toFixed(4)}, ${lng.toFixed(4)}`;

/** As staff read it; nothing for what is no point. */
export function describePoint(text: string | undefined): string {
  const point = readPoint(text);
  if (!point) return '';
  const { name, km } = findNearestPlace(point);
  return `Latitude and longitude ${formatCoordinates(point)}, ${km.toFixed(1)} km from the middle of ${name}`;
}

let loadedOutlines: readonly (readonly Point[])[] | undefined;
const loadOutlines = (): readonly (readonly Point[])[] => {
  loadedOutlines ??= outlines.split(';').map((ring) => {
    let [east, north] = [0, 0];
    return ring.split(' ').map((step) => {
      const [x = 0, y = 0] = step.split(',').map(Number);
      east += x;
      north += y;
      return { lat: north / 1_000, lng: east / 1_000 };
    });
  });
  return loadedOutlines;
};

/** The part of a polygon on one side of a line, after Sutherland and Hodgman. */
function clipPolygon(ring: readonly Pixel[], along: 0 | 1, at: number, sign: 1 | -1): Pixel[] {
  const keeps = (pixel: Pixel): boolean => sign * (pixel[along] - at) >= 0;
  return ring.flatMap((pixel, place) => {
    const before = ring[(place + ring.length - 1) % ring.length] ?? pixel;
    const crosses = keeps(pixel) !== keeps(before);
    const share = crosses ? (at - before[along]) / (pixel[along] - before[along]) : 0;
    const crossing: Pixel = [before[0] + share * (pixel[0] - before[0]), before[1] + share * (pixel[1] - before[1])];
    return [...(crosses ? [crossing] : []), ...(keeps(pixel) ? [pixel] : [])];
  });
}

function landPath(view: View): string {
  const at = onPicture(view);
  return loadOutlines()
    .map((ring) => {
      const [from, to] = [-4, pictureSize + 4];
      const shown = clipPolygon(
        clipPolygon(clipPolygon(clipPolygon(ring.map(at), 0, from, 1), 0, to, -1), 1, from, 1),
        1,
        to,
        -1,
      );
      const corners = shown
        .map(([x, y]) => `${Math.round(x)} ${Math.round(y)}`)
        .filter((one, i, all) => one !== all[i - 1]);
      return corners.length > 2 ? `M${corners.join('L')}Z` : '';
    })
    .join('');
}

type Box = { readonly left: number; readonly right: number; readonly y: number };
const overlaps = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && Math.abs(one.y - other.y) < 14;

/** Names that do not lie over each other nor over the edge, the largest places first. */
function placeLabels(view: View): string {
  const at = onPicture(view);
  const taken: Box[] = [];
  return listPlacesIn(view, 60)
    .flatMap((place) => {
      const [x, y] = at(place);
      const wide = 10 + place.name.length * 6.6;
      const atEnd = x + wide > pictureSize;
      const box = { left: atEnd ? x - wide : x - 4, right: atEnd ? x + 4 : x + wide, y };
      if (box.left < 0 || taken.length >= 14 || taken.some((one) => overlaps(one, box))) return [];
      taken.push(box);
      const name = place.name.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
      const anchor = atEnd ? " text-anchor='end'" : '';
      return [
        `<circle cx='${x.toFixed(0)}' cy='${y.toFixed(0)}' r='2.5'/><text x='${(x + (atEnd ? -5 : 5)).toFixed(0)}' y='${(y + 4).toFixed(0)}'${anchor}>${name}</text>`,
      ];
    })
    .join('');
}

/** As an address of a picture: nothing is asked for. */
export function pictureOfMap(view: View, point: Point | undefined): string {
  const [x, y] = point ? onPicture(view)(point) : [-99, -99];
  const spot =
    point && isInside([x, y], 0)
      ? `<g fill='none' stroke='#b00020' stroke-width='3'><circle cx='${x.toFixed(1)}' cy='${y.toFixed(1)}' r='9'/><path d='M${x.toFixed(1)} ${(y - 15).toFixed(1)}v30M${(x - 15).toFixed(1)} ${y.toFixed(1)}h30'/></g>`
      : '';
  const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 ${pictureSize} ${pictureSize}' width='${pictureSize}' height='${pictureSize}'><path fill='#cfe3ee' d='M0 0h${pictureSize}v${pictureSize}H0z'/><path fill='#f7f3e9' stroke='#6b7f8a' d='${landPath(view)}'/><g font-family='sans-serif' font-size='12' fill='#111' stroke='#f7f3e9' stroke-width='3' paint-order='stroke'>${placeLabels(view)}</g>${spot}</svg>`;
  return `data:image/svg+xml,${svg.replace(/[%#<>&"]/g, encodeURIComponent)}`;
}
