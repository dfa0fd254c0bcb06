/** Maps of a coordinator's week: towns with their visits over the boundaries of districts, and the countries that sent returns. Counts of whole operations alone: no premises, no person, no shade for more or less. Pure. */
import { europe } from '../../../vocabulary/europe.ts';
import { plural } from '../../../vocabulary/languages/english.ts';
import { loadTowns, type Town, townKey } from '../../../vocabulary/towns.ts';
import { nameOfCountry } from '../countries.ts';
import type { ReadableReturn } from '../inbox/inbox.ts';
import { isShared, listReferences, listSame, type PairDecisions, type SharedReference } from '../inbox/joint-visits.ts';
import type { RollUp, Total } from '../inbox/roll-up.ts';
import { formatTotal } from '../inbox/words.ts';
import { type District, isInside } from './districts.ts';

export type TownLine = {
  readonly town: string;
  readonly country: string;
  readonly visits: number;
  /** Who visited: names of reporters. */
  readonly by: readonly string[];
  readonly isOnMap: boolean;
  /** By the imported boundaries. */
  readonly district: string | null;
};

const fold = (text: string): string => text.trim().toLocaleLowerCase('en-GB');
const placeOf = (country: string, town: string): string => `${country} ${fold(town)}`;

type Counted = { town: string; country: string; visits: number; by: Set<string> };

/** Each joint visit once: the same count as the total of the week. */
export function listTownLines(
  returns: readonly ReadableReturn[],
  decisions: PairDecisions,
  districts: readonly District[] = [],
): TownLine[] {
  const towns = new Map<string, Counted>();
  for (const { document, reporter } of returns)
    for (const { town, visits } of document.visits) {
      const key = placeOf(reporter.country, town);
      const line = towns.get(key) ?? { town, country: reporter.country, visits: 0, by: new Set() };
      line.visits += visits;
      line.by.add(reporter.name);
      towns.set(key, line);
    }
  /** The largest stays, and says who else was there. */
  const countOnce = (all: readonly { from: ReadableReturn; town: string; visits: number }[]): void => {
    const [kept, ...others] = [...all].sort((one, other) => other.visits - one.visits);
    for (const { from, town, visits } of others) {
      const line = towns.get(placeOf(from.reporter.country, town));
      if (!kept || !line) continue;
      line.visits -= visits;
      towns.get(placeOf(kept.from.reporter.country, kept.town))?.by.add(from.reporter.name);
    }
  };
  // A return that lists no visit in the town added none to it.
  const hasTown = ({ from, line }: SharedReference['lines'][number]): boolean =>
    from.document.visits.some(({ town }) => fold(town) === fold(line.town));
  for (const { lines } of listReferences(returns).filter(isShared))
    countOnce(
      lines
        .filter(hasTown)
        .map(({ from, line }) => ({ from, town: line.town, visits: line.counts['visits.made'] ?? 0 })),
    );
  for (const same of listSame(returns, decisions)) countOnce(same);
  return [...towns.values()]
    .filter(({ visits }) => visits > 0)
    .map(({ by, ...line }) => ({ ...line, by: [...by].sort(), ...locate(line, districts) }))
    .sort((a, b) => b.visits - a.visits || (a.town < b.town ? -1 : 1));
}

const locate = (line: Pick<TownLine, 'country' | 'town'>, districts: readonly District[]) => {
  const town = findTown(line);
  const district = town && districts.find((one) => isInside(one, town));
  return { isOnMap: town !== undefined, district: district?.name || null };
};

/** The towns that are known are those of Great Britain. */
const findTown = ({ country, town }: Pick<TownLine, 'country' | 'town'>): Town | undefined =>
  country === 'GB' ? loadTowns().get(townKey(town)) : undefined;

const size = 640;
const height = 480;
const margin = 60;
const kmADegree = 111.2;
/** The least that the picture spans, so that one town is not alone on it. */
const leastKm = 30;

type Spot = { readonly x: number; readonly y: number };
export type TownMap = {
  readonly width: number;
  readonly height: number;
  readonly towns: readonly (Spot & { readonly label: string | null; readonly left: boolean })[];
  readonly districts: readonly string[];
  readonly scale: { readonly width: number; readonly label: string };
  readonly alternative: string;
  readonly crowded: number;
};

const spanOf = (values: readonly number[]) => {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return { middle: (least + most) / 2, size: most - least };
};

