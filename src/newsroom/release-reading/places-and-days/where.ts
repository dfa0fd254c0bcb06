/** Where a count was: the place named after it, after its verb, before it in the same clause, or in the lead of its paragraph. */
import { placeAt, placesAfter } from '../counts/counts.ts';
import { currentNumber } from '../counts/numbers.ts';
import type { Scope, Where } from '../parsed-release.ts';
import { countryOfAdjective, isJoinedRegion, isRegion, ownArea, regionLead, wholeNation } from './regions.ts';

export type Setting = {
  readonly area: string | null;
  readonly published: string | null;
  /** Whether the release is of a whole nation, so that a force in it names a place. */
  readonly national?: boolean;
  /** The towns that a paragraph begins with: "Preston – five addresses …". */
  readonly leadTowns: readonly string[];
};

type Found = { readonly where: Where; readonly end: number };

/** "in Denby, Marl and the wider Thamesdale area": a row that ends in an area is one region, as it is written. */
const restOfRow =
  /^(?:, [A-Z][\w'-]+(?: [A-Z][\w'-]+){0,2}){0,6},? and (?:the |its |their |other |in |across )*(?:wider |rest of (?:the )?|surrounding |nearby |neighbouring |[A-Z][\w'-]+ ){1,3}(?:areas?|regions?|county|counties|districts?|villages|towns|parts|borough)\b/;

/** "in Denby and Marl", "across Oakshire", "across the county" right here; null where no place is named. */
export function placeHere(text: string, at: number, setting: Setting): Found | null {
  const { area } = setting;
  const rest = text.slice(at, at + 120);
  const nation = wholeNation.exec(rest)?.[0];
  if (nation) return { where: { town: null, region: nation.replace(/^.* the /, 'the ') }, end: at + nation.length };
  const own = ownArea.exec(rest)?.[0];
  if (own) return area ? { where: { town: null, region: area }, end: at + own.length } : null;
  // "in London and the South East", where that is the release's own area.
  const named = /^,? ?(?:in|across|throughout|around) (?:the )?/.exec(rest)?.[0];
  if (area && / /.test(area) && named && rest.startsWith(area, named.length))
    return { where: { town: null, region: area }, end: at + named.length + area.length };
  const parts = /^,? ?(?:in|at|across|throughout|around) the [A-Z][\w' ,-]{1,60}? areas? of (?=[A-Z])/.exec(rest)?.[0];
  if (parts)
    return placeHere(
      `${text.slice(0, at + parts.length - 4)} in ${text.slice(at + parts.length)}`,
      at + parts.length - 4,
      setting,
    );
  const building = /^,? (?:in|at|from|inside) (?:an?|the|one|several|two|three) (?:[a-z-]+ ){1,4}?(?=in [A-Z])/.exec(
    rest,
  )?.[0];
  if (building) return placeHere(text, at + building.length - 1, setting);
  // "in Oakshire, in Denby and Marl": the towns of that county.
  const county = /^,? ?in (?<name>[A-Z][\w-]+(?: [A-Z][\w-]+)?), (?=in [A-Z])/.exec(rest);
  const within =
    county && isRegion(county.groups?.['name'] ?? '', area) ? placesAfter(text, at + county[0].length) : null;
  if (county && within && within.towns.length > 0) return placeHere(text, at + county[0].length, setting);
  const places = placesAfter(text, at);
  const open = places ? restOfRow.exec(text.slice(places.end, places.end + 120))?.[0] : undefined;
  if (places && open !== undefined) {
    const end = places.end + open.length;
    return { where: { town: null, region: text.slice(at, end).replace(/^,? ?(?:located )?[a-z]+ /, '') }, end };
  }
  if (places && places.towns.length > 0) {
    // The area among towns is the town of that name.
    const towns = places.towns.filter((name) => !isRegion(name, places.towns.length > 1 ? null : area));
    const [region] = places.towns.filter((name) => isRegion(name, area));
    const [town] = towns;
    const tail =
      /^ (?:area|district|city centre|town centre)\b/.exec(text.slice(places.end, places.end + 14))?.[0].length ?? 0;
    // "across Denby and Oakshire": a town and its county are no town.
    if (towns.length === 1 && places.towns.length > 1)
      return { where: { town: null, region: places.towns.join(' and ') }, end: places.end };
    if (towns.length === 1 && town) return { where: { town }, end: places.end + tail };
    if (towns.length > 1) return { where: { town: null, towns }, end: places.end };
    // "Devon and Cornwall" is the name of one region.
    const joined = places.towns.join(' and ');
    if (region)
      return {
        where: { town: null, region: isJoinedRegion(joined) ? joined : places.towns.join(', ') },
        end: places.end,
      };
  }
  const match = regionLead.exec(rest);
  const region = match?.groups?.['name'];
  if (match && region) return { where: { town: null, region }, end: at + match[0].length };
  const over = /^,? ?(?:across|throughout|around|within|all over) /.exec(rest)?.[0];
  const single = over ? placeAt(text, at + over.length) : null;
  if (single)
    return {
      where: isRegion(single.town, area) ? { town: null, region: single.town } : { town: single.town },
      end: single.end,
    };
  return null;
}

const nowhere: Where = { town: null };
const phrase = /(?:^|[\s,(])(?=(?:in|at|across|throughout|around|within|over|all over) (?:the |our )?[A-Za-z])/gi;

/** The last place named before a count in its clause: "In Denby, four addresses", "officers in Denby visited four". */
function placeBefore(text: string, clauseStart: number, start: number, setting: Setting): Where | null {
  let last: Where | null = null;
  const clause = text.slice(0, start);
  for (const match of clause.slice(clauseStart).matchAll(phrase)) {
    const at = clauseStart + match.index + match[0].length;
    const lowered = `${text.slice(0, at)}${text.charAt(at).toLowerCase()}${text.slice(at + 1)}`;
    const found = placeHere(lowered, at, setting);
    // Towns in a row are of what was said there, not of the next verb.
    const several = (found?.where.towns?.length ?? 0) > 1 && at > clauseStart + 2;
    const atOnce = found !== null && /^,? [a-z]+ (?:a total of )?$/.test(text.slice(found.end, start));
    // "arrested three in Denby and searched seven": the place of the first verb is not the second's.
    const nextVerb =
      found !== null &&
      /[a-z]ed\b/.test(text.slice(clauseStart, at)) &&
      /^,? and (?:[a-z]+ly )?[a-z]+ed /.test(text.slice(found.end, start));
    if (found && found.end <= start) last = (several && !atOnce) || nextVerb ? null : found.where;
  }
  return last ?? placeOfSentence(text, clauseStart, start, setting);
}

const force =
  /^(?:Officers (?:from|of|at) )?(?<place>(?!The |[A-Z]{2,} )[A-Z][\w-]+(?: (?:and |[A-Z])[\w-]+){0,3}) (?:Police|Constabulary)\b/;

/** "In Italy, 17 flats were searched, with seven arrests"; of a nation's release, "Essex Police visited nine shops". */
function placeOfSentence(text: string, clauseStart: number, start: number, setting: Setting): Where | null {
  if (clauseStart > 0 && /^(?:In|At|Across|Within) /.test(text) && text[clauseStart] !== ';') {
    const found = placeHere(`${text.charAt(0).toLowerCase()}${text.slice(1)}`, 0, setting);
    if (found && found.end <= start && text[found.end] === ',') return found.where;
  }
  const abroad = setting.national
    ? /^(?<whose>[A-Z][a-z]+) (?:police|authorities|officers|law enforcement)\b/.exec(text)
    : null;
  const country = countryOfAdjective.get(abroad?.groups?.['whose'] ?? '');
  if (country) return { town: null, region: country };
  if (setting.national && text.startsWith(', with ', clauseStart)) {
    // "warrants at 11 addresses in Denby and Marl, with four arrested".
    for (const match of text.slice(0, clauseStart).matchAll(phrase)) {
      const found = placeHere(text, match.index + match[0].length, setting);
      if (found?.end === clauseStart) return found.where;
    }
  }
  const region = setting.national ? force.exec(text.slice(0, 80))?.groups?.['place'] : undefined;
  return region && !/^(?:British Transport|Metropolitan|Romanian|National)/.test(region)
    ? { town: null, region }
    : null;
}

/** "eight addresses and two businesses in Dunmere": the place behind the row is of both. */
const sharedPlace = new RegExp(
  `^(?:, ${currentNumber} (?:[a-z-]+ ){0,3}[a-z-]+)*,? and (?:${currentNumber}|an?) (?:[a-z-]+ ){0,3}[a-z-]+(?= in [A-Z])`,
);

/** Words behind which a place is of something else: where they lived, what they are suspected of, another deed. */
const notOfDeed = new RegExp(
  `[.;:()"]|,|\\b(?:after|following|when|while|before|because|since|who|whom|whose|which|that|where|whether|from (?!(?:harm|exploitation|slavery|servitude|trafficking|danger)\\b)|suspected|over|including|` +
    `without|than|against|if|until|near|linked|based|(?!trafficking|building|during|nothing)[a-z]+ing|on suspicion|in connection|in relation|` +
    `for (?!(?:[a-z]+ ){0,3}(?:offences|reasons|checks)\\b))\\b|\\b(?:and|or|but) (?=(?:the|an?|officers|police|they|we|he|she|it|were|was|then|also|[a-z]+ed|${currentNumber})\\b)|` +
    `\\b${currentNumber}(?! (?:days?|weeks?|nights?|hours?|months?)\\b)`,
);

/** "were given leaflets about their rights in Denby": the first place in what is left of the clause. */
function placeBehind(text: string, end: number, setting: Setting): Where | null {
  const rest = text.slice(end, end + 110);
  const clause = rest.slice(0, notOfDeed.exec(rest)?.index ?? rest.length);
  for (const match of clause.matchAll(/(?= (?:in|across|throughout|around|all over) (?:the |our )?[A-Za-z])/g)) {
    const found = placeHere(text, end + match.index, setting)?.where;
    if (found) return found;
  }
  return null;
}

/** "12 nail bars, restaurants and takeaways in Denby were visited": the last place between a noun and its verb. */
function placeBetween(text: string, from: number, to: number, setting: Setting): Where | null {
  const gap = text.slice(from, Math.min(to, from + 140));
  if (/\b(?:who|which|that|from|linked|run|owned|after|where|said|by)\b|[.;:"]/.test(gap)) return null;
  const found = [...gap.matchAll(/(?= (?:in|across|throughout|around|all over) (?:the |our )?[A-Za-z])/g)].flatMap(
    (match) => {
      const place = placeHere(text, from + match.index, setting);
      return place && place.end <= to ? [place.where] : [];
    },
  );
  return found.at(-1) ?? null;
}

/** `ends`: where places may follow the count, the nearest first. */
export function whereOf(
  text: string,
  clauseStart: number,
  start: number,
  ends: readonly number[],
  scope: Scope | undefined,
  setting: Setting,
): Where {
  const scoped = scope ? { scope } : {};
  const shared = sharedPlace.exec(text.slice(ends[0] ?? start, (ends[0] ?? start) + 140))?.[0].length;
  const after = [...ends, ...(shared ? [(ends[0] ?? start) + shared] : [])]
    .map((end) => placeHere(text, end, setting)?.where)
    .find((one) => one !== undefined);
  const [lead] = setting.leadTowns;
  if (lead)
    return setting.leadTowns.length === 1
      ? { town: lead, ...scoped }
      : { town: null, towns: setting.leadTowns, ...scoped };
  const found =
    after ??
    placeBetween(text, ends[0] ?? start, Math.max(...ends), setting) ??
    placeBefore(text, clauseStart, start, setting) ??
    placeBehind(text, Math.max(...ends), setting) ??
    nowhere;
  return { ...found, ...scoped };
}
