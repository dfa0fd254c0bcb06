/** A map of the towns of an operation, drawn by us: no other server learns where a visit is. Pure. */
import { townKey as keyOf, loadTowns, type Town } from '../../vocabulary/towns.ts';

const width = 640;
const height = 420;
const margin = 60;
const kmADegree = 111.2;
/** The least that the picture spans, so that one town is not alone on it. */
const leastKm = 30;
const mostNeighbours = 6;

export type TownMap = {
  readonly width: number;
  readonly height: number;
  readonly towns: readonly (MapPoint & { readonly visits: number; readonly label: string })[];
  /** Larger places nearby, to find one's way. */
  readonly neighbours: readonly MapPoint[];
  readonly scale: { readonly width: number; readonly label: string };
  readonly alternative: string;
  /** Towns that the list of places does not have. */
  readonly unknown: readonly string[];
};
type MapPoint = { readonly name: string; readonly x: number; readonly y: number };

const span = (values: readonly number[]) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { middle: (least + most) / 2, size: most - least };
};

/** Undefined where no town of the visits is known. Each town comes with its number of visits. */
export function drawTownMap(visits: readonly { readonly town: string }[]): TownMap | undefined {
  const counts = new Map<string, number>();
  for (const { town } of visits) counts.set(keyOf(town), (counts.get(keyOf(town)) ?? 0) + 1);
  const known = [...counts].flatMap(([key, count]) => {
    const town = loadTowns().get(key);
    return town ? [{ ...town, visits: count }] : [];
  });
  if (known.length === 0) return undefined;
  const [north, east] = [span(known.map(({ lat }) => lat)), span(known.map(({ lng }) => lng))];
  const kmEast = kmADegree * Math.cos((north.middle * Math.PI) / 180);
  const pixels = Math.min(
    (width - 2 * margin) / Math.max(leastKm, east.size * kmEast),
    (height - 2 * margin) / Math.max(leastKm, north.size * kmADegree),
  );
  const toPoint = ({ name, lat, lng }: Town): MapPoint => ({
    name,
    x: Math.round(width / 2 + (lng - east.middle) * kmEast * pixels),
    y: Math.round(height / 2 - (lat - north.middle) * kmADegree * pixels),
  });
  const towns = known.map((town) => ({
    ...toPoint(town),
    visits: town.visits,
    label: `${town.name} (${town.visits})`,
  }));
  const km = [1, 2, 5, 10, 20, 50, 100].findLast((one) => one * pixels <= width / 4) ?? 1;
  return {
    width,
    height,
    towns,
    neighbours: findNeighbours(toPoint, towns),
    scale: { width: Math.round(km * pixels), label: `${km} km` },
    alternative: `Map of the towns with visits: ${known.map(({ name, visits: count }) => `${name} ${count}`).join(', ')}. The table lists the visits.`,
    unknown: [...new Set(visits.map(({ town }) => town).filter((town) => !loadTowns().has(keyOf(town))))],
  };
}

/** The largest places on the picture whose names do not overlap with another. */
function findNeighbours(toPoint: (town: Town) => MapPoint, taken: readonly MapPoint[]): readonly MapPoint[] {
  const chosen: MapPoint[] = [];
  for (const town of loadTowns().values()) {
    if (chosen.length === mostNeighbours) break;
    const point = toPoint(town);
    const inside = point.x > margin && point.x < width - margin && point.y > 20 && point.y < height - 40;
    const free = [...taken, ...chosen].every(({ x, y }) => Math.abs(x - point.x) > 120 || Math.abs(y - point.y) > 24);
    if (inside && free) chosen.push(point);
  }
  return chosen;
}