/** Undefined where no town is known. */
export function drawTowns(lines: readonly TownLine[], districts: readonly District[]): TownMap | undefined {
  const known = lines.flatMap((line) => {
    const town = findTown(line);
    return town ? [{ ...line, ...town }] : [];
  });
  if (known.length === 0) return undefined;
  const [north, east] = [spanOf(known.map(({ lat }) => lat)), spanOf(known.map(({ lng }) => lng))];
  const kmEast = kmADegree * Math.cos((north.middle * Math.PI) / 180);
  const pixels = Math.min(
    (size - 2 * margin) / Math.max(leastKm, east.size * kmEast),
    (height - 2 * margin) / Math.max(leastKm, north.size * kmADegree),
  );
  const toSpot = (lng: number, lat: number): Spot => ({
    x: Math.round(size / 2 + (lng - east.middle) * kmEast * pixels),
    y: Math.round(height / 2 - (lat - north.middle) * kmADegree * pixels),
  });
  const towns = placeLabels(
    known.map(({ lng, lat, town, visits }) => ({ ...toSpot(lng, lat), label: `${town} ${visits}` })),
  );
  const km = [1, 2, 5, 10, 20, 50, 100, 200].findLast((one) => one * pixels <= size / 4) ?? 1;
  return {
    ...{ width: size, height, towns },
    districts: districts.flatMap((district) => drawDistrict(district, toSpot)),
    scale: { width: Math.round(km * pixels), label: `${km} km` },
    alternative: `Map of ${known.length} ${plural(known.length, 'town')} with visits, the most first: ${known
      .slice(0, 10)
      .map(({ town, visits }) => `${town} ${visits}`)
      .join(', ')}. The table lists every town.`,
    crowded: towns.filter(({ label }) => label === null).length,
  };
}

/** A name is left out where it would cover another. */
function placeLabels(spots: readonly (Spot & { readonly label: string })[]): TownMap['towns'] {
  const taken: { readonly from: number; readonly to: number; readonly y: number }[] = [];
  return spots.map(({ x, y, label }) => {
    const wide = 16 + label.length * 8;
    const left = x > size * 0.7;
    const [from, to] = left ? [x - wide, x] : [x, x + wide];
    const free = taken.every((one) => Math.abs(one.y - y) > 18 || one.to < from || one.from > to);
    if (free) taken.push({ from, to, y });
    return { x, y, left, label: free ? label : null };
  });
}

/** Outlines that the picture shows a part of. */
function drawDistrict({ rings }: District, toSpot: (lng: number, lat: number) => Spot): string[] {
  return rings.flatMap((ring) => {
    const spots = ring.map(([lng, lat]) => toSpot(lng / 1_000, lat / 1_000));
    const [across, down] = [spanOf(spots.map(({ x }) => x)), spanOf(spots.map(({ y }) => y))];
    const isOff = (span: { middle: number; size: number }, most: number): boolean =>
      span.middle + span.size / 2 < 0 || span.middle - span.size / 2 > most;
    return isOff(across, size) || isOff(down, height) ? [] : writeOutline(spots);
  });
}

/** From point to point, where the picture shows a step at all. Nothing for an area of one point. */
function writeOutline(spots: readonly Spot[]): string[] {
  const [first, ...rest] = spots;
  if (!first) return [];
  let before = first;
  const steps = rest.flatMap((spot) => {
    const step = `${spot.x - before.x} ${spot.y - before.y}`;
    before = spot;
    return step === '0 0' ? [] : [step];
  });
  return steps.length < 3 ? [] : [`M${first.x} ${first.y}l${steps.join(' ')}z`];
}

type Land = {
  readonly code: string;
  readonly x: number;
  readonly y: number;
  readonly outline: string;
  readonly isDisputed: boolean;
};
let lands: readonly Land[] | undefined;
function loadLands(): readonly Land[] {
  lands ??= europe.split(';').map((line): Land => {
    const [code = '', at = '', outline = ''] = line.split('|');
    const [x = 0, y = 0] = at.split(' ').map(Number);
    return { code: code.slice(0, 2), x, y, outline, isDisputed: code.endsWith('*') };
  });
  return lands;
}

export type CountryLine = {
  readonly code: string;
  readonly name: string;
  readonly visits: Total | undefined;
  readonly premises: Total | undefined;
  readonly by: readonly string[];
  readonly isOnMap: boolean;
};

export function listCountryLines({ added, byCountry }: Pick<RollUp, 'added' | 'byCountry'>): CountryLine[] {
  return [...byCountry].map(([code, totals]) => ({
    ...{ code, name: nameOfCountry(code) },
    visits: totals.get('visits.made'),
    premises: totals.get('premises.visited'),
    by: [
      ...new Set(added.filter(({ reporter }) => reporter.country === code).map(({ reporter }) => reporter.name)),
    ].sort(),
    isOnMap: loadLands().some((land) => land.code === code),
  }));
}

export type EuropeMap = {
  readonly width: number;
  readonly lands: readonly { readonly outline: string; readonly has: boolean; readonly isDisputed: boolean }[];
  readonly labels: readonly (Spot & { readonly label: string })[];
  readonly alternative: string;
};

/** A country is drawn as having a return or not. */
export function drawEurope(lines: readonly CountryLine[]): EuropeMap {
  const having = new Map(lines.map((line) => [line.code, line]));
  const drawn = loadLands();
  return {
    width: size,
    lands: drawn
      .filter(({ outline }) => outline !== '')
      .map(({ code, outline, isDisputed }) => ({ outline, isDisputed, has: having.has(code) })),
    labels: lines.flatMap(({ code, visits }) => {
      const land = drawn.find((one) => one.code === code && (!one.isDisputed || code === 'XK'));
      return land ? [{ x: land.x, y: land.y, label: visits ? `${code} ${formatTotal(visits)}` : code }] : [];
    }),
    alternative: `Map of Europe. Countries with a return that counts: ${
      lines.map(({ name }) => name).join(', ') || 'none yet'
    }. The table gives their visits.`,
  };
}
